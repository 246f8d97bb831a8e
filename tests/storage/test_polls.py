"""Polls and ballots on record."""

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.ballots import Ballot, Tally, Voter
from bot.domain.people import Caller, Person, Platform
from bot.domain.places import Place
from bot.domain.polls import ChoiceId, ChoiceState, PollId, PollKind, PollState, Question, Rules
from storage.database import Database, database
from storage.errors import Unusable
from storage.seal import Seal, kept
from storage.transaction import Transaction
from tests.storage.made import chapter

CLOSES = datetime(2026, 9, 18, 17, 0, tzinfo=UTC)
PLACE = Place(Platform("slack"), "C-London")


async def ask(tx: Transaction, origin: str = "slack 1", closes: datetime | None = CLOSES) -> PollId:
    """A poll of three choices, of which the last has been removed."""
    ada = Caller(Person(Platform("slack"), "U-Ada"), "Ada", direct=True)
    account = (await tx.members.recognise([ada]))[ada.person]
    rules = Rules(PollKind.SEVERAL, most=2)
    london = await chapter(tx)
    poll = await tx.polls.add(Question(london, PLACE, "Where next?", rules, closes, account.member, origin))
    for position, state in enumerate((ChoiceState.OFFERED, ChoiceState.OFFERED, ChoiceState.REMOVED)):
        await tx.polls.offer(poll, position, f"Choice {position}", state)
    return poll


async def chosen(tx: Transaction, poll: PollId) -> list[ChoiceId]:
    return [choice.id for choice in (await tx.polls.choices([poll]))[poll]]


async def test_a_poll_is_kept_as_it_was_asked(storage: Database) -> None:
    """Rules, place and deadline come back; asked twice by one call, it is one poll."""
    async with storage.writing() as tx:
        poll = await ask(tx)
        question = await tx.polls.get(poll)
        again = Question(question.chapter, None, "Other", Rules(), None, question.asker, "slack 1")
        assert await tx.polls.add(again) == poll
    assert (question.question, question.place, question.closes) == ("Where next?", PLACE, CLOSES)
    assert question.rules == Rules(PollKind.SEVERAL, most=2)
    assert question.state is PollState.DRAFT
    async with storage.reading() as tx:
        listed = (await tx.polls.choices([poll]))[poll]
        with pytest.raises(KeyError):
            await tx.polls.get(PollId(poll + 1))
    assert [(choice.label, choice.offered) for choice in listed] == [
        ("Choice 0", True),
        ("Choice 1", True),
        ("Choice 2", False),
    ]


async def test_a_poll_is_closed_by_one_alone(storage: Database) -> None:
    """The update is conditional: whoever comes second learns that it was done."""
    async with storage.writing() as tx:
        poll = await ask(tx)
        assert await tx.polls.move(poll, PollState.DRAFT, PollState.OPEN, 2)

    async def close() -> bool:
        async with storage.writing() as tx:
            return await tx.polls.move(poll, PollState.OPEN, PollState.CLOSED, 3)

    assert sorted(await asyncio.gather(close(), close(), close())) == [False, False, True]


async def test_open_polls_are_due_at_their_deadline(storage: Database) -> None:
    """Drafts and polls without a deadline never are."""
    async with storage.writing() as tx:
        poll, endless = await ask(tx), await ask(tx, "slack 2", None)
        assert await tx.polls.next(PollState.OPEN) is None
        for each in (poll, endless):
            await tx.polls.move(each, PollState.DRAFT, PollState.OPEN, 2)
        assert await tx.polls.next(PollState.OPEN) == CLOSES
        assert [each.id for each in await tx.polls.due(PollState.OPEN, CLOSES, 9)] == [poll]
        assert await tx.polls.due(PollState.OPEN, CLOSES.replace(hour=16), 9) == []


async def test_a_ballot_replaces_the_one_before_and_an_empty_one_withdraws_it(storage: Database) -> None:
    """Counts are what the rows say at that moment."""
    async with storage.writing() as tx:
        poll = await ask(tx)
        first, second, _ = await chosen(tx, poll)
        ada, grace = Voter("1"), Voter("2")
        both = frozenset({first, second})
        await tx.ballots.put([Ballot(poll, ada, both), Ballot(poll, grace, frozenset({second}))], [])
        assert (await tx.ballots.tallies([poll]))[poll] == Tally({first: 1, second: 2}, 2)
        await tx.ballots.put([Ballot(poll, ada, frozenset({first}))], [])
        assert await tx.ballots.of([(poll, ada)]) == [Ballot(poll, ada, frozenset({first}))]
        await tx.ballots.put([Ballot(poll, grace, frozenset())], [])
        assert await tx.ballots.all(poll) == [Ballot(poll, ada, frozenset({first}))]
        assert (await tx.ballots.tallies([poll]))[poll] == Tally({first: 1}, 1)


async def test_the_database_itself_keeps_a_single_choice_single(storage: Database) -> None:
    """Whatever the code above it does."""
    async with storage.writing() as tx:
        poll = await ask(tx)
        first, second, _ = await chosen(tx, poll)
    with pytest.raises(IntegrityError):
        async with storage.writing() as tx:
            await tx.ballots.put([Ballot(poll, Voter("1"), frozenset({first, second}))], [poll])


async def test_asking_is_free_where_an_organiser_says_so(storage: Database) -> None:
    """Said twice, it is said once."""
    async with storage.writing() as tx:
        london = await chapter(tx)
        assert not await tx.polls.free(london)
        for _ in range(2):
            await tx.polls.allow(london, members=True)
        assert await tx.polls.free(london)
        await tx.polls.allow(london, members=False)
        assert not await tx.polls.free(london)


async def test_a_seal_tells_one_poll_from_another_and_nothing_without_its_key(database_url: str) -> None:
    """The same name in the same poll is the same voter, through restarts; with another key it is not."""
    seals: list[Voter] = []
    for key in ("k" * 32, "k" * 32, "l" * 32):
        async with database(database_url, seal=Seal(key)) as storage, storage.reading() as tx:
            seals += [tx.ballots.seal(PollId(1), "member 1"), tx.ballots.seal(PollId(2), "member 1")]
    assert seals[:2] == seals[2:4]
    assert len(set(seals)) == 4
    assert "member" not in "".join(seals)
    async with database(database_url) as storage, storage.reading() as tx:
        assert tx.ballots.mark == ""


def test_a_key_is_made_once_and_kept_for_us_alone(tmp_path: Path) -> None:
    """The second time it is the first one; a short one is refused."""
    path = tmp_path / "ballots.key"
    assert kept(path).press("Ada") == kept(path).press("Ada")
    assert path.stat().st_mode & 0o777 == 0o600
    path.write_text("short")
    with pytest.raises(Unusable, match="it needs 32 or more"):
        kept(path)
