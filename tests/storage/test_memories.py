"""What was learnt, and how it is found again by its words."""

from dataclasses import replace

import pytest

from bot.domain.likeness import telling
from bot.domain.memories import Memory, MemoryKind
from bot.domain.places import ChapterId
from bot.domain.takeaways import Credit, Learnt, TakeawayId, TakeawayState
from storage.database import Database
from storage.transaction import Transaction
from tests.storage.made import DAY, LEEDS, LONDON, NOW, chapter, event, join

TEXTS = [
    "Projects rarely stop: give someone the authority to stop them",
    "Resource management is a conversation, not a spreadsheet",
    "Der Bär kann Projekte stoppen: Führung heißt auch aufhören",
    "Coach first, do second",
    "Agile/Scrum is a religion, says ada@example.com_today",
    "हिन्दी में परियोजना, Łódź, 管理, C++",
]


def memory(number: int, of: ChapterId, title: str, words: str = "") -> Memory:
    return Memory(MemoryKind.TAKEAWAY, number, of, title, words, NOW + number * DAY)


async def remember(tx: Transaction) -> ChapterId:
    london = await chapter(tx)
    for number, title in enumerate(TEXTS, start=1):
        await tx.memories.keep(memory(number, london, title))
    return london


async def found(tx: Transaction, text: str, every: bool = True) -> list[int]:
    return [each.subject for each in await tx.memories.search(telling(text), LONDON, 10, every)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("stopping a project", [1]),  # in whichever form
        ("RESOURCE managing", [2]),
        ("resou", [2]),  # the beginning of a word
        ("Fuhrung", [3]),  # without its accents
        ("führung", [3]),
        ("lodz", [6]),
        ("scrum", [5]),  # on either side of a slash
        ("scrum/agile", [5]),
        ("example.com", [5]),
        ("today", [5]),
        ("परियोजना", [6]),
        ("管理", [6]),
        ("spreadsheet coach", []),
        ("the", []),
        ("); DROP TABLE memories; -- \" ' * NEAR OR", []),
    ],
)
async def test_a_memory_is_found_by_its_words(storage: Database, text: str, numbers: list[int]) -> None:
    """All of them, in any form; signs that mean something to the database mean nothing here."""
    async with storage.writing() as tx:
        await remember(tx)
    async with storage.reading() as tx:
        assert await found(tx, text) == numbers


async def test_any_of_the_words_will_do_and_what_has_more_of_them_comes_first(storage: Database) -> None:
    """A word in the title weighs more than one further down."""
    async with storage.writing() as tx:
        london = await remember(tx)
        await tx.memories.keep(memory(9, london, "Poll: where next?", "coach"))
        assert await found(tx, "coach or resource management", every=False) == [2, 4, 9]


async def test_what_changes_is_found_anew_and_what_is_forgotten_is_not(storage: Database) -> None:
    """Under the same number, by its new words alone."""
    async with storage.writing() as tx:
        london = await remember(tx)
        before = next(each for each in await tx.memories.search(["coach"], None, 10) if each.subject == 4)
        await tx.memories.keep(memory(4, london, "Listen first"))
        assert await found(tx, "coach") == []
        assert await found(tx, "listen") == [4]
        assert await tx.memories.get(before.id) == replace(before, title="Listen first")
        await tx.memories.forget(MemoryKind.TAKEAWAY, 4)
        await tx.memories.forget(MemoryKind.TAKEAWAY, 4)
        assert await found(tx, "listen") == []
        with pytest.raises(KeyError):
            await tx.memories.get(before.id)


async def test_what_was_said_in_one_place_is_found_only_there(storage: Database) -> None:
    """Such as a poll of a channel of its own."""
    async with storage.writing() as tx:
        london = await chapter(tx)
        await tx.memories.keep(replace(memory(1, london, "Budget for next year"), place=LEEDS))
        for place, numbers in ((LEEDS, [1]), (LONDON, []), (None, [])):
            assert [each.subject for each in await tx.memories.search(["budget"], place, 10)] == numbers


async def learn(tx: Transaction, origin: str) -> TakeawayId:
    """Something that Ada has learnt from one evening."""
    evening = await event(tx)
    (ada,) = await join(tx, 0)
    who, state = ada.member, TakeawayState.KEPT
    london = await chapter(tx)
    return await tx.takeaways.add(Learnt(london, evening, None, TEXTS[0], who, Credit.NAMED, who, state, NOW, origin))


async def test_a_takeaway_is_kept_once_and_supported_once_by_each(storage: Database) -> None:
    """The most supported comes first."""
    async with storage.writing() as tx:
        first, second = await learn(tx, "call 1"), await learn(tx, "call 2")
        assert await learn(tx, "call 2") == second
        grace, alan = await join(tx, 1, 2)
        assert await tx.takeaways.support(second, grace.member, on=True)
        assert not await tx.takeaways.support(second, grace.member, on=True)
        assert await tx.takeaways.support(second, alan.member, on=True)
        assert await tx.takeaways.support(second, alan.member, on=False)
        assert [(each.id, each.support) for each in await tx.takeaways.of_event(await event(tx))] == [
            (second, 1),
            (first, 0),
        ]
        assert await tx.takeaways.supported(grace.member, [first, second]) == {second}
        with pytest.raises(KeyError):
            await tx.takeaways.get(TakeawayId(second + 1))


async def test_a_withdrawn_takeaway_is_shown_nowhere_and_has_lost_its_text(storage: Database) -> None:
    """Withdrawn twice at once, it is withdrawn once."""
    async with storage.writing() as tx:
        takeaway = await learn(tx, "call 1")
        moved = [
            await tx.takeaways.move(takeaway, TakeawayState.KEPT, TakeawayState.WITHDRAWN, Credit.NAMED)
            for _ in range(2)
        ]
        assert moved == [True, False]
        there = await tx.takeaways.lock(takeaway)
        assert (there.state, there.text) == (TakeawayState.WITHDRAWN, "")
        assert [*await tx.takeaways.of_event(await event(tx)), *await tx.takeaways.of_author(there.author, 9)] == []
