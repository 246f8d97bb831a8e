"""Polls at the desk: after any presses, edits, closes and restarts, the count is that of a plain recount."""

import random
from collections import Counter

import pytest

from bot.calls import Call, Door, Form
from bot.desk import Desk
from bot.domain.polls import PollId, PollState
from bot.ports import Storage
from storage.database import database
from storage.seal import Seal
from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD, SLACK, call, desk, found, sent_in, words

NAMES = ["Grace", "Alan", "Mary", "Edsger", "Katherine"]


class Table:
    """A table with a slip of paper for everybody, on which they write one name; it is counted by reading them all."""

    def __init__(self, names: list[str]) -> None:
        self.names = names
        self.slips: dict[str, str] = {}
        self.open = True

    def write(self, who: str, name: str) -> None:
        if self.open and name in self.names:
            self.slips[who] = name

    def tear_up(self, who: str) -> None:
        if self.open:
            self.slips.pop(who, None)

    def strike(self, name: str) -> None:
        """Take a name off that nobody has written."""
        if self.open and name not in self.slips.values() and len(self.names) > 2:
            self.names.remove(name)

    def count(self) -> dict[str, int]:
        return dict(Counter(self.slips.values()))


async def counted(storage: Storage, poll: PollId) -> tuple[dict[str, int], int]:
    """What the bot counts."""
    async with storage.reading() as tx:
        labels = {choice.id: choice.label for choice in (await tx.polls.choices([poll]))[poll]}
        tally = (await tx.ballots.tallies([poll]))[poll]
    return {labels[choice]: count for choice, count in tally.counts.items() if count}, tally.voted


def ada(command: str, **given: str) -> Call:
    return call(command, given, who="Ada", manages=True, place=LONDON)


def vote(who: str, choice: int, on: bool) -> Call:
    given = {"poll": "1", "choice": str(choice), "on": str(int(on))}
    # Everybody keeps to their own platform.
    platform, place = (SLACK, LONDON) if NAMES.index(who) % 2 else (DISCORD, ON_DISCORD)
    return call("vote", given, who=who, door=Door.BUTTON, place=place, platform=platform)


async def strike(front: Desk, label: str, labels: list[str]) -> None:
    """Edit the poll so that a choice is gone, if that may be."""
    shown = await front.answer(ada("poll edit", poll="1"))
    if "Edit" not in words(shown):
        return
    form = await front.answer(call("poll revise", {"poll": "1"}, who="Ada", manages=True, door=Door.BUTTON))
    if isinstance(form, Form):
        left = "\n".join(each for each in labels if each != label)
        await front.answer(sent_in(form, {"choices": left}, "Ada", manages=True))


@pytest.mark.parametrize("ballots", ["counts", "secret"])
async def test_counts_equal_a_plain_recount_through_edits_closes_and_restarts(
    database_url: str, seed: int, ballots: str
) -> None:
    """Two hundred things happen in no order; after each, the bot counts what lies on the table."""
    chance = random.Random(seed)
    labels = ["Le Truc", "The Crown", "Somewhere else", "At home by the fire"]
    table = Table(list(labels))
    seal = Seal("a key that nobody has guessed yet, for tests")
    made = False
    for _restart in range(4):
        async with database(database_url, seal=seal) as storage:
            if not made:
                await found(storage)
            async with desk(storage) as front:
                if not made:
                    asked = ada("poll ask", question="Where?", choices=" | ".join(labels), ballots=ballots)
                    assert "is posted in" in words(await front.answer(asked))
                    made = True
                for _step in range(50):
                    who = chance.choice(NAMES)
                    match chance.choices(["vote", "withdraw", "edit", "close", "reopen"], [60, 15, 8, 4, 13])[0]:
                        case "vote":
                            choice = chance.randrange(len(labels) + 1)
                            await front.answer(vote(who, choice + 1, on=True))
                            table.write(who, [*labels, "nothing"][choice])
                        case "withdraw":
                            await front.answer(vote(who, 0, on=False))
                            table.tear_up(who)
                        case "edit":
                            label = chance.choice(labels)
                            if label in table.names and len(table.names) > 2:
                                await strike(front, label, table.names)
                                table.strike(label)
                        case "close":
                            await front.answer(ada("poll close", poll="1"))
                            table.open = False
                        case _:
                            await front.answer(ada("poll reopen", poll="1"))
                            table.open = True
                    assert await counted(storage, PollId(1)) == (table.count(), len(table.slips))
            async with storage.reading() as tx:
                state = (await tx.polls.get(PollId(1))).state
            assert state is (PollState.OPEN if table.open else PollState.CLOSED)


@pytest.mark.parametrize(
    ("written", "kind", "question", "choices"),
    [
        ("Which game next? Brass | Azul | Catan", "single", "Which game next?", ["Brass", "Azul", "Catan"]),
        ("Which?! Or none? | Azul", "several", "Which?!", ["Or none?", "Azul"]),
        ("Tea? Black | green", "yes or no", "Tea? Black | green", ["Yes", "No", "Abstain"]),
        ("How was https://tea.test/?day=1|2", "scale", "How was https://tea.test/?day=1|2", list("12345")),
    ],
)
async def test_a_poll_is_asked_in_one_line(
    storage: Storage, written: str, kind: str, question: str, choices: list[str]
) -> None:
    """What follows the question mark with bars in it are the choices; everything else is the question."""
    await found(storage)
    async with desk(storage) as front:
        assert "is posted in" in words(await front.answer(ada("poll ask", question=written, kind=kind)))
    async with storage.reading() as tx:
        poll = await tx.polls.get(PollId(1))
        labels = [choice.label for choice in (await tx.polls.choices([poll.id]))[poll.id]]
    assert (poll.question, labels) == (question, choices)


async def test_without_a_question_mark_choices_are_asked_for(storage: Storage) -> None:
    """Nobody can tell where such a question ends; what was typed stays in the form."""
    await found(storage)
    async with desk(storage) as front:
        form = await front.answer(ada("poll ask", question="Our next game Brass | Azul"))
    assert isinstance(form, Form)
    assert form.errors == {"choices": "Write at least two choices, one a line, or with | between them."}
