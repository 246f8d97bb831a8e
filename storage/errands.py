"""Errands on record: the outbox, what was announced where, and how every attempt ended."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    delete,
    exists,
    func,
    insert,
    literal,
    or_,
    select,
    tuple_,
    update,
)
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.codes import subject
from bot.domain.people import Person, Platform
from bot.domain.places import Place
from bot.errands import (
    Announcement,
    Card,
    Delivery,
    Ending,
    Errand,
    ErrandId,
    Notice,
    Promise,
    Target,
)
from storage import schema
from storage.given import among, given, rows, values
from storage.promises import claimed, destination, goal, standing, written
from storage.schema import Utc, Way
from storage.upsert import upsert

_errands, _announcements, _deliveries = schema.errands.c, schema.announcements.c, schema.deliveries.c

_told = given(
    "told",
    *(_errands.key, _errands.kind, _errands.drawing, _errands.platform, _errands.place_key, _errands.card_drawing),
    *(_errands.person_key, _errands.destination, _errands.people, _errands.subject),
)
_promised = select(
    *_told.c,
    literal(1).label("wanted"),
    literal(0).label("tries"),
    bindparam("now", type_=Utc).label("due"),
)
# A card that waits, because the platform asked for patience or others came first, keeps its turn.
_REFRESH = upsert(
    schema.errands,
    _promised,
    ["key"],
    change={"wanted": _errands.wanted + 1, "due": func.coalesce(_errands.due, bindparam("now", type_=Utc))},
)
_NOTE = upsert(schema.errands, _promised, ["key"])

_other = schema.errands.alias("other").c
_card, _other_card = _errands.kind == Way.CARD, _other.kind == Way.CARD
_same_destination = and_(
    _other.platform == _errands.platform, _other.destination == _errands.destination, _other.due.is_not(None)
)
_earlier = tuple_(_other.due, _other.id) < tuple_(_errands.due, _errands.id)
# A card that may not be edited now, because too many were, keeps nothing else from its place.
_before = or_(
    _other.held_until > bindparam("now", type_=Utc),
    and_(_earlier, or_(~_other_card, bindparam("cards", type_=Integer) > 0)),
)


def _due(kind: ColumnElement[bool], most: str) -> Select[*tuple[Any, ...]]:
    """What may be taken now: the first of each destination where nobody is at work."""
    return (
        select(schema.errands)
        .where(
            kind,
            _errands.platform == bindparam("platform"),
            _errands.due <= bindparam("now", type_=Utc),
            or_(_errands.held_until.is_(None), _errands.held_until <= bindparam("now", type_=Utc)),
            ~among(_errands.destination, "resting"),
            ~among(_errands.id, "besides"),
            ~exists().where(_same_destination, _before),
        )
        .order_by(_errands.due, _errands.id)
        .limit(bindparam(most, type_=Integer))
        .with_for_update(of=schema.errands, skip_locked=True)
    )


_DUE_CARDS, _DUE_NOTICES = _due(_card, "cards"), _due(~_card, "most")

# An attempt that nobody reported has failed as well: an errand that kills us must not be tried for ever at once.
_TAKE = (
    update(schema.errands)
    .where(among(_errands.id, "taken"))
    .values(
        held_until=bindparam("until", type_=Utc),
        attempted_at=func.coalesce(_errands.attempted_at, bindparam("now", type_=Utc)),
        tries=_errands.tries + case((_errands.held_until.is_not(None), 1), else_=0),
    )
)

# Those behind a held one are due when its lease is over, if not before: so they need not be asked.
_NEXT_FREE = (
    select(_errands.due)
    .where(
        _errands.platform == bindparam("platform"),
        _errands.due.is_not(None),
        ~exists().where(_same_destination, _other.held_until.is_not(None)),
    )
    .order_by(_errands.due)
    .limit(1)
)
_NEXT_HELD = select(func.min(_errands.held_until)).where(
    _errands.platform == bindparam("platform"), _errands.held_until.is_not(None)
)
_NEXT = select(_NEXT_FREE.scalar_subquery().label("free"), _NEXT_HELD.scalar_subquery().label("held"))

_DONE = (
    update(schema.errands)
    .where(_errands.id == bindparam("errand"))
    .values(
        due=case((_errands.wanted > bindparam("drawn"), bindparam("now", type_=Utc)), else_=None),
        held_until=None,
        attempted_at=case((bindparam("known"), None), else_=_errands.attempted_at),
        tries=0,
        ending=bindparam("ending", type_=_errands.ending.type),
        ended_at=bindparam("now", type_=Utc),
        detail=bindparam("detail"),
    )
)
# Whoever was taken for dead and comes back has no say any more in when to try next.
_LATER = (
    update(schema.errands)
    .where(_errands.id == bindparam("errand"), _errands.tries == bindparam("failed"))
    .values(
        due=bindparam("again", type_=Utc),
        held_until=None,
        attempted_at=case((bindparam("doubtful"), _errands.attempted_at), else_=None),
        tries=_errands.tries + 1,
        ending=Ending.RETRY,
        ended_at=bindparam("now", type_=Utc),
        detail=bindparam("detail"),
    )
)
# Those who are told something together are few errands, whatever the crowd.
_OWED = (
    select(schema.errands)
    .where(
        _errands.due.is_not(None),
        or_(_errands.kind == Way.THREAD, and_(_errands.kind == Way.DIRECT, among(_errands.person_key, "keys"))),
    )
    .order_by(_errands.id)
)
_CARDS = (
    select(_errands.drawing, _errands.platform, _errands.place_key)
    .where(_card, among(_errands.subject, "subjects"), among(_errands.drawing, "drawings"))
    .order_by(_errands.id)
)
_over = and_(among(_errands.id, "taken"), _errands.due.is_(None))
_AGAIN = update(schema.errands).where(_over).values(due=bindparam("now", type_=Utc), attempted_at=None)
_LEAVE = update(schema.errands).where(_over).values(ending=Ending.LEFT, ended_at=bindparam("now", type_=Utc))
_FORGET = delete(schema.errands).where(among(_errands.key, "keys"), _errands.due.is_(None))
_LET_GO = update(schema.errands).where(_errands.held_until.is_not(None)).values(held_until=_errands.due)


class Errands:
    """The outbox: promises, and how each attempt to keep them ended."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def refresh(self, cards: Collection[Card], now: datetime) -> None:
        await self._promise(_REFRESH, [(card.key, card.drawing, card) for card in cards], now)

    async def cards(self, drawings: Collection[str]) -> Sequence[Card]:
        if not drawings:
            return []
        asked = {"subjects": values(sorted(map(subject, drawings))), "drawings": values(sorted(drawings))}
        found = await self._connection.execute(_CARDS, asked)
        return [Card(row.drawing, Place(Platform(row.platform), row.place_key)) for row in found]

    async def note(self, notices: Collection[Notice], now: datetime) -> None:
        await self._promise(_NOTE, [(notice.key, notice.drawing, notice.to) for notice in notices], now)

    async def claim(
        self,
        platform: Platform,
        now: datetime,
        lease: timedelta,
        most: int,
        cards: int,
        resting: Collection[Place],
        besides: Collection[ErrandId] = (),
    ) -> Sequence[Errand]:
        places = values(destination(place) for place in resting if place.platform == platform)
        cards = min(max(cards, 0), most)
        asked = {"platform": platform, "now": now, "most": most, "cards": cards, "resting": places}
        asked |= {"besides": values(besides)}
        found = list(await self._connection.execute(_DUE_NOTICES, asked))
        if cards:
            found += await self._connection.execute(_DUE_CARDS, asked)
        due = sorted(found, key=lambda row: (row.due, row.id))[:most]
        if due:
            taken = values(row.id for row in due)
            await self._connection.execute(_TAKE, {"taken": taken, "now": now, "until": now + lease})
        return [claimed(row) for row in due]

    async def done(self, errand: Errand, ending: Ending, now: datetime, detail: str = "") -> None:
        # What nobody knows stays in doubt: before a card is posted again, the postman looks for it.
        known = ending is not Ending.UNKNOWN
        ended = {"errand": errand.id, "drawn": errand.wanted, "known": known, "now": now}
        ended |= {"ending": ending, "detail": detail}
        await self._connection.execute(_DONE, ended)
        await self._deliver(errand, ending, now, detail)

    async def later(self, errand: Errand, due: datetime, now: datetime, detail: str, doubtful: bool) -> None:
        again = {"errand": errand.id, "failed": errand.tries, "again": due, "doubtful": doubtful}
        again |= {"now": now, "detail": detail}
        await self._connection.execute(_LATER, again)
        await self._deliver(errand, Ending.RETRY, now, detail)

    async def next(self, platform: Platform) -> datetime | None:
        free, held = (await self._connection.execute(_NEXT, {"platform": platform})).one()
        return min((moment for moment in (free, held) if moment is not None), default=None)

    async def announcement(self, card: Card) -> Announcement | None:
        ref = await self._connection.scalar(select(_announcements.ref).where(_posted_as(card)))
        return None if ref is None else Announcement(card, ref)

    async def announced(self, place: Place, ref: str) -> Announcement | None:
        here = (_announcements.platform == place.platform) & (_announcements.place_key == place.key)
        drawing = await self._connection.scalar(select(_announcements.drawing).where(here, _announcements.ref == ref))
        return None if drawing is None else Announcement(Card(drawing, place), ref)

    async def posted(self, announcement: Announcement) -> None:
        card = announcement.card
        posted = select(
            literal(card.drawing).label("drawing"),
            literal(card.place.platform).label("platform"),
            literal(card.place.key).label("place_key"),
            literal(announcement.ref).label("ref"),
        )
        await self._connection.execute(
            upsert(schema.announcements, posted, ["drawing", "platform", "place_key"], take=["ref"])
        )

    async def deliveries(self, most: int) -> Sequence[Delivery]:
        found = await self._connection.execute(select(schema.deliveries).order_by(_deliveries.id.desc()).limit(most))
        return [
            Delivery(row.errand, row.drawing, Platform(row.platform), row.at, row.ending, row.detail) for row in found
        ]

    async def promise(self, errand: ErrandId) -> Promise | None:
        row = (await self._connection.execute(select(schema.errands).where(_errands.id == errand))).one_or_none()
        return None if row is None else standing(row)

    async def promises(self, subject: str) -> Sequence[Promise]:
        query = select(schema.errands).where(_errands.subject == subject).order_by(_errands.id)
        return [standing(row) for row in await self._connection.execute(query)]

    async def owed(self, people: Collection[Person]) -> Sequence[Promise]:
        found = await self._connection.execute(_OWED, {"keys": values(person.key for person in people)})
        promises = [standing(row) for row in found]
        return [promise for promise in promises if not set(people).isdisjoint(promise.people)]

    async def again(self, errands: Collection[ErrandId], now: datetime) -> None:
        await self._connection.execute(_AGAIN, {"taken": values(errands), "now": now})

    async def leave(self, errands: Collection[ErrandId], now: datetime) -> None:
        await self._connection.execute(_LEAVE, {"taken": values(errands), "now": now})

    async def forget(self, keys: Collection[str]) -> None:
        await self._connection.execute(_FORGET, {"keys": values(keys)})

    async def tidy(self, before: datetime) -> int:
        return (await self._connection.execute(delete(schema.deliveries).where(_deliveries.at < before))).rowcount

    async def let_go(self) -> None:
        """Free what is held, at once: for whoever knows that all who held it are dead."""
        await self._connection.execute(_LET_GO)

    async def _promise(self, statement: Insert, promises: Collection[tuple[str, str, Target]], now: datetime) -> None:
        # In one order for everybody: two who took the same rows crosswise would wait for each other.
        once = {key: written(key, drawing, to) for key, drawing, to in sorted(promises, key=lambda one: one[0])}
        if once:
            await self._connection.execute(statement, {"told": rows(once.values()), "now": now})

    async def _deliver(self, errand: Errand, ending: Ending, now: datetime, detail: str) -> None:
        attempt = insert(schema.deliveries).values(
            errand=errand.key,
            drawing=errand.drawing,
            platform=goal(errand.to).platform,
            at=now,
            ending=ending,
            detail=detail,
        )
        await self._connection.execute(attempt)


def _posted_as(card: Card) -> ColumnElement[bool]:
    return and_(
        _announcements.drawing == card.drawing,
        _announcements.platform == card.place.platform,
        _announcements.place_key == card.place.key,
    )
