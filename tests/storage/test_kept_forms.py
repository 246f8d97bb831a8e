"""Kept forms on record."""

from datetime import timedelta

from bot.ports import KeptForm
from storage.database import Database
from storage.forms import MOST
from tests.storage.made import DISCORD, NOW, caller

ANN, BEN = caller(1).person, caller(2).person
TYPED = {"title": "Quiz “night” \\u0000 🎉", "seats": "-1", "about": ""}
ERRORS = {"seats": "It needs at least one seat."}


async def test_what_was_typed_comes_back_to_whoever_typed_it(storage: Database) -> None:
    """Exactly, in its order, and to nobody else, not even under the same key on another platform."""
    async with storage.writing() as tx:
        kept = await tx.forms.keep(ANN, "event create", TYPED, ERRORS, NOW)
    async with storage.reading() as tx:
        found = [await tx.forms.get(kept.id, person) for person in (ANN, BEN, caller(1, platform=DISCORD).person)]
    assert found == [KeptForm(kept.id, ANN, "event create", TYPED, ERRORS), None, None]
    assert list(kept.given) == list(TYPED)


async def test_every_form_is_kept_for_itself(storage: Database) -> None:
    """Also two of one command by one person; only the one that goes on is replaced."""
    async with storage.writing() as tx:
        first = await tx.forms.keep(ANN, "event create", TYPED, ERRORS, NOW)
        other = await tx.forms.keep(ANN, "event create", {"title": "Pub"}, {}, NOW)
        again = await tx.forms.keep(ANN, "event create", {"title": "Quiz"}, {}, NOW, first.id)
        assert again == KeptForm(first.id, ANN, "event create", {"title": "Quiz"}, {})
        assert [await tx.forms.get(each.id, ANN) for each in (first, other)] == [again, other]


async def test_a_form_of_somebody_else_or_another_command_is_never_replaced(storage: Database) -> None:
    """What claims to go on with it becomes a form of its own."""
    async with storage.writing() as tx:
        mine = await tx.forms.keep(ANN, "rsvp", TYPED, ERRORS, NOW)
        theirs = await tx.forms.keep(BEN, "rsvp", {}, {}, NOW, mine.id)
        another = await tx.forms.keep(ANN, "event create", {}, {}, NOW, mine.id)
        assert len({mine.id, theirs.id, another.id}) == 3
        assert await tx.forms.get(mine.id, ANN) == mine
        assert await tx.forms.get(mine.id, ANN, "event create") is None


async def test_a_dropped_form_is_gone(storage: Database) -> None:
    """Only its owner can drop it, and its number is nobody else's later."""
    async with storage.writing() as tx:
        mine = await tx.forms.keep(ANN, "rsvp", TYPED, ERRORS, NOW)
        await tx.forms.drop(mine.id, BEN)
        assert await tx.forms.get(mine.id, ANN) == mine
        await tx.forms.drop(mine.id, ANN)
        assert await tx.forms.get(mine.id, ANN) is None
        assert (await tx.forms.keep(ANN, "rsvp", TYPED, ERRORS, NOW)).id > mine.id


async def test_of_too_many_forms_of_one_person_the_oldest_go(storage: Database) -> None:
    """Nobody can fill the disk, and nobody else loses anything by their trying."""
    async with storage.writing() as tx:
        bens = await tx.forms.keep(BEN, "rsvp", {}, {}, NOW)
        anns = [await tx.forms.keep(ANN, "rsvp", {}, {}, NOW + timedelta(seconds=number)) for number in range(MOST + 3)]
        left = [form for form in anns if await tx.forms.get(form.id, ANN) is not None]
        assert left == anns[3:]
        assert await tx.forms.get(bens.id, BEN) == bens


async def test_forms_that_nobody_touches_any_more_are_forgotten(storage: Database) -> None:
    """Those that somebody has gone on with since are not."""
    async with storage.writing() as tx:
        old, touched = [await tx.forms.keep(ANN, "rsvp", {}, {}, NOW) for _ in range(2)]
        await tx.forms.keep(ANN, "rsvp", {}, {}, NOW + timedelta(days=2), touched.id)
        assert await tx.forms.tidy(NOW + timedelta(days=1)) == 1
        assert [await tx.forms.get(each.id, ANN) is None for each in (old, touched)] == [True, False]
