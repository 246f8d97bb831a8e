"""Drawings: messages drawn from present state at the moment they are sent, so that none can be stale."""

import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, Generic, ParamSpec, TypeAlias, get_type_hints

from bot import codes
from bot.messages import Message
from bot.ports import Transaction

P = ParamSpec("P")

NOW = "now"


@dataclass(frozen=True, slots=True)
class Drawing(Generic[P]):
    """How one kind of message is drawn; it comes to None when there is nothing left to say.

    `under` names the card in whose thread this one stands, as what is about an event does; None of none.
    """

    name: str
    draw: Callable[Concatenate[Transaction, P], Awaitable[Message | None]]
    under: Callable[Concatenate[Transaction, P], Awaitable[str | None]] | None = None

    def bind(self, *args: P.args, **kwargs: P.kwargs) -> str:
        """The code that names what is to be drawn, type-checked like the drawing itself."""
        bound = inspect.signature(self.draw).bind(None, *args, **kwargs)
        return codes.pack(self.name, {name: str(value) for name, value in list(bound.arguments.items())[1:]})

    async def drawn(self, tx: Transaction, given: Mapping[str, str], now: datetime) -> Message | None:
        """Draw what a code names; its values are read as the drawing's parameters are annotated.

        A drawing that has a parameter `now`, its last, is told the moment at which it is drawn.
        """
        read = self._read(given)
        if NOW in get_type_hints(self.draw):
            read[NOW] = now
        draw: Callable[..., Awaitable[Message | None]] = self.draw
        return await draw(tx, **read)

    async def stands_under(self, tx: Transaction, given: Mapping[str, str]) -> str | None:
        """The drawing of the card in whose thread what a code names stands; None where it stands for itself."""
        under: Callable[..., Awaitable[str | None]] | None = self.under
        return None if under is None else await under(tx, **self._read(given))

    def _read(self, given: Mapping[str, str]) -> dict[str, Any]:
        hints = get_type_hints(self.draw)
        return {name: _plain(hints[name])(text) for name, text in given.items()}


def drawing(
    name: str, *, under: Callable[Concatenate[Transaction, P], Awaitable[str | None]] | None = None
) -> Callable[[Callable[Concatenate[Transaction, P], Awaitable[Message | None]]], Drawing[P]]:
    """Declare a function of a transaction as a drawing; its further parameters are whole numbers or words."""

    def declare(draw: Callable[Concatenate[Transaction, P], Awaitable[Message | None]]) -> Drawing[P]:
        return Drawing(name, draw, under)

    return declare


def _plain(hint: Any) -> Callable[[str], Any]:
    return getattr(hint, "__supertype__", hint)


AnyDrawing: TypeAlias = Drawing[...]
