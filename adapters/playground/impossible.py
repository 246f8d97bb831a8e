"""What a person cannot do: a press on a message that is gone, a form that is not open."""


class Impossible(Exception):
    """An act that nobody could carry out on the real platform; the message is a sentence for the person."""
