"""What Slack refuses: an error code, and sometimes sentences about what was wrong."""

from collections.abc import Sequence


class Refused(Exception):
    """The Web API answers `ok: false` with this error (docs: Web API, "Evaluating responses")."""

    def __init__(self, error: str, messages: Sequence[str] = (), **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.messages = list(messages)
        self.extra = extra

    def answer(self) -> dict[str, object]:
        """The JSON that Slack answers."""
        answer: dict[str, object] = {"ok": False, "error": self.error, **self.extra}
        if self.messages:
            answer["response_metadata"] = {"messages": self.messages}
        return answer
