"""Prompts at the desk: suggested, decided on, posted and talked about, with every slip of the pen answered."""

import asyncio
from zoneinfo import ZoneInfo

from bot.calls import Form, Reply
from bot.domain.places import Home, Place
from bot.domain.prompts import CAP, LONGEST, PromptState
from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD, SLACK, call, pressed, sent_in, words
from tests.features.community import Community

STOPPING = "Who has the authority to stop a project?"


async def organiser(community: Community, command: str, who: str = "Ada", **given: str) -> Reply:
    """An organiser asks something, on Slack."""
    asked = call(command, given, who=who, manages=True, place=LONDON, at=community.clock.now())
    return await community.desk.answer(asked)


async def suggest(community: Community, question: str, who: str = "Grace", **given: str) -> Reply:
    """A member suggests something, on Discord."""
    asked = call("prompt suggest", {"question": question, **given}, who=who, platform=DISCORD, place=ON_DISCORD)
    return await community.desk.answer(asked)


async def kept(community: Community, *states: PromptState) -> list[str]:
    """The prompts in these states."""
    async with community.storage.reading() as tx:
        return [prompt.text for prompt in await tx.prompts.all(states)]


async def posted(community: Community) -> list[str]:
    """All that was asked, in order."""
    async with community.storage.reading() as tx:
        return [each.text for each in reversed(await tx.postings.of())]


def refused(reply: Reply, parameter: str = "question") -> str:
    """The sentence beside a question of a form that came back."""
    assert isinstance(reply, Form), words(reply)
    return reply.errors[parameter]


async def test_a_suggestion_is_approved_and_posted_with_its_suggester_named(community: Community) -> None:
    """Both platforms show it, its thread is open, and whoever suggested it hears that it was taken."""
    thanks = await suggest(community, STOPPING, credit="yes")
    assert words(thanks).splitlines() == [
        f"Thank you. “{STOPPING}” now waits for the organisers of London.",
        "When it is asked, it says that it is from you.",
    ]
    listed = await organiser(community, "prompt list")
    assert words(listed).splitlines()[:4] == [
        "Suggestions to decide on in London: 1",
        f"1. {STOPPING}",
        "from Grace",
        "[Approve] [Decline] [Edit]",
    ]
    await organiser(community, "prompt approve", prompt="1", page="1")
    assert words(await organiser(community, "prompt post")).splitlines()[0] == f"Next in London: {STOPPING}"
    posted = await organiser(community, "prompt post", prompt="1")
    assert words(posted) == f"“{STOPPING}” is posted in #london on Discord and #london on Slack."
    await community.settle()
    assert community.told() == [("Grace", f"Your prompt was approved and waits for its turn: {STOPPING}")]
    for mailbox in (community.slack, community.discord):
        card, thread = [letter for letter in mailbox.inbox if letter.words.startswith((STOPPING, "What do you think?"))]
        assert (card.words, thread.words) == (STOPPING, "What do you think? Talk about it here.")


async def test_where_nobody_was_appointed_whoever_organised_here_last_hears_of_suggestions(
    community: Community,
) -> None:
    """The admins of a space need no appointment, and are on no list."""
    await organiser(community, "prompt add", question="What is a PMO for?")
    await suggest(community, STOPPING)
    await community.settle()
    assert community.told() == [("Ada", f"Somebody suggests something to talk about for London: {STOPPING}")]


async def test_whoever_gave_their_name_once_is_not_named_beside_what_they_suggested_without(
    community: Community,
) -> None:
    """On the very same page of the queue."""
    await suggest(community, STOPPING, credit="yes")
    await suggest(community, "What did your latest failure teach you?")
    lines = words(await organiser(community, "prompt list")).splitlines()
    assert [line for line in lines if line.startswith(("from", "suggested"))] == [
        "from Grace",
        "suggested without a name",
    ]


async def test_looking_whose_turn_it_is_is_no_act(community: Community) -> None:
    """Only posting is."""
    await organiser(community, "prompt add", question=STOPPING)
    await organiser(community, "prompt post")
    assert "Post a prompt" not in words(await organiser(community, "audit"))
    await organiser(community, "prompt post", prompt="1")
    assert "Post a prompt" in words(await organiser(community, "audit"))


async def test_of_two_organisers_who_approve_at_once_the_first_decides(community: Community) -> None:
    """The other hears who was first; the deck holds it once, and it is told once."""
    await suggest(community, STOPPING)
    replies = await asyncio.gather(
        *(organiser(community, "prompt approve", who=who, prompt="1", page="1") for who in ("Ada", "Bea"))
    )
    said = sorted(words(reply).splitlines()[0] for reply in replies)
    assert len([each for each in said if each == f"“{STOPPING}” is in the deck."]) == 1
    assert (
        len([each for each in said if each.endswith(f"has approved “{STOPPING}” already; nothing was changed.")]) == 1
    )
    assert await kept(community, PromptState.READY) == [STOPPING]
    await community.settle()
    assert len(community.told()) == 1


async def test_bad_suggestions_come_back_with_a_sentence(community: Community) -> None:
    """Empty, endless, without a word, there already, or one too many of the same member; nothing is lost."""
    assert isinstance(await suggest(community, "   "), Form)
    assert refused(await suggest(community, "?! …")) == "There are no words in that: write something to talk about."
    endless = refused(await suggest(community, "why " * 100))
    assert endless == f"That has 399 letters; a prompt has room for {LONGEST}. What is the question in one sentence?"
    await suggest(community, STOPPING)
    twice = refused(await suggest(community, "who has the authority, to stop a project", who="Alan"))
    assert twice == f"“{STOPPING}” waits for a decision. What else shall we talk about?"
    for number in range(CAP - 1):
        await suggest(community, f"What about topic {'abcdefgh'[number] * 7}?")
    full = words(await suggest(community, "And what about lunch?"))
    assert full.startswith(f"{CAP} of your suggestions wait for a decision in London already;")
    assert len(await kept(community, PromptState.WAITING)) == CAP
    assert "waits for a decision" in words(await community.desk.answer(call("prompt mine", platform=DISCORD)))


async def test_the_same_question_in_other_words_is_noticed(community: Community) -> None:
    """A member's is taken, with a word; an organiser is asked, and sends it once more to add it all the same."""
    await organiser(community, "prompt add", question=STOPPING)
    other = "Who in our organisation is allowed to kill projects?"
    thanks = words(await suggest(community, other))
    assert f"It resembles “{STOPPING}”, which is in the deck: the organisers will see that, and decide." in thanks
    assert f"resembles “{STOPPING}”, which is in the deck" in words(await organiser(community, "prompt list"))
    form = await organiser(community, "prompt add", question="Who may stop projects, and on what authority?")
    assert refused(form).startswith("This resembles “")
    assert isinstance(form, Form)
    added = await community.desk.answer(sent_in(form, {}, "Ada", manages=True))
    assert words(added).startswith("“Who may stop projects, and on what authority?” is in the deck of London.")


async def test_what_says_nearly_the_same_is_asked_about_and_the_opposite_is_taken(community: Community) -> None:
    """Only what is there word for word is refused; whoever means it sends the form as it is."""
    await suggest(community, "A PMO should coach projects.")
    assert words(await suggest(community, "A PMO should not coach projects.", who="Alan")).startswith("Thank you.")
    nearly = await suggest(community, "A PMO should coach project.", who="Alan")
    assert refused(nearly) == (
        "This resembles “A PMO should coach projects.”, which waits for a decision. "
        "Send it as it is to suggest it all the same."
    )
    assert isinstance(nearly, Form)
    assert words(await community.desk.answer(sent_in(nearly, {}, "Alan"))).startswith("Thank you.")
    form = await organiser(community, "prompt change", prompt="2")
    assert isinstance(form, Form)
    same = await community.desk.answer(sent_in(form, {"question": "A PMO should coach projects"}, "Ada", manages=True))
    assert refused(same).endswith("Send it as it is to save it all the same.")
    assert isinstance(same, Form)
    assert words(await community.desk.answer(sent_in(same, {}, "Ada", manages=True))).startswith("“A PMO should coach")
    slips = "What did you learn?\nWhat did you learnt?"
    both = await organiser(community, "prompt add", question=slips)
    assert refused(both).endswith("resemble each other. Send them as they are to add both.")
    assert isinstance(both, Form)
    assert words(await community.desk.answer(sent_in(both, {}, "Ada", manages=True))).startswith("2 prompts are")


async def test_what_its_author_withdrew_is_no_organisers_any_more(community: Community) -> None:
    """Listed nowhere, neither taken in, changed nor posted; nobody is told whose it was, and its author sees it."""
    await suggest(community, "Why does my boss lie?", credit="yes")
    await suggest(community, "Who taught you most?")
    await organiser(community, "prompt decline", prompt="2")
    await community.desk.answer(call("prompt withdraw", {"prompt": "1"}, platform=DISCORD))
    listed = words(await organiser(community, "prompt list", show="declined"))
    assert "Who taught you most?" in listed
    assert "Why does my boss lie?" not in listed
    withdrawn = "That suggestion was withdrawn by whoever made it."
    for command in ("prompt post", "prompt change", "prompt skip", "prompt remove"):
        assert words(await organiser(community, command, prompt="1")) == withdrawn, command
    for command in ("prompt approve", "prompt decline", "prompt restore"):
        said = words(await organiser(community, command, prompt="1", page="1"))
        assert said.startswith("That suggestion was withdrawn by whoever made it; nothing was changed."), command
        assert "Grace" not in said
    declined = words(await organiser(community, "prompt post", prompt="2"))
    assert declined.startswith("“Who taught you most?” was declined.")
    mine = words(await community.desk.answer(call("prompt mine", platform=DISCORD))).splitlines()
    assert mine[-2:] == ["Why does my boss lie?", "It is withdrawn."]
    assert await posted(community) == []


async def test_of_two_who_change_a_prompt_at_once_neither_loses_what_they_wrote(community: Community) -> None:
    """The later one is shown what the other wrote, where theirs would replace it; nothing else holds them up."""
    await organiser(community, "prompt add", question="What is a PMO for?")
    first, second = [await organiser(community, "prompt change", prompt="1") for _ in range(2)]
    assert isinstance(first, Form)
    assert isinstance(second, Form)
    asked = "What is a PMO really for, today?"
    await community.desk.answer(sent_in(first, {"question": asked}, "Ada", manages=True))
    back = await community.desk.answer(sent_in(second, {"tags": "pmo"}, "Bob", manages=True))
    assert isinstance(back, Form)
    assert back.errors == {
        "question": f"Changed by somebody else meanwhile: it is “{asked}” now. What stands here would replace it."
    }
    saved = await community.desk.answer(sent_in(back, {"question": asked}, "Bob", manages=True))
    assert words(saved).startswith(f"“{asked}” is saved.")
    async with community.storage.reading() as tx:
        (prompt,) = await tx.prompts.all([PromptState.READY])
    assert (prompt.text, prompt.tags) == (asked, ("pmo",))


async def test_many_prompts_are_added_one_a_line(community: Community) -> None:
    """With tags and a priority; a line that cannot be used is named, and none is added."""
    wrong = await organiser(community, "prompt add", question=f"What is a PMO for?\n{'long ' * 80}")
    assert refused(wrong).startswith("Line 2: That has 399 letters;")
    assert await kept(community, PromptState.READY) == []
    lines = "What is a PMO for?\nWhich meeting would you drop?\n\nWho taught you most?"
    added = await organiser(community, "prompt add", question=lines, tags="#pmo, Monday", priority="high")
    assert words(added).startswith("3 prompts are in the deck of London.")
    listed = words(await organiser(community, "prompt list", tag="pmo"))
    assert "soon · #pmo · #monday" in listed
    tags = await organiser(community, "prompt add", question="And now?", tags="a, b, c, d, e, f")
    assert refused(tags, "tags") == "These are 6 tags; a prompt has room for 5."


async def test_a_tag_in_any_script_leads_through_the_queue(community: Community) -> None:
    """From page to page, and back to it after something was skipped; a tag that nothing bears has nothing."""
    tag = "управление ресурсами проекта"
    await organiser(community, "prompt add", question="\n".join(f"What is {each * 5}?" for each in "abcde"), tags=tag)
    await organiser(community, "prompt add", question="Who taught you most?", priority="high")
    listed = await organiser(community, "prompt list", tag=tag.upper())
    assert words(listed).startswith(f"What comes next in London, #{tag}: 5")
    more = await community.desk.answer(pressed(listed, "More (1 of 2) ›", "Ada", manages=True))
    assert words(more).startswith(f"What comes next in London, #{tag}: 5")
    assert "4. What is ddddd?" in words(more)
    skipped = words(await community.desk.answer(pressed(listed, "Skip", "Ada", manages=True)))
    assert f"#{tag}: 5" in skipped
    assert "1. What is bbbbb?" in skipped
    assert words(await organiser(community, "prompt list", tag="money")).startswith(
        "What comes next in London, with that tag: 0"
    )


async def test_nothing_is_asked_twice_before_the_deck_is_used_up(community: Community) -> None:
    """Unless an organiser insists; a deck that is used up begins again when it is told to."""
    await organiser(community, "prompt add", question="What is a PMO for?\nWho taught you most?")
    await organiser(community, "prompt post", prompt="1")
    twice = await organiser(community, "prompt post", prompt="1")
    assert words(twice).startswith(
        "“What is a PMO for?” was asked on 5 September 2026, and 1 other of this deck was not."
    )
    early = words(await organiser(community, "prompt renew", chapter="1"))
    assert early.startswith("1 prompt of this deck is still to be asked")
    await organiser(community, "prompt post", prompt="2")
    assert words(await organiser(community, "prompt post")).startswith("Nothing is left in the deck of London.")
    await organiser(community, "prompt renew", chapter="1")
    assert words(await organiser(community, "prompt post")).startswith("Next in London: What is a PMO for?")


async def test_of_two_who_post_the_last_of_a_deck_that_renews_itself_the_second_one_is_asked(
    community: Community,
) -> None:
    """As is whoever presses *Ask it again* after somebody else did; another prompt begins the next cycle."""
    await organiser(community, "prompt add", question="What is a PMO for?\nWho taught you most?")
    await organiser(community, "prompt schedule", rhythm="Tuesdays at 9:00", used_up="renew")
    for prompt in ("1", "2"):
        await organiser(community, "prompt post", prompt=prompt)
    second = await organiser(community, "prompt post", prompt="2", who="Bob")
    assert words(second).splitlines() == [
        "“Who taught you most?” was asked on 5 September 2026, and nothing else of this deck is left.",
        "[Ask it again] [Queue]",
    ]
    insists = [
        await community.desk.answer(pressed(second, "Ask it again", who, manages=True)) for who in ("Bob", "Ada")
    ]
    assert [words(each).split("” ")[1].split()[:2] for each in insists] == [["is", "posted"], ["was", "asked"]]
    assert words(await organiser(community, "prompt post", prompt="1")).startswith("“What is a PMO for?” is posted in")
    assert await posted(community) == [
        "What is a PMO for?",
        "Who taught you most?",
        "Who taught you most?",
        "What is a PMO for?",
    ]


async def test_the_starter_deck_is_put_in_once(community: Community) -> None:
    """All of it, or the part for those who run projects; what is there already stays as it is."""
    first = words(await organiser(community, "prompt starter", audience="projects"))
    assert first.startswith("66 prompts of the starter deck were put in.")
    second = words(await organiser(community, "prompt starter", audience="all"))
    assert second.startswith("24 prompts of the starter deck were put in. 66 were there already.")


async def test_a_prompt_is_posted_at_no_other_chapters_event(community: Community) -> None:
    """Nor at one that is not there."""
    await organiser(community, "prompt add", question=STOPPING)
    async with community.storage.writing() as tx:
        chapter = await tx.chapters.add("Birmingham", ZoneInfo("Europe/London"), ())
        await tx.chapters.settle(chapter, Home(Place(SLACK, "C-Birmingham"), "birmingham"))
    event = await community.publish(chapter=str(chapter))
    for number, sentence in (
        ("99", "There is no such event; pick one from the list."),
        (str(event), "That prompt is of London, and this event of another chapter."),
    ):
        assert refused(await organiser(community, "prompt post", prompt="1", event=number), "event") == sentence
