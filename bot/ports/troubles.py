"""Troubles: what may go wrong with a database or a platform, in words that the core acts on."""


class Busy(Exception):
    """Nothing was done; it may work after `after` seconds (the platform's own word where it gave one)."""

    def __init__(self, after: float, why: str) -> None:
        self.after = after
        super().__init__(why)


class Uncertain(Busy):
    """The connection to the database broke as a transaction was being committed: all of it was done, or nothing."""


class Gone(Exception):
    """The place, the message or the person cannot be reached, and trying again will not mend it."""


class Unknown(Exception):
    """The connection broke while sending: it may or may not have arrived."""


class Refused(Exception):
    """The platform refused our request as malformed: a fault of ours."""
