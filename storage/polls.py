"""Polls on record, with their choices."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Row, and_, bindparam, delete, func, insert, literal, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.events import EventId
from bot.domain.people import MemberId, Platform
from bot.domain.places import ChapterId, Place
from bot.domain.polls import Choice, ChoiceId, ChoiceState, Poll, PollId, PollState, Question, Rules
from bot.domain.rhythms import Rhythm
from bot.domain.starts import Start
from storage import poll_tables as tables
from storage.given import among, values
from storage.upsert import upsert

_polls, _choices, _free = tables.polls.c, tables.choices.c, tables.free_asking.c

_GET = select(tables.polls).where(_polls.id == bindparam("poll"))
_LOCK = select(tables.polls).where(among(_polls.id, "polls")).order_by(_polls.id).with_for_update(of=tables.polls)
_CHOICES = select(tables.choices).where(among(_choices.poll_id, "polls")).order_by(_choices.position)
_ENDS = {PollState.PLANNED: _polls.opens, PollState.OPEN: _polls.closes}
"""When a poll's state ends by itself."""
_DUE = {
    state: select(tables.polls)
    .where(_polls.state == state, moment <= bindparam("now"))
    .order_by(moment, _polls.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
    for state, moment in _ENDS.items()
}
_NEXT = {state: select(func.min(moment)).where(_polls.state == state) for state, moment in _ENDS.items()}
_MOVE = (
    update(tables.polls)
    .where(_polls.id == bindparam("poll"), _polls.state == bindparam("before"))
    .values(state=bindparam("after"), revision=bindparam("grown"))
)


class Polls:
    """Polls of all chapters, with their choices."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, question: Question) -> PollId:
        draft = {
            "chapter_id": question.chapter,
            "platform": question.place.platform if question.place else None,
            "place_key": question.place.key if question.place else None,
            "question": question.question,
            **_ruled(question.rules),
            "state": PollState.DRAFT,
            "asker_id": question.asker,
            "closes": question.closes,
            "opens": question.opens,
            **_recurring(question.rhythm),
            "revision": 1,
            "edits": "",
            "origin": question.origin,
        }
        columns = (literal(value, _polls[name].type).label(name) for name, value in draft.items())
        added = await self._connection.scalar(upsert(tables.polls, select(*columns), ["origin"]).returning(_polls.id))
        if added is not None:
            return PollId(added)
        there = await self._connection.execute(select(_polls.id).where(_polls.origin == question.origin))
        return PollId(there.scalar_one())

    async def get(self, poll: PollId) -> Poll:
        row = (await self._connection.execute(_GET, {"poll": poll})).one_or_none()
        if row is None:
            raise KeyError(poll)
        return _poll(row)

    async def made(self, origin: str) -> PollId | None:
        made = await self._connection.scalar(select(_polls.id).where(_polls.origin == origin))
        return None if made is None else PollId(made)

    async def lock(self, polls: Collection[PollId]) -> Mapping[PollId, Poll]:
        found = await self._connection.execute(_LOCK, {"polls": values(polls)})
        return {(poll := _poll(row)).id: poll for row in found}

    async def put(self, poll: Poll) -> None:
        changed = {
            "question": poll.question,
            **_ruled(poll.rules),
            "closes": poll.closes,
            "opens": poll.opens,
            **_recurring(poll.rhythm),
            "revision": poll.revision,
            "edits": poll.edits,
            "seal": poll.seal or None,
            "during_id": poll.during,
            "apart": poll.apart,
        }
        put = await self._connection.execute(update(tables.polls).where(_polls.id == poll.id).values(**changed))
        if put.rowcount == 0:
            raise KeyError(poll.id)

    async def move(self, poll: PollId, before: PollState, after: PollState, revision: int) -> bool:
        moving = {"poll": poll, "before": before, "after": after, "grown": revision}
        return (await self._connection.execute(_MOVE, moving)).rowcount == 1

    async def all(self, states: Collection[PollState], asker: MemberId | None = None) -> Sequence[Poll]:
        query = select(tables.polls).where(among(_polls.state, "states")).order_by(_polls.id.desc())
        if asker is not None:
            query = query.where(_polls.asker_id == asker)
        return [_poll(row) for row in await self._connection.execute(query, {"states": values(states)})]

    async def about(self, event: EventId) -> Sequence[Poll]:
        asked = and_(_polls.event_id.is_(None), _polls.during_id == event, _polls.apart.is_(False))
        query = select(tables.polls).where(or_(_polls.event_id == event, asked)).order_by(_polls.id)
        return [_poll(row) for row in await self._connection.execute(query)]

    async def due(self, state: PollState, now: datetime, most: int) -> Sequence[Poll]:
        return [_poll(row) for row in await self._connection.execute(_DUE[state], {"now": now, "most": most})]

    async def next(self, state: PollState) -> datetime | None:
        return await self._connection.scalar(_NEXT[state])

    async def choices(self, polls: Collection[PollId]) -> Mapping[PollId, Sequence[Choice]]:
        found: dict[PollId, list[Choice]] = {poll: [] for poll in polls}
        for row in await self._connection.execute(_CHOICES, {"polls": values(polls)}):
            found[row.poll_id].append(_choice(row))
        return found

    async def offer(
        self, poll: PollId, position: int, label: str, state: ChoiceState, start: Start | None = None
    ) -> ChoiceId:
        offered: dict[str, Any] = {"poll_id": poll, "position": position, "label": label, "state": state}
        if start is not None:
            offered |= {"starts": start.at, "timed": start.timed}
        statement = insert(tables.choices).values(**offered).returning(_choices.id)
        return ChoiceId((await self._connection.execute(statement)).scalar_one())

    async def change(self, choice: Choice) -> None:
        changed = update(tables.choices).where(_choices.id == choice.id).values(label=choice.label, state=choice.state)
        if (await self._connection.execute(changed)).rowcount == 0:
            raise KeyError(choice.id)

    async def clear(self, poll: PollId) -> None:
        await self._connection.execute(delete(tables.choices).where(_choices.poll_id == poll))

    async def free(self, chapter: ChapterId) -> bool:
        found = await self._connection.scalar(select(_free.chapter_id).where(_free.chapter_id == chapter))
        return found is not None

    async def allow(self, chapter: ChapterId, members: bool) -> None:
        if members:
            allowed = select(literal(chapter, _free.chapter_id.type).label("chapter_id"))
            await self._connection.execute(upsert(tables.free_asking, allowed, ["chapter_id"]))
        else:
            await self._connection.execute(delete(tables.free_asking).where(_free.chapter_id == chapter))


def _ruled(rules: Rules) -> dict[str, Any]:
    return {
        "kind": rules.kind,
        "anonymity": rules.anonymity,
        "showing": rules.showing,
        "voters": rules.voters,
        "additions": rules.additions,
        "most": rules.most,
        "room": rules.room,
        "quorum": rules.quorum,
        "event_id": rules.event,
    }


def _recurring(rhythm: Rhythm | None) -> dict[str, Any]:
    if rhythm is None:
        return {"rule": None, "zone": None, "since": None}
    return {"rule": rhythm.rule, "zone": rhythm.zone.key, "since": rhythm.start}


def _poll(row: Row[Any]) -> Poll:
    event = None if row.event_id is None else EventId(row.event_id)
    return Poll(
        PollId(row.id),
        ChapterId(row.chapter_id),
        None if row.platform is None else Place(Platform(row.platform), row.place_key),
        row.question,
        Rules(
            row.kind,
            row.anonymity,
            row.showing,
            row.voters,
            row.additions,
            row.most,
            row.room,
            row.quorum,
            event,
        ),
        row.state,
        MemberId(row.asker_id),
        row.closes,
        row.revision,
        row.edits,
        row.seal or "",
        row.opens,
        None if row.rule is None else Rhythm(row.rule, ZoneInfo(row.zone), row.since),
        None if row.during_id is None else EventId(row.during_id),
        row.apart,
    )


def _choice(row: Row[Any]) -> Choice:
    start = None if row.starts is None else Start(row.starts, row.timed)
    return Choice(ChoiceId(row.id), PollId(row.poll_id), row.position, row.label, row.state, start)
