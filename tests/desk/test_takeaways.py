"""Takeaways at the desk: kept, supported, found again, asked for and withdrawn."""

import pytest

from bot.calls import Call, Door, Form, Reply
from bot.desk import Desk
from bot.domain.events import EventId
from bot.domain.people import Platform
from bot.domain.places import Place
from bot.ports import Storage
from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD, SLACK, call, code, fits, found, person, publish, words

LEARNT = "Give somebody the authority to stop a project"


def pressed(reply: Reply, label: str, who: str, platform: Platform = SLACK) -> Call:
    """The call that this person makes by pressing a button of a reply."""
    name, _, query = code(reply, label).partition("?")
    given = dict(pair.split("=") for pair in query.split("&") if pair)
    place = LONDON if platform == SLACK else ON_DISCORD
    return call(name.replace("%20", " "), given, who=who, door=Door.BUTTON, platform=platform, place=place)


def learn(text: str = LEARNT, who: str = "Grace", **more: str) -> Call:
    return call("takeaway add", {"text": text, **more}, who=who, place=LONDON)


def shortcut(text: str, author: str, who: str = "Grace", message: str = "171.5") -> Call:
    """Somebody chooses *Keep as takeaway* at a message."""
    given = {"text": text, "author": f"U-{author}" if author else "", "message": message}
    return call("takeaway keep", given, who=who, place=LONDON, door=Door.SHORTCUT)


async def ask(front: Desk, about: str, who: str = "Alan") -> str:
    return words(await front.answer(call("recall", {"words": about}, who=who, place=LONDON)))


async def test_what_is_kept_is_listed_supported_and_found_on_the_other_platform(desk: Desk) -> None:
    """By others; its author can withdraw it, and then it is nowhere."""
    evening = await publish(desk)
    kept = await desk.answer(learn(event=str(evening)))
    assert words(kept).startswith(f"Kept: “{LEARNT}”")
    listed = await desk.answer(call("takeaway list", {"event": str(evening)}, who="Alan", platform=DISCORD))
    assert "Grace, Evening, London" in words(listed)
    for _twice in range(2):
        said = await desk.answer(pressed(listed, "I’d say the same", "Alan", DISCORD))
        assert "You would say the same: “" in words(said)
    assert "1 other would say the same." in words(await desk.answer(call("takeaway mine")))
    assert LEARNT in await ask(desk, "stopping projects")
    assert "is withdrawn" in words(await desk.answer(pressed(kept, "Withdraw", "Grace")))
    assert "withdrawn already" in words(await desk.answer(call("takeaway withdraw", {"takeaway": "1"}, manages=True)))
    assert "Nothing was said about" in await ask(desk, "stopping projects")
    assert "Nothing is kept yet." in words(await desk.answer(call("takeaway list", {"event": str(evening)})))
    assert "That has been withdrawn." in words(await desk.answer(pressed(listed, "I’d say the same", "Alan", DISCORD)))


async def test_nobody_decides_on_what_somebody_else_learnt(desk: Desk) -> None:
    """A forged button withdraws, names and supports nothing; an organiser may withdraw it."""
    kept = await desk.answer(learn())
    refusal = "Only organisers can do that."
    assert words(await desk.answer(pressed(kept, "Withdraw", "Alan"))).startswith(refusal)
    assert "not yours to decide" in words(await desk.answer(pressed(kept, "Without a name", "Alan")))
    own = call("takeaway support", {"takeaway": "1", "on": "1"}, door=Door.BUTTON)
    assert "That is your own" in words(await desk.answer(own))
    forged = call("takeaway support", {"takeaway": "99", "on": "1"}, door=Door.BUTTON)
    assert "There is no such takeaway." in words(await desk.answer(forged))
    organiser = call("takeaway withdraw", {"takeaway": "1"}, who="Ada", manages=True, door=Door.BUTTON)
    assert "is withdrawn" in words(await desk.answer(organiser))


async def test_a_takeaway_bears_a_name_only_where_its_author_wishes(desk: Desk) -> None:
    """They can change their mind, and still find it as their own."""
    kept = await desk.answer(learn(credit="unnamed"))
    listed = call("takeaway list", who="Alan")
    assert "No name given, London" in words(await desk.answer(listed))
    assert "Grace" not in words(await desk.answer(listed))
    await desk.answer(pressed(kept, "With my name", "Grace"))
    assert "Grace, London" in words(await desk.answer(listed))


async def test_whoever_wrote_a_message_is_asked_before_it_is_kept(desk: Desk) -> None:
    """It is found by nobody until they say yes; kept twice, it is asked for once."""
    asked = await desk.answer(shortcut(LEARNT, "Alan"))
    assert "is asked whether that may be kept" in words(asked)
    assert "has been asked already" in words(await desk.answer(shortcut(LEARNT, "Alan", who="Mary")))
    assert "Nothing was said about" in await ask(desk, "authority")
    agree = call("takeaway agree", {"takeaway": "1", "credit": "named"}, who="Alan", door=Door.BUTTON)
    assert "not yours" in words(await desk.answer(call(agree.command, agree.given, who="Grace", door=Door.BUTTON)))
    assert "Thank you: it is kept, with your name." in words(await desk.answer(agree))
    assert LEARNT in await ask(desk, "authority")
    assert words(await desk.answer(shortcut(LEARNT, "Alan"))) == "That is kept already."


async def test_no_audit_tells_whose_takeaway_was_withdrawn(desk: Desk) -> None:
    """Neither who withdrew a nameless one, nor who would rather not have theirs kept, organiser or not."""
    for number, who in enumerate(("Grace", "Ada"), 1):
        await desk.answer(learn("My boss lies", who, credit="unnamed"))
        given = {"takeaway": str(number)}
        own = call("takeaway withdraw", given, who=who, manages=who == "Ada", door=Door.BUTTON)
        assert "is withdrawn" in words(await desk.answer(own))
    await desk.answer(shortcut("I was drunk", "Alan"))
    withdrawn = call("takeaway withdraw", {"takeaway": "3"}, who="Alan", door=Door.BUTTON)
    assert "nobody is told so" in words(await desk.answer(withdrawn))
    audited = call("audit", who="Ada", manages=True)
    assert words(await desk.answer(audited)) == "Nothing of that kind is in the audit trail."
    await desk.answer(learn(who="Mary"))
    await desk.answer(call("takeaway withdraw", {"takeaway": "4"}, who="Ada", manages=True))
    assert "Withdraw a takeaway" in words(await desk.answer(audited))


async def test_whoever_would_rather_not_is_not_asked_again(desk: Desk) -> None:
    """And what they wrote is not in the database."""
    await desk.answer(shortcut(LEARNT, "Alan"))
    no = call("takeaway withdraw", {"takeaway": "1"}, who="Alan", door=Door.BUTTON)
    assert "It is not kept" in words(await desk.answer(no))
    assert "would rather not" in words(await desk.answer(shortcut(LEARNT, "Alan", who="Mary")))
    agree = call("takeaway agree", {"takeaway": "1", "credit": "named"}, who="Alan", door=Door.BUTTON)
    assert "its text is gone" in words(await desk.answer(agree))


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (shortcut("Hello", ""), "Only what somebody wrote can be kept"),
        (shortcut("", "Alan"), "There are no words in that message"),
        (shortcut("long " * 400, "Alan"), "That message has 1999 letters, and a takeaway is at most 1000."),
        (learn(event="99"), "There is no such event; pick one from the list."),
        (learn(posting="99"), "That prompt is not on record."),
        (call("recall", {"words": "what is the"}), "Those words are in everything."),
        (call("recall", {"words": "*)(\"' OR --"}), "Those words are in everything."),
        (call("recall show", {"memory": "99"}, door=Door.BUTTON), "That is not kept any more."),
    ],
)
async def test_what_cannot_be_kept_or_found_is_told_in_a_sentence(desk: Desk, made: Call, sentence: str) -> None:
    """And nothing is lost."""
    reply = await desk.answer(made)
    said = " ".join(reply.errors.values()) if isinstance(reply, Form) else words(reply)
    assert sentence in said


async def test_what_is_too_long_comes_back_in_its_form(desk: Desk) -> None:
    """With what was typed, and how long it may be."""
    text = "word " * 300
    form = await desk.answer(learn(text))
    assert isinstance(form, Form)
    assert form.errors == {"text": "That is 1499 characters long; there is room for 1000."}
    assert form.typed["text"].strip() == text.strip()


async def test_the_same_is_kept_once(desk: Desk) -> None:
    """By the same person, of the same evening."""
    await desk.answer(learn())
    assert "You have kept that already." in words(await desk.answer(learn()))
    assert words(await desk.answer(learn(who="Alan"))).startswith("Kept")


async def test_everything_that_was_found_can_be_read(desk: Desk) -> None:
    """Events, polls once they are closed, and takeaways: each as it stands now."""
    await publish(desk, about="The authority to stop projects")
    asked = {"question": "Who has authority here?", "choices": "Nobody | Everybody"}
    await desk.answer(call("poll ask", asked, who="Ada", manages=True, place=LONDON))
    assert "Who has authority" not in await ask(desk, "authority")
    await desk.answer(call("poll close", {"poll": "1"}, who="Ada", manages=True, place=LONDON))
    await desk.answer(learn())
    said = await ask(desk, "authority")
    assert all(title in said for title in ("Evening", "Who has authority here?", LEARNT)), said
    shown = [
        words(await desk.answer(call("recall show", {"memory": str(number)}, place=LONDON, door=Door.BUTTON)))
        for number in (1, 2, 3)
    ]
    assert "The Crown" in shown[0]
    assert "Nobody has voted." in shown[1] or "closed" in shown[1]
    assert LEARNT in shown[2]


async def test_a_cancelled_event_is_not_found(desk: Desk) -> None:
    """Nobody is sent to an evening that was not held."""
    evening: EventId = await publish(desk, about="Custodian of the business model")
    assert "Evening" in await ask(desk, "custodian")
    asked = await desk.answer(call("event cancel", {"event": str(evening)}, who="Ada", manages=True))
    name, _, number = code(asked, "Call it off").partition("?event=")
    await desk.answer(call(name.replace("%20", " "), {"event": number}, who="Ada", manages=True))
    assert "Nothing was said about custodian" in await ask(desk, "custodian")


async def test_more_than_a_page_is_read_page_by_page(desk: Desk) -> None:
    """Nothing is left out, nor shown twice."""
    for number in range(12):
        await desk.answer(learn(f"Stop project number {number}", who=f"Guest {number}"))
    first = await desk.answer(call("recall", {"words": "stop project"}, place=LONDON))
    second = await desk.answer(pressed(first, "4 more", "Alan"))
    both = words(first) + words(second)
    assert sorted(number for number in range(12) if f"number {number}\n" in both) == list(range(12))


@pytest.mark.parametrize("sign", ["*", "漢", "🎉", "word "])
async def test_takeaways_of_any_length_are_read_page_by_page(desk: Desk, sign: str) -> None:
    """None is lost between pages, and each page fits on both platforms, as does what is found of them."""
    for number in range(6):
        await desk.answer(learn(f"Lesson{number} {(sign * 990)[:990]}".strip(), who=f"Guest{number}"))
    seen = await desk.answer(call("takeaway list", who="Alan", place=LONDON))
    shown = ""
    for _page in range(6):
        fits(seen)
        shown += words(seen)
        more = [line for line in words(seen).splitlines() if line.endswith(" more]")]
        if not more:
            break
        seen = await desk.answer(pressed(seen, more[-1].strip("[]"), "Alan"))
    assert [shown.count(f"Lesson{number} ") for number in range(6)] == [1] * 6
    fits(await desk.answer(call("recall", {"words": "lesson1 lesson2 lesson3 lesson4 lesson5"}, place=LONDON)))


async def test_a_takeaway_belongs_to_the_chapter_of_its_event(desk: Desk, storage: Storage) -> None:
    """Whatever chapter is named, or is at home where it was written: that chapter's organisers answer for it."""
    await found(storage, "Birmingham", Place(SLACK, "C-Birmingham"))
    evening = await publish(desk, chapter="1")
    await desk.answer(learn(event=str(evening), chapter="2", who="Mallory"))
    await desk.answer(call("organiser add", {"member": "U-Lena", "chapter": "1"}, who="Ada", manages=True))
    said = words(await desk.answer(call("takeaway withdraw", {"takeaway": "1"}, who="Lena", place=LONDON)))
    assert said.startswith("It is withdrawn")


async def test_support_from_ones_own_other_account_counts_no_more_once_they_are_linked(
    desk: Desk, storage: Storage
) -> None:
    """As nobody supports what they learnt themselves."""
    await desk.answer(learn())
    listed = await desk.answer(call("takeaway list", who="Gracie", platform=DISCORD))
    await desk.answer(pressed(listed, "I’d say the same", "Gracie", DISCORD))
    assert "1 other would say the same." in words(await desk.answer(call("takeaway list", who="Alan")))
    async with storage.writing() as tx:
        accounts = [await tx.members.find(person("Grace")), await tx.members.find(person("Gracie", DISCORD))]
        one, two = [account.member for account in accounts if account is not None]
        await tx.links.merge(one, two, one)
    assert "would say the same." not in words(await desk.answer(call("takeaway list", who="Alan")))


@pytest.mark.parametrize("length", [0, 1001, 3500])
async def test_nobody_is_asked_for_the_chapter_of_a_message_that_cannot_be_kept(
    desk: Desk, storage: Storage, length: int
) -> None:
    """In a channel that is no home, where one of several chapters would have to be picked."""
    await found(storage, "Birmingham", Place(SLACK, "C-Birmingham"))
    given = {"text": "a" * length, "author": "U-Alan", "message": "171.5"}
    reply = await desk.answer(
        call("takeaway keep", given, door=Door.SHORTCUT, place=Place(SLACK, "C-random"), who="Grace")
    )
    assert words(reply).startswith(f"That message has {length} letters" if length else "There are no words")


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("prompt suggest", {"question": "What is a PMO for?", "chapter": "99"}),
        ("takeaway add", {"text": LEARNT, "chapter": "99"}),
        ("prompt list", {"chapter": "99"}),
        ("event create", {"title": "Evening", "starts": "Thu 17 Sep 18:30", "chapter": "99"}),
        ("chapter join", {"chapter": "99"}),
    ],
)
async def test_a_chapter_that_is_not_there_is_asked_for_again(desk: Desk, command: str, given: dict[str, str]) -> None:
    """By whatever command it is named, with a sentence beside it."""
    reply = await desk.answer(call(command, given, who="Ada", manages=True))
    assert isinstance(reply, Form)
    assert reply.errors == {"chapter": "There is no such chapter; pick one from the list."}
