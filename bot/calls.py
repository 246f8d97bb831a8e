"""Calls: what reaches the desk, and what leaves it."""

from collections.abc import Awaitable, Callable, Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, StrEnum
from typing import LiteralString

from bot.domain.people import Caller
from bot.domain.places import ChapterId, Home, Place
from bot.messages import Message, Text, Value, say


class Door(Enum):
    """How a call came in."""

    SLASH = "slash"
    BUTTON = "button"
    SHORTCUT = "shortcut"
    FORM = "form"


Standing = Callable[[], Awaitable[bool]]
"""Asks the platform whether the caller manages the space there; asked only when a command needs it."""


@dataclass(frozen=True, slots=True)
class Call:
    """What reaches the desk: a command by name and what is given to it, as text, by parameter name.

    `names` tells the shown names of people whose keys are given; `key` is the platform's own id of this call, so that
    one that is delivered twice can be told; `kept` names a form that was kept, whose answers are given as well;
    `thread` is the ref of the message in whose thread it was made. `reach` are the chapters for which the caller may
    plan, where that is not for all of them: the desk finds it out, and says which `community` it serves. Where somebody
    who plans nothing may make it all the same, it is about their `own`.
    `homes` are the channels that were named, as their platforms know them, by parameter; None where there is no such
    one that the bot can post in, and nothing at all for a platform that it is not on.
    """

    command: str
    given: Mapping[str, str]
    caller: Caller
    standing: Standing
    at: datetime
    door: Door
    key: str
    place: Place | None = None
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    kept: int | None = None
    thread: str | None = None
    reach: frozenset[ChapterId] | None = None
    community: str = ""
    homes: Mapping[str, Home | None] = field(default_factory=dict[str, "Home | None"])
    own: bool = False

    def reaches(self, chapter: ChapterId) -> bool:
        """Whether the caller may plan for a chapter, once the desk has let them pass."""
        return self.reach is None or chapter in self.reach


class Refusal(Exception):
    """A polite no, in words for the person."""

    def __init__(self, template: LiteralString, **values: Value) -> None:
        self.text: Text = say(template, **values)
        super().__init__(str(self.text))


class Unclear(Exception):
    """An answer that cannot be read or cannot stand; the form comes back with the sentence beside it.

    There may be sentences beside others `also`, and answers that the form is `given` in place of those it had.
    """

    def __init__(
        self,
        parameter: str,
        sentence: str,
        *,
        also: Mapping[str, str] | None = None,
        given: Mapping[str, str] | None = None,
    ) -> None:
        self.parameter = parameter
        self.sentence = sentence
        self.sentences = {parameter: sentence, **(also or {})}
        self.given = given or {}
        super().__init__(f"{parameter}: {sentence}")


UNANSWERED = "Please answer this."
"""Said of something that must be answered and was not."""


class Mistakes:
    """Everything that is unclear in a call, gathered so that it is said at once."""

    def __init__(self) -> None:
        self._found: list[Unclear] = []

    def __bool__(self) -> bool:
        return bool(self._found)

    @contextmanager
    def noted(self) -> Generator[None]:
        """Note what is unclear in here, and go on."""
        try:
            yield
        except Unclear as unclear:
            self._found.append(unclear)

    def tell(self) -> None:
        """Raises Unclear with all that was noted, if anything was; of each answer what was noted first."""
        sentences: dict[str, str] = {}
        given: dict[str, str] = {}
        for unclear in reversed(self._found):
            sentences |= unclear.sentences
            given |= unclear.given
        if self._found:
            first = self._found[0].parameter
            raise Unclear(first, sentences[first], also=sentences, given=given)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One thing to pick: what people see, and what is given."""

    label: str
    value: str


class Kind(StrEnum):
    """How one parameter is asked."""

    LINE = "line"
    LINES = "lines"
    NUMBER = "number"
    PICK = "pick"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Asked:
    """One open question of a form, ready to be shown; where it may be `typed`, its candidates are no limit."""

    name: str
    question: str
    hint: str
    kind: Kind
    most: int
    required: bool
    candidates: tuple[Candidate, ...] = ()
    typed: bool = False


@dataclass(frozen=True, slots=True)
class Form:
    """The open questions of a command. Sent in, it is a call of `command` with `fixed` and what was typed.

    `errors` are sentences by question; `kept` names the row that keeps what was typed, for platforms that cannot
    answer a form with a form. `renewed` are the questions whose answers are not those that were sent in.
    """

    command: str
    title: str
    submit: str
    asks: tuple[Asked, ...]
    fixed: Mapping[str, str] = field(default_factory=dict[str, str])
    typed: Mapping[str, str] = field(default_factory=dict[str, str])
    errors: Mapping[str, str] = field(default_factory=dict[str, str])
    kept: int | None = None
    renewed: frozenset[str] = frozenset()


Reply = Message | Form
