"""The audit trail: whatever an organiser does is noted once, in the transaction in which it is done."""

import csv
from datetime import timedelta
from io import StringIO

import pytest

from bot import codes
from bot.calls import Door, Form
from bot.desk import Desk
from bot.domain.deeds import Deed, Search
from bot.domain.events import EventId
from bot.domain.rsvps import Answer
from bot.messages import Message
from storage.database import Database
from tests.desk.visitors import NOW, PLAN, call, code, found, guests, plan, press, pressed, publish, sent_in, words


async def trail(storage: Database) -> list[Deed]:
    """Everything, oldest first."""
    async with storage.reading() as tx:
        return [*reversed(await tx.trail.read(Search(), 100))]


async def said(storage: Database) -> list[tuple[str, str, list[str]]]:
    """What was done to what, and what is different since."""
    return [
        (deed.words, deed.title, [f"{each.label}: {each.old} → {each.new}" for each in deed.differences])
        for deed in await trail(storage)
    ]


async def _edit(desk: Desk, event: EventId, **typed: str) -> None:
    form = await desk.answer(call("event edit", {"event": str(event)}, who="Ada", manages=True))
    assert isinstance(form, Form)
    await desk.answer(sent_in(form, typed, "Ada", manages=True))


async def test_every_act_is_noted_with_who_what_and_when(desk: Desk, storage: Database) -> None:
    """From the plan to the last word, with what each edit replaced, under the title that it had then."""
    event = await publish(desk)
    await _edit(desk, event, title="Night", where="The Anchor")
    moved = {"event": str(event), "person": "U-Mary", "answer": "maybe"}
    await desk.answer(call("event move-person", moved, who="Ada", manages=True))
    await desk.answer(call("event call-off", {"event": str(event)}, who="Ada", manages=True, door=Door.BUTTON))
    assert await said(storage) == [
        ("Plan a new event", "Evening", []),
        ("Publish a draft", "Evening", ["state: draft → published"]),
        ("Change an event", "Evening", ["title: Evening → Night", "where: The Crown → The Anchor"]),
        ("Change somebody’s answer", "Night", ["answer:  → Maybe"]),
        ("Call an event off", "Night", ["state: published → cancelled"]),
    ]
    deeds = await trail(storage)
    async with storage.reading() as tx:
        ada, mary = [(await tx.members.find(call("x", who=who).caller.person)) for who in ("Ada", "Mary")]
    assert ada is not None
    assert mary is not None
    assert {(deed.member, deed.platform, deed.at, deed.kind, deed.subject) for deed in deeds} == {
        (ada.member, "slack", NOW, "event", event)
    }
    assert [deed.whom for deed in deeds] == [None, None, None, mary.member, None]


async def test_what_changes_nothing_is_no_act(desk: Desk, storage: Database) -> None:
    """Looking, being refused, asking for what is so already, and a call that is delivered twice."""
    event = await publish(desk)
    before = await said(storage)
    await desk.answer(call("event publish", {"event": str(event)}, who="Ada", manages=True))
    await _edit(desk, event)
    await _edit(desk, await plan(desk))
    before.append(("Plan a new event", "Evening", []))
    await desk.answer(call("event drafts", who="Ada", manages=True))
    await desk.answer(call("event cancel", {"event": str(event)}, who="Ada", manages=True))
    await desk.answer(call("event call-off", {"event": str(event)}))
    await desk.answer(call("event create", {**PLAN, "starts": "never"}, who="Ada", manages=True))
    await desk.answer(press(event, "going", "Mary"))
    for _ in range(2):
        gone = {"event": str(event), "person": "U-Mary"}
        await desk.answer(call("event remove-person", gone, who="Ada", manages=True, key="twice"))
    assert await said(storage) == [*before, ("Take off a guest list", "Evening", [])]


async def test_a_draft_that_is_looked_at_again_is_no_act(desk: Desk, storage: Database) -> None:
    """Neither a reminder that is not set yet, nor a poll's form or a write-up that is opened and left as it was."""
    event = await publish(desk)
    later = NOW + timedelta(days=13)
    asked = await desk.answer(call("poll ask", {"chapter": "London"}, who="Ada", manages=True))
    assert isinstance(asked, Form)
    preview = await desk.answer(sent_in(asked, {"question": "Pizza?", "choices": "Thai\nItalian"}, "Ada", manages=True))
    remind = {"what": "in 2 hours: book the room", "chapter": "1", "to": "home"}
    reminder = await desk.answer(call("reminder add", remind, who="Ada", manages=True))
    for shown, label in ((preview, "Change"), (preview, "Settings"), (reminder, "Change")):
        form = await desk.answer(pressed(shown, label, "Ada", manages=True))
        assert isinstance(form, Form)
        assert "This is a preview" in words(await desk.answer(sent_in(form, {}, "Ada", manages=True)))
    for _ in range(2):
        drafted = call("writeup draft", {"event": str(event)}, who="Ada", manages=True, at=later)
        assert "A draft: nothing is posted yet." in words(await desk.answer(drafted))
    for _ in range(2):
        await desk.answer(pressed(reminder, "Set it", "Ada", manages=True))
    assert [(what, title) for what, title, _differences in await said(storage)] == [
        ("Plan a new event", "Evening"),
        ("Publish a draft", "Evening"),
        ("Ask a question", "Pizza?"),
        ("Write up an event", "Evening"),
        ("Set a reminder", "book the room"),
    ]


async def test_the_trail_tells_who_was_appointed_and_who_dismissed(desk: Desk) -> None:
    """Each in words of its own, whichever command did it; and nobody of whom that is so already."""
    made = {"name": "Leeds", "zone": "Europe/London", "organiser": "U-Grace"}
    await desk.answer(call("chapter add", made, who="Ada", manages=True))
    await desk.answer(call("organiser add", {"member": "U-Mary", "chapter": "2"}, who="Ada", manages=True))
    form = await desk.answer(call("chapter edit", {"chapter": "2"}, who="Ada", manages=True))
    assert isinstance(form, Form)
    known = await desk.answer(sent_in(form, {"zone": "Europe/Paris", "organiser": "U-Mary"}, "Ada", manages=True))
    assert isinstance(known, Form)
    assert known.errors == {"organiser": "U-Mary organises it already."}
    await desk.answer(sent_in(form, {"organiser": "U-Alan", "dismiss": "U-Grace"}, "Ada", manages=True))
    form = await desk.answer(call("chapter edit", {"chapter": "2"}, who="Ada", manages=True))
    assert isinstance(form, Form)
    await desk.answer(sent_in(form, {"zone": "Europe/Paris", "dismiss": "U-Mary"}, "Ada", manages=True))
    shown = words(await desk.answer(call("audit", who="Ada", manages=True))).splitlines()
    assert [line.partition("Slack: ")[2] for line in reversed(shown[1:-2])] == [
        "Make a new chapter: Leeds",
        "Appoint an organiser, U-Grace: Leeds",
        "Appoint an organiser, U-Mary: Leeds",
        "Appoint an organiser, U-Alan: Leeds",
        "Dismiss an organiser, U-Grace: Leeds",
        "Change a chapter: Leeds; zone: Europe/London → Europe/Paris",
        "Dismiss an organiser, U-Mary: Leeds",
    ]


async def test_a_failure_leaves_neither_the_act_nor_the_note(desk: Desk, storage: Database) -> None:
    """They are one transaction."""
    event = await publish(desk)
    before = await said(storage)
    await desk.answer(call("event add-person", {"event": "777", "person": "U-Mary"}, who="Ada", manages=True))
    assert await said(storage) == before
    assert await guests(storage, event, Answer.GOING) == []


async def test_no_ballot_and_no_private_answer_is_noted(desk: Desk, storage: Database) -> None:
    """What members say of themselves is no act of an organiser."""
    asked = {"question": "Pizza?", "choices": "Thai | Italian", "chapter": "London"}
    await desk.answer(call("poll ask", asked, who="Ada", manages=True))
    await desk.answer(call("poll vote", {"poll": "1", "choice": "1"}, who="Ada", manages=True, door=Door.BUTTON))
    await desk.answer(call("poll close", {"poll": "1"}, who="Ada", manages=True))
    assert await said(storage) == [
        ("Ask a question", "Pizza?", []),
        ("Close a poll", "Pizza?", ["state: open → closed"]),
    ]


async def test_the_trail_is_read_newest_first_page_by_page(desk: Desk) -> None:
    """With a way back and a way on, and as files that hold all of it and no formula."""
    event = await publish(desk)
    for number in range(9):
        await _edit(desk, event, title=f"=Evening {number}")
    first = await desk.answer(call("audit", who="Ada", manages=True))
    lines = words(first).splitlines()
    assert lines[0] == "What organisers did"
    assert lines[1] == (
        "Saturday 5 September 2026, 10:00 BST, Ada on Slack: Change an event: =Evening 7 (London); "
        "title: =Evening 7 → =Evening 8"
    )
    assert lines[-2:] == ["11 entries in all. Nothing here is ever changed or removed.", "[Older] [As files]"]
    name, given = codes.unpack(code(first, "Older"))
    second = await desk.answer(call(name, given, who="Ada", manages=True, door=Door.BUTTON))
    assert [line.split(": ")[1] for line in words(second).splitlines()[1:-2]] == [
        "Change an event",
        "Change an event",
        "Publish a draft",
        "Plan a new event",
    ]
    assert words(second).splitlines()[-1] == "[Newest] [As files]"
    name, given = codes.unpack(code(first, "As files"))
    sent = await desk.answer(call(name, given, who="Ada", manages=True, door=Door.BUTTON))
    assert isinstance(sent, Message)
    rows = list(csv.reader(StringIO(sent.files[0].content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 12
    assert rows[1][:7] == [
        "2026-09-05 09:00:00", "Ada", "slack", "Change an event", "event revise", "event", "'=Evening 7",
    ]  # fmt: skip


async def test_the_trail_is_searched_by_event_and_by_person(desk: Desk) -> None:
    """By whom and about whom alike."""
    event, other = await publish(desk), await publish(desk, title="Matinee")
    added = {"event": str(other), "person": "U-Mary"}
    await desk.answer(call("event add-person", added, who="Ada", manages=True))

    async def read(**given: str) -> list[str]:
        shown = words(await desk.answer(call("audit", given, who="Ada", manages=True))).splitlines()
        return [line.partition("Slack: ")[2] for line in shown if "Slack: " in line]

    assert await read(event=str(event)) == [
        "Publish a draft: Evening (London); state: draft → published",
        "Plan a new event: Evening (London)",
    ]
    assert await read(person="U-Mary") == ["Add to a guest list, U-Mary: Matinee (London)"]
    assert len(await read(person="U-Ada")) == 5
    assert await read(person="U-Nobody") == []
    assert await read(event="Matinee", person="U-Mary") == ["Add to a guest list, U-Mary: Matinee (London)"]


async def test_a_chapters_organiser_reads_of_that_chapter_alone(desk: Desk, storage: Database) -> None:
    """And a member nothing at all."""
    leeds = await found(storage, "Leeds")
    event = await publish(desk, chapter="London")
    assert words(await desk.answer(call("audit"))) == "Only organisers can do that. /organiser list shows who they are."
    given = {"member": "U-Grace", "chapter": str(leeds)}
    await desk.answer(call("organiser add", given, who="Ada", manages=True))
    shown = words(await desk.answer(call("audit")))
    assert "Appoint an organiser, U-Grace: Leeds" in shown
    assert "Evening" not in shown
    forged = words(await desk.answer(call("audit", {"event": str(event)}, door=Door.BUTTON)))
    assert forged.startswith("That belongs to London")
    files = await desk.answer(call("audit", {"files": "1"}, door=Door.BUTTON))
    assert isinstance(files, Message)
    assert b"Evening" not in files.files[0].content


@pytest.mark.parametrize("before", ["0", "-1", "9007199254740991"])
async def test_a_forged_page_is_an_empty_or_a_full_one(desk: Desk, before: str) -> None:
    """Nothing breaks."""
    await publish(desk)
    shown = await desk.answer(call("audit", {"before": before}, who="Ada", manages=True, door=Door.BUTTON))
    assert "Something went wrong" not in words(shown)


async def test_what_is_decided_of_prompts_is_noted_once(desk: Desk, storage: Database) -> None:
    """Whoever comes too late decides nothing, and a deck that is there already is not put in again."""
    await desk.answer(call("prompt suggest", {"question": "Shall we walk?", "chapter": "1"}, who="Mary"))
    for command, who in (("prompt approve", "Ada"), ("prompt decline", "Bea")):
        await desk.answer(call(command, {"prompt": "1"}, who=who, manages=True, door=Door.BUTTON))
    for _ in range(2):
        await desk.answer(call("prompt starter", {"audience": "all", "chapter": "1"}, who="Ada", manages=True))
    assert [what for what, _title, _differences in await said(storage)] == [
        "Approve a suggestion",
        "Take the starter deck",
    ]
