"""What Discord answers when it will not: a status, a code, a sentence, and which fields were wrong."""

from collections.abc import Mapping
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]

SENTENCES: Mapping[int, tuple[int, str]] = {
    0: (404, "404: Not Found"),
    10002: (404, "Unknown Application"),
    10003: (404, "Unknown Channel"),
    10004: (404, "Unknown Guild"),
    10007: (404, "Unknown Member"),
    10008: (404, "Unknown Message"),
    10011: (404, "Unknown Role"),
    10013: (404, "Unknown User"),
    10014: (400, "Unknown Emoji"),
    10015: (404, "Unknown Webhook"),
    10062: (404, "Unknown interaction"),
    10063: (404, "Unknown application command"),
    10070: (404, "Unknown Guild Scheduled Event"),
    20012: (403, "You are not authorized to perform this action on this application"),
    30003: (400, "Maximum number of pins reached for the channel (250)"),
    30010: (403, "Maximum number of reactions reached (20)"),
    30015: (400, "Maximum number of attachments in a message reached (10)"),
    30032: (400, "Maximum number of application commands reached (100)."),
    30034: (400, "Maximum number of daily application command creates has been reached (200)"),
    30038: (400, "Maximum number of uncompleted guild scheduled events reached (100)"),
    40005: (413, "Request entity too large"),
    40060: (400, "Interaction has already been acknowledged."),
    50001: (403, "Missing Access"),
    50003: (400, "Cannot execute action on this channel type"),
    50005: (403, "Cannot edit a message authored by another user"),
    50006: (400, "Cannot send an empty message"),
    50007: (403, "Cannot send messages to this user"),
    50008: (400, "Cannot send messages in a non-text channel"),
    50013: (403, "Missing Permissions"),
    50021: (403, "Cannot execute action on a system message"),
    50024: (400, "Cannot execute action on this channel type"),
    50027: (401, "Invalid Webhook Token"),
    50033: (400, "Invalid Recipient(s)"),
    50035: (400, "Invalid Form Body"),
    50045: (400, "File uploaded exceeds the maximum size"),
    50055: (404, "Invalid Guild"),
    50083: (400, "Thread is archived"),
    50109: (400, "The request body contains invalid JSON."),
    160002: (400, "Cannot reply without permission to read message history"),
    160004: (400, "A thread has already been created for this message"),
    160005: (403, "Thread is locked"),
}
"""HTTP status and words by code (D topics/opcodes-and-status-codes.mdx, "JSON Error Codes"; statuses and casing U)."""


class Refused(Exception):
    """A refusal in Discord's shape; a code that the table lacks is a bug here, not an answer."""

    def __init__(self, code: int, errors: Json | None = None) -> None:
        self.status, self.sentence = SENTENCES[code]
        self.code = code
        self.errors = errors
        super().__init__(f"{code} {self.sentence}")

    def json(self) -> Json:
        """The body as Discord writes it (D reference.mdx, "Error Messages")."""
        body: Json = {"message": self.sentence, "code": self.code}
        return body if self.errors is None else {**body, "errors": self.errors}


class Unauthorized(Refused):
    """No token, or a wrong one: 401 without a code of its own (U: Discord answers code 0 here)."""

    def __init__(self) -> None:
        super().__init__(0)
        self.status, self.sentence = 401, "401: Unauthorized"


class TooMany(Exception):
    """A 429: how long to wait, whether everything must wait, and who shares the limit (D topics/rate-limits.mdx)."""

    def __init__(self, after: float, *, scope: str = "user", code: int | None = None, words: str | None = None) -> None:
        self.after = after
        self.scope = scope
        self.code = code
        shared = "The resource is being rate limited."
        self.sentence = words or (shared if scope == "shared" else "You are being rate limited.")
        super().__init__(self.sentence)

    def json(self) -> Json:
        # The page calls `code` optional, the OpenAPI document requires it: 0 is what Discord calls a general error.
        return {
            "message": self.sentence,
            "retry_after": round(self.after, 3),
            "global": self.scope == "global",
            "code": self.code or 0,
        }
