"""Write-ups at the desk: drafted from the record, worded by organisers, published, and true to the record for ever."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from bot.calls import Call, Door, Form, Reply
from bot.desk import Desk
from bot.domain.events import EventId
from bot.domain.people import Platform
from bot.domain.rsvps import Answer
from bot.errands import Ending
from bot.features.writeups.cards import writeup_card
from bot.messages import Menu, Message
from bot.ports import Storage
from tests.desk.visitors import (
    DISCORD,
    LONDON,
    NOW,
    SLACK,
    call,
    code,
    fits,
    guests,
    plan,
    press,
    publish,
    sent_in,
    words,
)

AFTER = NOW + timedelta(days=13)
LEARNT = "Whoever starts a project should not decide when it stops"


def ada(command: str, **given: str) -> Call:
    return call(command, given, who="Ada", manages=True, place=LONDON, at=AFTER)


def pressed(reply: Reply, label: str, who: str = "Ada", platform: Platform = SLACK) -> Call:
    """The call that somebody makes by a button of a reply; Ada manages the space."""
    return _call(code(reply, label), who, platform)


def picked(reply: Reply, prompt: str, label: str) -> Call:
    """The call that Ada makes by picking from a menu."""
    assert isinstance(reply, Message)
    menus = [part for part in reply.parts if isinstance(part, Menu) and part.prompt == prompt]
    return _call(next(one.code for menu in menus for one in menu.options if one.label.startswith(label)), "Ada", SLACK)


def _call(packed: str, who: str, platform: Platform) -> Call:
    name, _, query = packed.replace("%20", " ").partition("?")
    given = dict(pair.split("=", 1) for pair in query.split("&") if pair)
    return call(name, given, who=who, manages=who == "Ada", door=Door.BUTTON, platform=platform, at=AFTER, place=LONDON)


async def held(desk: Desk) -> EventId:
    """An evening to which two came, with a prompt, a poll and two takeaways."""
    evening = await publish(desk, title="Stopping things", about="Who may stop what")
    for who in ("Grace", "Alan"):
        await desk.answer(press(evening, "going", who))
    await desk.answer(ada("round start", title="Our year", columns="stopped | started", event=str(evening)))
    for who, text in (("Grace", "Weekly reports"), ("Alan", "weekly reports")):
        written = {"round": "1", "column": "0", "text": text}
        await desk.answer(call("round add", written, who=who, door=Door.FORM))
    asked = {"question": "Where next?", "choices": "Le Truc | The Crown", "event": str(evening)}
    await desk.answer(call("poll ask", asked, who="Ada", manages=True, place=LONDON))
    await desk.answer(
        call("vote", {"poll": "1", "choice": "2", "on": "1"}, who="Grace", door=Door.BUTTON, place=LONDON)
    )
    await desk.answer(call("poll close", {"poll": "1"}, who="Ada", manages=True, place=LONDON))
    keys = count(1)
    for text, who, credit in ((LEARNT, "Grace", "named"), ("Write down why", "Alan", "unnamed")):
        given = {"text": text, "event": str(evening), "credit": credit}
        await desk.answer(call("takeaway add", given, who=who, key=f"learnt {next(keys)}", place=LONDON))
    return evening


async def test_a_write_up_says_what_is_on_record_and_nothing_else(desk: Desk) -> None:
    """How many came, what was asked, what was learnt under the names that its authors wished for, and what is next."""
    evening = await held(desk)
    await publish(desk, title="Starting things", starts="Thu 15 Oct 18:30")
    drafted = words(await desk.answer(ada("writeup draft", event=str(evening))))
    for told in (
        "2 people had said that they would come",
        "Where next?",
        "The Crown wins with 1 vote. The Crown: 1. 1 person has voted.",
        "Our year\nstopped: “Weekly reports” (1 supports it)\n",
        f"“{LEARNT}” — Grace",
        "“Write down why”\n",
        "Next: Starting things, Thursday 15 October 2026, 18:30 BST",
        "nothing is posted yet",
    ):
        assert told in drafted, drafted
    assert "Alan" not in drafted


async def test_organisers_write_leave_out_publish_and_take_back(desk: Desk, storage: Storage) -> None:
    """Everybody reads it once it is published, and nobody before or afterwards; the card books the next evening."""
    evening = await held(desk)
    nxt = await publish(desk, title="Starting things", starts="Thu 15 Oct 18:30")
    drafted = await desk.answer(ada("writeup draft", event=str(evening)))
    refused = await desk.answer(pressed(drafted, "Files", "Grace"))
    assert words(refused) == "That write-up is not published."
    form = await desk.answer(pressed(drafted, "Edit words"))
    assert isinstance(form, Form)
    saved = await desk.answer(sent_in(form, {"opening": "It was warm.", "closing": "Thanks."}, "Ada", manages=True))
    assert "It was warm." in words(saved)
    arranged = await desk.answer(pressed(saved, "Leave out…"))
    out = await desk.answer(picked(arranged, "Leave out", "Write down why"))
    assert "“Write down why” is left out." in words(out)
    assert "Write down why" not in words(await desk.answer(pressed(out, "See the write-up")))
    again = await desk.answer(picked(out, "Take in again", "Write down why"))
    published = await desk.answer(pressed(await desk.answer(pressed(again, "See the write-up")), "Publish"))
    assert words(published).startswith("Stopping things is published in #london on Discord and #london on Slack.")
    assert isinstance(published, Message)
    assert [file.name for file in published.files] == [
        f"write-up-stopping-things-2026-09-17.{kind}" for kind in ("html", "md")
    ]
    twice = await desk.answer(pressed(drafted, "Publish"))
    assert words(twice) == "Stopping things is published already."

    found = await desk.answer(call("recall", {"words": "write-up warm"}, who="Alan", platform=DISCORD))
    assert "Stopping things\nWrite-up, London, 18 Sep 2026" in words(found)
    card = await desk.answer(_call(_shown(found, "Write-up"), "Alan", DISCORD))
    await desk.answer(pressed(card, "Book now", "Alan", DISCORD))
    files = await desk.answer(pressed(card, "Read it all", "Alan", DISCORD))
    assert isinstance(files, Message)
    assert LEARNT in files.files[1].content.decode()
    assert await guests(storage, nxt, Answer.GOING) == ["Alan"]

    taken = await desk.answer(pressed(published, "Take it back"))
    assert "it is a draft again" in words(taken)
    assert "not published" in words(await desk.answer(pressed(card, "Read it all", "Alan", DISCORD)))


def _shown(reply: Reply, label: str) -> str:
    assert isinstance(reply, Message)
    menus = [part for part in reply.parts if isinstance(part, Menu)]
    return next(one.code for menu in menus for one in menu.options if one.label.startswith(label))


async def delivered(storage: Storage) -> list[str]:
    """What is owed on Slack, as if it had been delivered."""
    drawings: list[str] = []
    while True:
        async with storage.writing() as tx:
            owed = await tx.errands.claim(SLACK, AFTER, timedelta(minutes=1), 50, 50, ())
            for errand in owed:
                await tx.errands.done(errand, Ending.SENT, AFTER)
        drawings += [errand.drawing for errand in owed]
        if not owed:
            return drawings


async def test_who_withdraws_what_they_learnt_is_heeded_after_publication(desk: Desk, storage: Storage) -> None:
    """The card is drawn anew, and files that are asked for from then on do not have it."""
    evening = await held(desk)
    drafted = await desk.answer(ada("writeup draft", event=str(evening)))
    published = await desk.answer(pressed(drafted, "Publish"))
    assert isinstance(published, Message)
    page = published.files[0].content.decode()
    assert LEARNT in page
    assert 'alt="Bars for “Where next?”. The Crown: 1 (100%)' in page
    await delivered(storage)
    await desk.answer(call("takeaway withdraw", {"takeaway": "1"}, who="Grace", at=AFTER))
    assert await delivered(storage) == ["write-up%20card?writeup=1"]
    files = await desk.answer(pressed(drafted, "Files"))
    assert isinstance(files, Message)
    assert all(LEARNT not in file.content.decode() for file in files.files)


async def test_a_poll_that_is_still_open_is_told_of_in_the_draft(desk: Desk) -> None:
    """Its result stands there once it is closed."""
    evening = await held(desk)
    still = "1 poll is still open; the result stands here once that is closed."
    assert still not in words(await desk.answer(ada("writeup draft", event=str(evening))))
    asked = {"question": "What then?", "choices": "More | Less", "event": str(evening)}
    await desk.answer(call("poll ask", asked, who="Ada", manages=True, place=LONDON))
    assert still in words(await desk.answer(ada("writeup draft", event=str(evening))))


async def test_support_that_comes_after_publication_is_shown(desk: Desk, storage: Storage) -> None:
    """The card is drawn anew with it."""
    evening = await held(desk)
    await desk.answer(pressed(await desk.answer(ada("writeup draft", event=str(evening))), "Publish"))
    await delivered(storage)
    listed = await desk.answer(call("takeaway list", {"event": str(evening)}, who="Katherine", at=AFTER))
    await desk.answer(pressed(listed, "I’d say the same", "Katherine"))
    assert await delivered(storage) == ["write-up%20card?writeup=1"]


async def charts(storage: Storage) -> list[str]:
    """What the charts of the card show, in words."""
    async with storage.reading() as tx:
        card = await writeup_card.drawn(tx, {"writeup": "1"}, AFTER)
    fits(card)
    assert card is not None
    return [file.alt.partition(".")[0] for file in card.pictures]


async def test_the_card_has_the_charts_of_its_polls(desk: Desk, storage: Storage) -> None:
    """Beside what came of them; not of one that is left out, or open again; and the first five of many."""
    evening = await held(desk)
    drafted = await desk.answer(ada("writeup draft", event=str(evening)))
    assert isinstance(drafted, Message)
    assert drafted.pictures == ()
    await desk.answer(pressed(drafted, "Publish"))
    assert await charts(storage) == ["Bars for “Where next?”"]
    arranged = await desk.answer(pressed(drafted, "Leave out…"))
    left = await desk.answer(picked(arranged, "Leave out", "Where next?"))
    assert await charts(storage) == []
    await desk.answer(picked(left, "Take in again", "Where next?"))
    await delivered(storage)
    await desk.answer(ada("poll reopen", poll="1"))
    assert "write-up%20card?writeup=1" in await delivered(storage)
    assert await charts(storage) == []
    for poll in range(2, 8):
        await desk.answer(ada("poll ask", question=f"Where {poll}?", choices="Here | There", event=str(evening)))
        await desk.answer(call("vote", {"poll": str(poll), "choice": str(2 * poll), "on": "1"}, door=Door.BUTTON))
        await desk.answer(ada("poll close", poll=str(poll)))
    assert await charts(storage) == [f"Bars for “Where {poll}?”" for poll in range(2, 7)]


@pytest.mark.parametrize("sign", ["*", "漢", "🎉", "word "])
async def test_a_write_up_of_any_length_fits(desk: Desk, storage: Storage, sign: str) -> None:
    """The card holds the first of it, says how much more is in the files, and the organiser's preview does so too."""
    evening = await held(desk)
    await publish(desk, title=(sign * 80)[:80].strip(), starts="Thu 15 Oct 18:30")
    for number in range(8):
        learnt = {"text": f"{number}{(sign * 990)[:990]}".strip(), "event": str(evening)}
        await desk.answer(call("takeaway add", learnt, who=f"Guest{number}", place=LONDON, at=AFTER))
    form = await desk.answer(pressed(await desk.answer(ada("writeup draft", event=str(evening))), "Edit words"))
    assert isinstance(form, Form)
    most = {"title": (sign * 100)[:100].strip(), "opening": (sign * 1500)[:1500], "closing": (sign * 1500)[:1500]}
    saved = await desk.answer(sent_in(form, most, "Ada", manages=True))
    fits(saved)
    assert " more in the files." in words(saved)
    fits(await desk.answer(pressed(saved, "Leave out…")))
    await desk.answer(pressed(saved, "Publish"))
    async with storage.reading() as tx:
        fits(await writeup_card.drawn(tx, {"writeup": "1"}, AFTER))


@pytest.mark.parametrize("command", ["writeup draft", "takeaway add"])
async def test_an_evening_is_known_by_its_name_from_the_moment_it_ends(desk: Desk, command: str) -> None:
    """Before the timekeeper has put it on record as over."""
    await publish(desk)
    assert [candidate.label for candidate in await desk.candidates(ada(command), "event", "")] == [
        "Thu 17 Sep 18:30 London: Evening"
    ]


async def test_two_organisers_who_save_at_once_lose_nothing(desk: Desk) -> None:
    """The later one is shown what the other wrote, with their own words still in the form."""
    evening = await held(desk)
    drafted = await desk.answer(ada("writeup draft", event=str(evening)))
    first, second = [await desk.answer(pressed(drafted, "Edit words")) for _ in range(2)]
    assert isinstance(first, Form)
    assert isinstance(second, Form)
    await desk.answer(sent_in(first, {"opening": "By Ada"}, "Ada", manages=True))
    back = await desk.answer(sent_in(second, {"opening": "By Mary"}, "Mary", manages=True))
    assert isinstance(back, Form)
    assert back.errors == {
        "opening": "Changed by somebody else meanwhile: it is “By Ada” now. What stands here would replace it."
    }
    assert back.typed["opening"] == "By Mary"
    kept = await desk.answer(sent_in(back, {}, "Mary", manages=True))
    assert "By Mary" in words(kept)


async def test_what_is_left_out_meanwhile_changes_no_words(desk: Desk) -> None:
    """A form is held up by other words alone."""
    evening = await held(desk)
    drafted = await desk.answer(ada("writeup draft", event=str(evening)))
    form = await desk.answer(pressed(drafted, "Edit words"))
    await desk.answer(ada("writeup toggle", writeup="1", item="attendance", on="0"))
    assert isinstance(form, Form)
    saved = words(await desk.answer(sent_in(form, {"opening": "It was warm."}, "Ada", manages=True)))
    assert "It was warm." in saved


async def test_nobody_publishes_words_that_they_have_not_seen(desk: Desk) -> None:
    """Whoever presses *Publish* after somebody else has changed it is shown first how it stands now."""
    evening = await held(desk)
    drafted = await desk.answer(ada("writeup draft", event=str(evening)))
    form = await desk.answer(pressed(drafted, "Edit words"))
    assert isinstance(form, Form)
    await desk.answer(sent_in(form, {"opening": "Ada is a fool"}, "Bob", manages=True))
    shown = await desk.answer(pressed(drafted, "Publish"))
    assert "Ada is a fool" in words(shown)
    assert "It was changed meanwhile; this is how it stands, and nothing is posted yet." in words(shown)
    assert "is published in" in words(await desk.answer(pressed(shown, "Publish")))


async def test_an_evening_that_is_called_off_is_not_published(desk: Desk) -> None:
    """Though its write-up was begun while it went on."""
    evening = await held(desk)
    going_on = datetime(2026, 9, 17, 18, 0, tzinfo=UTC)
    drafted = await desk.answer(replace(ada("writeup draft", event=str(evening)), at=going_on))
    called_off = replace(ada("event call-off", event=str(evening)), at=going_on)
    assert "is cancelled" in words(await desk.answer(called_off))
    said = words(await desk.answer(replace(pressed(drafted, "Publish"), at=going_on)))
    assert said == "Stopping things was called off, so there is nothing to publish."


async def test_one_choice_that_there_is_no_room_for_is_one_choice(desk: Desk) -> None:
    """And several are several."""
    evening = await held(desk)
    for number, places in ((2, 9), (3, 10)):
        choices = " | ".join(f"place {each}" for each in range(places))
        asked = {"question": f"Which of {places}?", "choices": choices, "event": str(evening)}
        await desk.answer(call("poll ask", asked, who="Ada", manages=True, place=LONDON))
        await desk.answer(call("poll close", {"poll": str(number)}, who="Ada", manages=True, place=LONDON))
    await desk.answer(ada("writeup draft", event=str(evening)))
    published = await desk.answer(ada("writeup publish", writeup="1"))
    assert isinstance(published, Message)
    told = published.files[1].content.decode()
    assert "And 1 more choice.\n" in told.replace("\\", "")
    assert "And 2 more choices.\n" in told.replace("\\", "")


async def test_what_cannot_be_written_up_is_told_in_a_sentence(desk: Desk) -> None:
    """An evening to come, one that was called off, one of which nothing is on record, and somebody who may not."""
    coming = await publish(desk, title="Later", starts="Thu 15 Oct 18:30")
    assert words(await desk.answer(ada("writeup draft", event=str(coming)))) == "Later has not begun yet."
    draft = await plan(desk, title="Never")
    refused = words(await desk.answer(ada("writeup draft", event=str(draft))))
    assert refused == "Never was not held, so there is nothing to write up."
    bare = await publish(desk, title="Bare", about="")
    shown = await desk.answer(ada("writeup draft", event=str(bare)))
    assert "Nothing was recorded at that evening besides the evening itself" in words(shown)
    refused = words(await desk.answer(pressed(shown, "Publish")))
    assert refused.startswith("Nothing is on record of that evening, and you have not written anything yet")
    member = await desk.answer(call("writeup draft", {"event": str(bare)}, who="Grace"))
    assert words(member).startswith("Only organisers can do that.")
    for forged in ("writeup publish", "writeup toggle"):
        given = {"writeup": "1", "item": "takeaway 1", "on": "0"}
        assert words(await desk.answer(call(forged, given, who="Grace", door=Door.BUTTON))).startswith(
            "Only organisers"
        )
    lost = await desk.answer(ada("writeup publish", writeup="99"))
    assert words(lost).startswith("There is no such write-up.")
    form = await desk.answer(ada("writeup draft", event="99"))
    assert isinstance(form, Form)
