"""Room: whatever there is of it, what is answered fits both platforms, and nothing that was typed is lost."""

from zoneinfo import ZoneInfo

import pytest

from bot.calls import Door, Form
from bot.desk import Desk
from bot.messages import Message
from storage.database import Database
from tests.desk.visitors import call, fits, plan, pressed, publish, sent_in, words


@pytest.mark.parametrize("name", ["Chapter", "Отделение", "*" * 50])
async def test_organisers_of_forty_chapters_are_listed(desk: Desk, storage: Database, name: str) -> None:
    """As many as there is room for, by chapter; the others are counted, and can be looked up."""
    who = [call("", who=each).caller for each in ("Grace", "W" * 70, "Мария Ивановна Петрова-Водкина")]
    async with storage.writing() as tx:
        accounts = (await tx.members.recognise(who)).values()
        for number in range(40):
            chapter = await tx.chapters.add(f"{name} {number:02}", ZoneInfo("Europe/London"), ())
            for account in accounts:
                await tx.organisers.add(account.member, chapter)
    reply = await desk.answer(call("organiser list"))
    fits(reply)
    said = words(reply)
    listed = [line for line in said.splitlines() if line.startswith(name)]
    assert listed[0].startswith(f"{name} 00: ")
    assert "Grace" in listed[0]
    assert 10 < len(listed) < 40
    assert f"And those of {40 - len(listed)} chapters more; /chapter show shows them." in said


async def test_one_is_one(desk: Desk) -> None:
    """In the lines that screen readers and notifications say as well."""
    await plan(desk, title="Matinee")
    await publish(desk)
    preview = await desk.answer(call("reminder add", {"what": "in 1 hour: x"}, who="Ada", manages=True))
    await desk.answer(pressed(preview, "Set it", "Ada", manages=True))
    said: list[str] = []
    for command in ("event drafts", "event list", "chapter list", "reminder list"):
        reply = await desk.answer(call(command, who="Ada", manages=True))
        assert isinstance(reply, Message)
        said.append(str(reply.gist))
    assert said == ["1 draft", "What is coming up: 1 event", "1 chapter", "1 reminder"]


async def test_fifty_events_are_announced_anew(desk: Desk) -> None:
    """Those whose titles there is room for are named, the others are counted."""
    for number in range(50):
        await publish(desk, title=f"{number:02} " + "*" * 77)
    form = await desk.answer(call("chapter edit", {"chapter": "1"}, who="Ada", manages=True))
    assert isinstance(form, Form)
    reply = await desk.answer(sent_in(form, {"discord": ""}, "Ada", manages=True))
    fits(reply)
    assert words(reply).splitlines()[-1].endswith(" more.")


async def test_what_was_typed_comes_back_however_long(desk: Desk) -> None:
    """What has no room in the message is in a file; whoever has typed little has it in the message alone."""
    typed = {"question": "Which one?", "choices": "\n".join(["*" * 90] * 100), "chapter": "1"}
    reply = await desk.answer(call("poll ask", typed, who="Mallory", door=Door.FORM))
    fits(reply)
    assert isinstance(reply, Message)
    said = words(reply).splitlines()
    assert said[0].startswith("Only organisers can")
    assert said[1:3] == [
        "This is how what you typed begins. All of it is in the file what-you-typed.txt.",
        "What do you ask?: Which one?",
    ]
    (file,) = reply.files
    assert typed["choices"] in file.content.decode()
    short = await desk.answer(call("poll ask", {**typed, "choices": "Yes\nNo"}, who="Mallory", door=Door.FORM))
    assert isinstance(short, Message)
    assert (short.files, "This is what you typed:" in words(short)) == ((), True)
