"""Drafts on record."""

from bot.ports import Draft
from storage.database import Database
from tests.storage.made import DISCORD, NOW, caller

ANN, BEN = caller(1).person, caller(2).person
TYPED = {"title": "Quiz “night” \\u0000 🎉", "seats": "-1", "about": ""}
ERRORS = {"seats": "It needs at least one seat."}


async def test_what_was_typed_comes_back_to_whoever_typed_it(storage: Database) -> None:
    """Exactly, in its order, and to nobody else, not even under the same key on another platform."""
    async with storage.writing() as transaction:
        kept = await transaction.drafts.keep(ANN, "event create", TYPED, ERRORS, NOW)
    async with storage.reading() as transaction:
        found = [
            await transaction.drafts.get(kept.id, person) for person in (ANN, BEN, caller(1, platform=DISCORD).person)
        ]
    assert found == [Draft(kept.id, ANN, "event create", TYPED, ERRORS), None, None]
    assert list(kept.given) == list(TYPED)


async def test_a_draft_is_replaced_by_what_is_typed_next(storage: Database) -> None:
    """Of the same form by the same person; an older button then opens the newer words."""
    async with storage.writing() as transaction:
        first = await transaction.drafts.keep(ANN, "event create", TYPED, ERRORS, NOW)
        others = [
            await transaction.drafts.keep(BEN, "event create", TYPED, ERRORS, NOW),
            await transaction.drafts.keep(ANN, "rsvp", TYPED, ERRORS, NOW),
        ]
        again = await transaction.drafts.keep(ANN, "event create", {"title": "Quiz"}, {}, NOW)
        assert (
            await transaction.drafts.get(first.id, ANN)
            == again
            == Draft(first.id, ANN, "event create", {"title": "Quiz"}, {})
        )
        assert [await transaction.drafts.get(each.id, each.person) for each in others] == others


async def test_a_dropped_draft_is_gone(storage: Database) -> None:
    """Only its owner can drop it, and its number is nobody else's later."""
    async with storage.writing() as transaction:
        mine = await transaction.drafts.keep(ANN, "rsvp", TYPED, ERRORS, NOW)
        await transaction.drafts.drop(mine.id, BEN)
        assert await transaction.drafts.get(mine.id, ANN) == mine
        await transaction.drafts.drop(mine.id, ANN)
        assert await transaction.drafts.get(mine.id, ANN) is None
        assert (await transaction.drafts.keep(ANN, "rsvp", TYPED, ERRORS, NOW)).id > mine.id
