"""Prompts on record, and the decks in which they lie."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, bindparam, func, literal, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.people import MemberId
from bot.domain.places import ChapterId
from bot.domain.prompts import Deck, Prompt, PromptId, PromptState, Suggestion
from bot.domain.rhythms import Rhythm
from storage import prompt_tables as tables
from storage.given import among, values
from storage.upsert import upsert

_prompts, _decks = tables.prompts.c, tables.decks.c

_GET = select(tables.prompts).where(_prompts.id == bindparam("prompt"))
_LOCK = _GET.with_for_update()
_DECK = select(tables.decks).where(_decks.chapter_id == bindparam("chapter"))
_HOLD = _DECK.with_for_update()
_DUE = (
    select(tables.decks)
    .where(_decks.due <= bindparam("now"))
    .order_by(_decks.due, _decks.chapter_id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)


class Prompts:
    """Prompts of all chapters, and the decks in which they lie."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, suggestions: Sequence[Suggestion]) -> Sequence[PromptId]:
        return [await self._add(suggestion) for suggestion in suggestions]

    async def get(self, prompt: PromptId) -> Prompt:
        return await self._one(_GET, prompt)

    async def lock(self, prompt: PromptId) -> Prompt:
        return await self._one(_LOCK, prompt)

    async def put(self, prompts: Collection[Prompt]) -> None:
        for prompt in sorted(prompts, key=lambda each: each.id):
            changed = update(tables.prompts).where(_prompts.id == prompt.id).values(**_written(prompt))
            if (await self._connection.execute(changed)).rowcount == 0:
                raise KeyError(prompt.id)

    async def all(self, states: Collection[PromptState], chapter: ChapterId | None = None) -> Sequence[Prompt]:
        query = select(tables.prompts).where(among(_prompts.state, "states")).order_by(_prompts.id)
        if chapter is not None:
            query = query.where(_prompts.chapter_id == chapter)
        return [_prompt(row) for row in await self._connection.execute(query, {"states": values(states)})]

    async def of(self, suggester: MemberId) -> Sequence[Prompt]:
        query = select(tables.prompts).where(_prompts.suggester_id == suggester).order_by(_prompts.id.desc())
        return [_prompt(row) for row in await self._connection.execute(query)]

    async def deck(self, chapter: ChapterId) -> Deck:
        row = (await self._connection.execute(_DECK, {"chapter": chapter})).one_or_none()
        return Deck(chapter) if row is None else _deck(row)

    async def hold(self, chapter: ChapterId) -> Deck:
        # Two who come at once must find one row to wait for.
        await self._connection.execute(upsert(tables.decks, _columns(Deck(chapter)), ["chapter_id"]))
        return _deck((await self._connection.execute(_HOLD, {"chapter": chapter})).one())

    async def keep(self, deck: Deck) -> None:
        take = [name for name in _laid(deck) if name != "chapter_id"]
        await self._connection.execute(upsert(tables.decks, _columns(deck), ["chapter_id"], take=take))

    async def due(self, now: datetime, most: int) -> Sequence[Deck]:
        return [_deck(row) for row in await self._connection.execute(_DUE, {"now": now, "most": most})]

    async def next(self) -> datetime | None:
        return await self._connection.scalar(select(func.min(_decks.due)))

    async def _add(self, suggestion: Suggestion) -> PromptId:
        written = {
            "chapter_id": suggestion.chapter,
            "text": suggestion.text,
            "state": suggestion.state,
            "priority": suggestion.priority,
            "tags": list(suggestion.tags),
            "stance": suggestion.stance,
            "suggester_id": suggestion.suggester,
            "credited": suggestion.credited,
            "decider_id": suggestion.decider,
            "place": 0,
            "cycle": 0,
            "origin": suggestion.origin,
        }
        columns = (literal(value, _prompts[name].type).label(name) for name, value in written.items())
        added = await self._connection.scalar(
            upsert(tables.prompts, select(*columns), ["origin"]).returning(_prompts.id)
        )
        if added is not None:
            return PromptId(added)
        there = await self._connection.execute(select(_prompts.id).where(_prompts.origin == suggestion.origin))
        return PromptId(there.scalar_one())

    async def _one(self, query: Any, prompt: PromptId) -> Prompt:
        row = (await self._connection.execute(query, {"prompt": prompt})).one_or_none()
        if row is None:
            raise KeyError(prompt)
        return _prompt(row)


def _columns(deck: Deck) -> Any:
    return select(*(literal(value, _decks[name].type).label(name) for name, value in _laid(deck).items()))


def _laid(deck: Deck) -> dict[str, Any]:
    return {
        "chapter_id": deck.chapter,
        "cycle": deck.cycle,
        "rule": deck.rhythm.rule if deck.rhythm else "",
        "start": deck.rhythm.start if deck.rhythm else None,
        "zone": deck.rhythm.zone.key if deck.rhythm else "",
        "due": deck.due,
        "avoids_events": deck.avoids_events,
        "renews": deck.renews,
        "cap": deck.cap,
        "keeper_id": deck.keeper,
        "warned": deck.warned,
        "dryings": deck.dryings,
        "later": deck.later,
    }


def _deck(row: Row[Any]) -> Deck:
    return Deck(
        ChapterId(row.chapter_id),
        row.cycle,
        Rhythm(row.rule, ZoneInfo(row.zone), row.start) if row.rule else None,
        row.due,
        row.avoids_events,
        row.renews,
        row.cap,
        None if row.keeper_id is None else MemberId(row.keeper_id),
        row.warned,
        row.dryings,
        row.later,
    )


def _written(prompt: Prompt) -> dict[str, Any]:
    return {
        "text": prompt.text,
        "state": prompt.state,
        "priority": prompt.priority,
        "tags": list(prompt.tags),
        "stance": prompt.stance,
        "suggester_id": prompt.suggester,
        "credited": prompt.credited,
        "decider_id": prompt.decider,
        "place": prompt.place,
        "cycle": prompt.cycle,
        "asked": prompt.asked,
    }


def _prompt(row: Row[Any]) -> Prompt:
    return Prompt(
        PromptId(row.id),
        ChapterId(row.chapter_id),
        row.text,
        row.state,
        row.priority,
        tuple(row.tags),
        row.stance,
        None if row.suggester_id is None else MemberId(row.suggester_id),
        row.credited,
        None if row.decider_id is None else MemberId(row.decider_id),
        row.place,
        row.cycle,
        row.asked,
    )
