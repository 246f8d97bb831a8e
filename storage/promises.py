"""Promises: an errand as a row of the table, and the row as an errand again."""

from typing import Any, assert_never

from sqlalchemy import Row

from bot.codes import subject
from bot.domain.people import Person, Platform
from bot.domain.places import Place
from bot.errands import Card, Directly, Errand, ErrandId, InThread, Promise, Target
from storage.given import Value
from storage.schema import Way


def written(key: str, drawing: str, to: Target) -> dict[str, Value]:
    """What is kept of a promise."""
    kind, card, person = _parts(to)
    first = goal(to)
    people = to.people if isinstance(to, InThread) else ()
    if card is not None and card.place.platform != first.platform:
        raise ValueError(f"nobody of {first.platform} reads a thread on {card.place.platform}")
    return {
        "key": key,
        "kind": kind,
        "drawing": drawing,
        "platform": first.platform,
        "place_key": card.place.key if card else None,
        "card_drawing": card.drawing if card else None,
        "person_key": person.key if person else None,
        "destination": destination(first),
        "people": "\n".join(each.key for each in people),
        "subject": subject(drawing),
    }


def claimed(row: Row[Any]) -> Errand:
    """A row, as it was before it was claimed, as the errand that it becomes."""
    died = row.held_until is not None
    return Errand(ErrandId(row.id), row.key, row.drawing, _target(row), row.wanted, row.tries + died, row.attempted_at)


def standing(row: Row[Any]) -> Promise:
    """A row as it is, for people to read."""
    detail = row.detail if row.ending is not None else ""
    return Promise(ErrandId(row.id), row.key, row.drawing, _target(row), row.due, row.ending, row.ended_at, detail)


def goal(to: Target) -> Place | Person:
    """Where an errand goes first."""
    match to:
        case Card(place=place) | InThread(Card(place=place)):
            return place
        case Directly(person):
            return person
        case _:
            assert_never(to)


def destination(goal: Place | Person) -> str:
    """The same as a word: what goes there goes one by one."""
    return f"place {goal.key}" if isinstance(goal, Place) else f"person {goal.key}"


def _parts(to: Target) -> tuple[Way, Card | None, Person | None]:
    match to:
        case Card():
            return Way.CARD, to, None
        case InThread(card=card):
            return Way.THREAD, card, None
        case Directly(person, card):
            return Way.DIRECT, card, person
        case _:
            assert_never(to)


def _target(row: Row[Any]) -> Target:
    platform = Platform(row.platform)
    card = None if row.card_drawing is None else Card(row.card_drawing, Place(platform, row.place_key))
    if row.kind is Way.DIRECT:
        return Directly(Person(platform, row.person_key), card)
    if card is None:
        raise ValueError(f"errand {row.id} leads nowhere")
    if row.kind is Way.CARD:
        return card
    return InThread(card, tuple(Person(platform, key) for key in row.people.splitlines()))
