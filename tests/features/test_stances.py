"""Stances: where people stand, asked before they talk about it and once more afterwards."""

import asyncio

from bot.calls import Door
from bot.domain.people import Platform
from bot.domain.places import Place, Thread
from bot.domain.prompts import PostingId
from bot.ports import Gone
from tests.desk.visitors import DISCORD, ON_DISCORD, SLACK, call, found, pressed, words
from tests.features.community import Community
from tests.features.test_prompts import organiser

STATEMENT = "A project manager should have the authority to stop their own project."
BRUM = (Place(SLACK, "C-Brum"), Place(DISCORD, "2002"))


async def ask(community: Community, chapter: str = "1", number: str = "1") -> None:
    """Put a statement into a chapter's deck, and post it."""
    await organiser(community, "prompt add", question=STATEMENT, stance="yes", chapter=chapter)
    await organiser(community, "prompt post", prompt=number)
    await community.settle()


async def take(community: Community, stance: str, *who: str, asking: str = "first", posting: int = 1) -> list[str]:
    """People press one of the buttons, some on Slack and some on Discord, all at once."""
    given = {"posting": str(posting), "asking": asking, "stance": stance, "on": "1"}
    platforms: list[Platform] = [SLACK, DISCORD]
    presses = [
        call("stance", given, who=name, door=Door.BUTTON, platform=platforms[len(name) % 2], at=community.clock.now())
        for name in who
    ]
    return [words(reply) for reply in await asyncio.gather(*map(community.desk.answer, presses))]


async def counted(community: Community, posting: int = 1) -> tuple[list[int], list[int], int, int]:
    """How many said what the first and the second time, how many were asked twice, and how many of them moved."""
    async with community.storage.reading() as tx:
        stances = (await tx.postings.stances([PostingId(posting)]))[PostingId(posting)]
    both = [[each.of(stance) for stance in each.counts] for each in (stances.first, stances.again)]
    return sorted(both[0]), sorted(both[1]), stances.twice, stances.moved


def threads(community: Community) -> list[str]:
    """What was told in threads on Discord."""
    return [letter.words for letter in community.discord.inbox if letter.to not in (ON_DISCORD, *BRUM)]


async def test_a_room_is_asked_twice_and_told_how_many_moved(community: Community) -> None:
    """One stance a member, changeable until it is asked once more; the second asking ends by itself."""
    await ask(community)
    (receipt,) = await take(community, "agree", "Grace")
    assert receipt.splitlines() == ["You agree; you can change it until it is asked once more.", "[Take it back]"]
    await take(community, "disagree", "Grace")
    await take(community, "disagree", "Alan", "Mary", "Edsger")
    await take(community, "agree", "Katherine", "Tim")
    assert await counted(community) == ([2, 4], [], 0, 0)
    again = words(await organiser(community, "prompt again", posting="1", until="21:30"))
    await community.settle()
    assert again.startswith(f"“{STATEMENT}” is asked once more, until Saturday 5 September 2026, 21:30 BST.")
    (stale,) = await take(community, "agree", "Grace")
    assert stale.startswith("It is asked once more now, after talking about it: where do you stand now?")
    await take(community, "agree", "Grace", "Alan", "Katherine", "Newcomer", asking="again")
    await take(community, "depends", "Mary", asking="again")
    assert await counted(community) == ([2, 4], [1, 4], 4, 3)
    await community.wait_until("2026-09-05 21:30")
    (late,) = await take(community, "agree", "Mary", asking="again")
    assert late == f"“{STATEMENT}” is closed; nothing was changed."
    assert threads(community)[1].startswith("You have talked about it. Where do you stand now?")
    assert threads(community)[2] == "London agreed, 4 to 0, and 1 said that it depends."


async def test_two_chapters_that_were_asked_the_same_are_compared(community: Community) -> None:
    """In a sentence made from the numbers, also to the organiser who asks it anew."""
    await found(community.storage, "Birmingham", *BRUM)
    await ask(community, chapter="2")
    await take(community, "agree", *(f"Brummie {number}" for number in range(9)))
    await organiser(community, "prompt close", posting="1")
    await organiser(community, "prompt add", question=STATEMENT.upper(), stance="yes", chapter="1")
    posted = words(await organiser(community, "prompt post", prompt="2"))
    assert "Birmingham, asked on 5 September 2026, agreed, 9 to 0." in posted
    await take(community, "agree", *(f"Londoner {number}" for number in range(5)), posting=2)
    await take(community, "disagree", *(f"Sceptic {number}" for number in range(4)), posting=2)
    await organiser(community, "prompt close", posting="2")
    await community.settle()
    assert threads(community)[-1] == "London was divided, 5 to 4; Birmingham agreed, 9 to 0."


async def test_what_came_of_it_is_told_though_it_has_just_been_asked_again(community: Community) -> None:
    """A fresh posting that nobody has answered yet hides nothing; once it is closed it takes the other's place."""
    await found(community.storage, "Birmingham", *BRUM)
    await ask(community, chapter="2")
    await take(community, "agree", *(f"Brummie {number}" for number in range(9)))
    await organiser(community, "prompt close", posting="1")
    again = await organiser(community, "prompt post", prompt="1")
    await community.desk.answer(pressed(again, "Ask it again", "Ada", manages=True))
    await organiser(community, "prompt add", question=STATEMENT, stance="yes", chapter="1")
    posted = words(await organiser(community, "prompt post", prompt="2"))
    assert "Birmingham, asked on 5 September 2026, agreed, 9 to 0." in posted
    await take(community, "disagree", "Grace", posting=2)
    await take(community, "agree", "Grace", posting=3)
    await organiser(community, "prompt close", posting="2")
    await organiser(community, "prompt close", posting="3")
    await community.settle()
    assert "London agreed, 1 to 0; Birmingham disagreed, 1 to 0." in threads(community)


async def test_slips_with_stances_are_told(community: Community) -> None:
    """Closed twice, asked once more twice, a time that is past, a prompt without a stance, one that does not exist."""
    await ask(community)
    assert words(await organiser(community, "prompt again", posting="99")).startswith("That")
    await organiser(community, "prompt again", posting="1")
    assert words(await organiser(community, "prompt again", posting="1")).endswith("is asked once more already.")
    await organiser(community, "prompt close", posting="1")
    assert words(await organiser(community, "prompt close", posting="1")).endswith("is closed already.")
    await organiser(community, "prompt add", question="What is a PMO for?")
    await organiser(community, "prompt post", prompt="2")
    assert words(await organiser(community, "prompt again", posting="2")).endswith("does not ask where people stand.")
    assert await take(community, "agree", "Grace", posting=2) == [
        "That prompt is not on record, or does not ask where you stand."
    ]


async def test_a_thread_that_was_deleted_is_told_to_the_organiser_and_nothing_is_lost(community: Community) -> None:
    """What people said still counts, and is told where there is a thread."""
    await ask(community)
    await take(community, "agree", "Grace", "Alan", "Mary")
    (card,) = [letter for letter in community.discord.inbox if letter.to == ON_DISCORD]
    community.discord.trouble(Thread(ON_DISCORD, card.ref), Gone("Unknown Channel"))
    await organiser(community, "prompt close", posting="1")
    await community.settle()
    await community.settle()  # what Discord could not deliver is told on Slack
    told = [said for who, said in community.told() if who == "Ada"]
    assert len(told) == 1
    assert told[0].startswith(
        f"I cannot post word of what came of it of {STATEMENT} in the thread in #london on Discord: the thread was "
        "deleted, or I am not in the channel any more. The card and everything else go on;"
    )
    assert "London agreed, 3 to 0." in [letter.words for letter in community.slack.inbox]
    assert await counted(community) == ([3], [], 0, 0)
