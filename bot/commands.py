"""Commands: functions with annotated parameters, reached by slash command, by button and by form."""

import inspect
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import NoneType, UnionType
from typing import (
    Annotated,
    Any,
    Concatenate,
    Generic,
    LiteralString,
    ParamSpec,
    Protocol,
    TypeGuard,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from bot import codes
from bot.calls import Asked, Call, Candidate, Kind, Reply, Unclear
from bot.domain.people import Person, Platform, Role
from bot.messages import Message
from bot.ports import Transaction

GREATEST = 2**53
"""The greatest number that anybody may give: databases hold 64 bits, and JSON in some hands only these."""

P = ParamSpec("P")
S = TypeVar("S")
A = TypeVar("A")


class Known(Protocol):
    """Answers a question from the call itself, such as the chapter from the channel; None when it cannot."""

    def __call__(self, tx: Transaction, call: Call) -> Awaitable[str | None]: ...


class Filled(Protocol):
    """What a form shows as already filled in, such as the event that is being changed; raises Refusal."""

    def __call__(self, tx: Transaction, call: Call) -> Awaitable[Mapping[str, str]]: ...


class Worded(Protocol):
    """The questions of a form as they are put in this call, such as in an organiser's own words; raises Refusal.

    What is not asked this time is left out, unless there is a mistake in it to be mended.
    """

    def __call__(
        self, tx: Transaction, call: Call, asks: Sequence[Asked], errors: Mapping[str, str]
    ) -> Awaitable[Sequence[Asked]]: ...


class Unless(Protocol):
    """Whether a caller may do what is otherwise for organisers, such as close a poll of their own."""

    def __call__(self, tx: Transaction, call: Call) -> Awaitable[bool]: ...


class Pick(Protocol):
    """Offers what can be picked for a parameter, best first."""

    def __call__(self, tx: Transaction, call: Call) -> Awaitable[Sequence[Candidate]]: ...


@dataclass(frozen=True, slots=True)
class Ask:
    """How one parameter is asked: the question, a hint, its limit in characters, and what can be picked.

    What is `known` from the call itself is not asked; what is `hidden` is only ever given by our own buttons.
    Where there is nothing to pick, `nothing` says so. What is `quiet` can be given in a slash command, but no form asks
    for it. An answer of `lines` can be typed as several values, too, where a platform's commands allow for that. Where
    an answer may be `typed`, what can be picked is a help and no limit. A `home` is a channel of that platform, which
    the desk looks for there. What becomes of a person who is named may be a `deed` of its own, as the audit trail says
    it.
    """

    question: str
    hint: str = ""
    most: int = 150
    lines: bool = False
    pick: Pick | None = None
    known: Known | None = None
    hidden: bool = False
    quiet: bool = False
    nothing: LiteralString = "There is nothing to choose from yet."
    typed: bool = False
    home: Platform | None = None
    deed: str = ""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a command, as declared.

    `means` is what it is declared as, such as the type of an event's number: what the call is about is told by that.
    """

    name: str
    ask: Ask
    kind: Kind
    type: type[Any]
    required: bool
    candidates: tuple[Candidate, ...] = ()
    means: object = None

    def read(self, text: str, call: Call) -> Any:
        """The value of an answer; raises Unclear."""
        if self.ask.most < len(text) < len(str(GREATEST)) and self.type is int and text.isdecimal():
            raise Unclear(self.name, f"“{text}” is too great a number; write {10**self.ask.most - 1} at most.")
        if len(text) > self.ask.most:
            raise Unclear(self.name, f"That is {len(text)} characters long; there is room for {self.ask.most}.")
        if self.type is Person:
            return Person(call.caller.person.platform, text)
        try:
            value = self.type(text)
        except ValueError:
            raise Unclear(self.name, self._wanted(text)) from None
        if self.type is int and abs(value) > GREATEST:
            raise Unclear(self.name, self._wanted(text))
        return value

    def _wanted(self, text: str) -> str:
        if self.candidates:
            return f"Choose one of: {', '.join(candidate.label for candidate in self.candidates)}."
        if self.ask.pick is not None:
            return f"Nothing here is called “{text}”; please pick one from the list."
        return f"“{text}” is not a whole number."


@dataclass(frozen=True, slots=True)
class Declared:
    """What every command has: its name as typed, a sentence for help, who may use it, and its parameters.

    A hidden command is reached by buttons and forms only. `submit` is the word on its form's button; `filled` tells
    what its form shows as filled in already, and `worded` how its questions are put. A `bare` one is meant where people
    type the first word of its name alone. What is for organisers is also for those for whom `unless` says so; of a
    `discreet` one the audit trail does not tell that, organiser or not. Whoever plans for some chapters may make a call
    that is about them; one that is about nothing in particular, only where the command keeps to their reach by itself:
    `anywhere`. With a `shortcut`, as its label, it can be chosen at any message: then `text` is what that says,
    `author` who wrote it (nobody where an app did), and `message` its ref.
    """

    name: str
    summary: str
    parameters: tuple[Parameter, ...]
    needs: Role = Role.MEMBER
    hidden: bool = False
    submit: str = "Send"
    filled: Filled | None = None
    bare: bool = False
    unless: Unless | None = None
    anywhere: bool = False
    shortcut: str = ""
    discreet: bool = False
    worded: Worded | None = None

    def parameter(self, name: str) -> Parameter | None:
        return next((parameter for parameter in self.parameters if parameter.name == name), None)

    def form(self, **fixed: object) -> str:
        """The code of a call that leaves the rest to be asked."""
        return _bind(self, (), fixed)


@dataclass(frozen=True, slots=True)
class Command(Declared, Generic[P]):
    """A command that is answered on its own, in one transaction. Reading ones never take the write lock."""

    run: Callable[..., Awaitable[Reply]] = field(kw_only=True)
    reads: bool = False

    def bind(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The code of a call of this command, type-checked like the call itself."""
        return _bind(self, args, kwargs)


@dataclass(frozen=True, slots=True)
class Press(Generic[A]):
    """One call of a crowd command, with its answers read."""

    call: Call
    asked: A


@dataclass(frozen=True, slots=True)
class Outcome(Generic[S]):
    """What one press came to: what must be kept (None when nothing changed), and what its caller is told."""

    kept: S | None
    reply: Message


@dataclass(frozen=True, slots=True)
class Crowd(Declared, Generic[P, A]):
    """A command whose calls come in crowds: everything that waits is answered in one transaction.

    `load` reads what the group needs with a handful of set-based queries, `decide` is pure and goes through the presses
    in order of arrival, `keep` writes what was decided, set-based too. Every caller is answered after the commit.
    """

    asks: Callable[P, A] = field(kw_only=True)
    load: Callable[[Transaction, Sequence[Press[A]]], Awaitable[Any]] = field(kw_only=True)
    decide: Callable[[Any, Sequence[Press[A]]], Sequence[Outcome[Any]]] = field(kw_only=True)
    keep: Callable[[Transaction, Any, Sequence[Outcome[Any]]], Awaitable[None]] = field(kw_only=True)

    def bind(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The code of a call of this command, type-checked like making its answers."""
        return _bind(self, args, kwargs)


def is_crowd(command: Declared) -> TypeGuard[Crowd[..., Any]]:
    return isinstance(command, Crowd)


def is_single(command: Declared) -> TypeGuard[Command[...]]:
    return isinstance(command, Command)


def command(
    name: str,
    summary: str,
    *,
    needs: Role = Role.MEMBER,
    reads: bool = False,
    hidden: bool = False,
    submit: str = "Send",
    filled: Filled | None = None,
    bare: bool = False,
    unless: Unless | None = None,
    anywhere: bool = False,
    shortcut: str = "",
    discreet: bool = False,
    worded: Worded | None = None,
) -> Callable[[Callable[Concatenate[Call, Transaction, P], Awaitable[Reply]]], Command[P]]:
    """Declare a function as a command; its parameters after the call and the transaction are what people are asked."""

    def declare(run: Callable[Concatenate[Call, Transaction, P], Awaitable[Reply]]) -> Command[P]:
        parameters = _parameters(run)
        return Command(
            name,
            summary,
            parameters,
            needs,
            hidden,
            submit,
            filled,
            bare,
            unless,
            anywhere,
            shortcut,
            discreet,
            worded,
            run=run,
            reads=reads,
        )

    return declare


def crowd(
    name: str,
    summary: str,
    *,
    asks: Callable[P, A],
    load: Callable[[Transaction, Sequence[Press[A]]], Awaitable[S]],
    decide: Callable[[S, Sequence[Press[A]]], Sequence[Outcome[Any]]],
    keep: Callable[[Transaction, S, Sequence[Outcome[Any]]], Awaitable[None]],
    hidden: bool = False,
    submit: str = "Send",
) -> Crowd[P, A]:
    """Declare a crowd command; `asks` is a frozen dataclass whose annotated fields are what people are asked."""
    parameters = _parameters(asks)
    return Crowd(
        name, summary, parameters, hidden=hidden, submit=submit, asks=asks, load=load, decide=decide, keep=keep
    )


def _bind(declared: Declared, args: Sequence[object], kwargs: Mapping[str, object]) -> str:
    names = [parameter.name for parameter in declared.parameters]
    given = {**dict(zip(names, args, strict=False)), **kwargs}
    return codes.pack(declared.name, {name: _text(value) for name, value in given.items() if value is not None})


def _text(value: object) -> str:
    match value:
        case Person(_, key):
            return key
        case StrEnum():
            return value.value
        case _:
            return str(value)


def _parameters(function: Callable[..., Any]) -> tuple[Parameter, ...]:
    hints = get_type_hints(function, include_extras=True)
    return tuple(
        _parameter(name, hints[name], parameter.default is inspect.Parameter.empty)
        for name, parameter in inspect.signature(function).parameters.items()
        if name not in ("call", "tx")
    )


def _parameter(name: str, hint: Any, required: bool) -> Parameter:
    if get_origin(hint) is not Annotated:
        raise TypeError(f"The parameter {name} says not how it is asked: write Annotated[…, Ask(…)] as its type.")
    declared, ask = get_args(hint)[:2]
    if get_origin(declared) in (Union, UnionType):
        (declared,) = (member for member in get_args(declared) if member is not NoneType)
    plain: Any = getattr(declared, "__supertype__", declared)
    if plain is Person:
        return Parameter(name, ask, Kind.PERSON, Person, required)
    if inspect.isclass(plain) and issubclass(plain, StrEnum):
        candidates = tuple(Candidate(getattr(member, "words", member.value), member.value) for member in plain)
        return Parameter(name, ask, Kind.PICK, plain, required, candidates)
    if ask.pick is not None:
        return Parameter(name, ask, Kind.PICK, plain, required, means=declared)
    kind = Kind.NUMBER if plain is int else Kind.LINES if ask.lines else Kind.LINE
    return Parameter(name, ask, kind, plain, required, means=declared)
