"""Polls that are asked while an event goes on: they count into its write-up, unless whoever asks says otherwise."""

from dataclasses import replace
from datetime import datetime, timedelta

from bot.calls import Call, Door, Form, Reply
from bot.desk import Desk
from bot.domain.events import EventId
from bot.domain.places import Place
from bot.domain.polls import PollId
from bot.ports import Storage
from tests.desk.visitors import LONDON, NOW, SLACK, call, pressed, publish, sent_in, words

EVENING = datetime.fromisoformat("2026-09-17T19:00:00+01:00")
COUNTED = "Asked during Evening: it counts into its write-up."
APART = "Asked during Evening, but not counted into its write-up."


def ada(command: str, at: datetime = EVENING, place: Place | None = LONDON, **given: str) -> Call:
    return call(command, given, who="Ada", manages=True, at=at, place=place)


def ask(question: str = "Which pub?", at: datetime = EVENING, place: Place | None = LONDON, **more: str) -> Call:
    return ada("poll ask", at, place, question=question, choices="Crown | Anchor", **more)


def press(reply: Reply, label: str, who: str = "Ada", at: datetime = EVENING) -> Call:
    return replace(pressed(reply, label, who, manages=who == "Ada", at=at), place=LONDON)


async def counted(storage: Storage) -> list[str]:
    """The polls that count into the write-up of the evening."""
    async with storage.reading() as tx:
        return [poll.question for poll in await tx.polls.about(EventId(1))]


async def test_a_poll_of_an_evening_counts_into_its_write_up_and_stands_where_it_was_asked(
    desk: Desk, storage: Storage
) -> None:
    """Whoever asked says otherwise by a press, and back; nobody else does."""
    await publish(desk)
    posted = await desk.answer(ask())
    assert words(posted).startswith("Which pub? is posted in #london on Discord and #london on Slack.")
    assert COUNTED in words(posted)
    assert await counted(storage) == ["Which pub?"]
    assert "Only organisers" in words(await desk.answer(press(posted, "Not about it", "Grace")))
    await desk.answer(press(posted, "Not about it"))
    apart = await desk.answer(press(posted, "Not about it"))
    assert APART in words(apart)
    assert await counted(storage) == []
    assert COUNTED in words(await desk.answer(press(apart, "Count it in")))
    await desk.answer(ada("poll close", poll="1"))
    told = words(await desk.answer(ada("writeup draft", event="1", at=EVENING + timedelta(days=1))))
    assert "Which pub?" in told
    shown = words(await desk.answer(ada("event show", event="1")))
    assert "Which pub? (closed)" in shown


async def test_only_what_is_asked_at_home_in_the_evening_counts(desk: Desk, storage: Storage) -> None:
    """Not before or after it, elsewhere, or again and again; what is about an event is told as ever."""
    await publish(desk)
    before, after = EVENING - timedelta(hours=2), EVENING + timedelta(hours=4)
    for asked in (ask("Before?", before), ask("After?", after), ask("Elsewhere?", place=Place(SLACK, "C-Else"))):
        assert "Asked during" not in words(await desk.answer(asked))
    again = await desk.answer(ask("Again?", every="every Friday at 9:00"))
    assert "Asked during" not in words(again)
    about = await desk.answer(ask("Dessert?", event="1"))
    assert "posted in the thread of Evening" in words(about)
    assert "Asked during" not in words(about)
    forged = call("poll count", {"poll": "5", "on": "1"}, who="Ada", manages=True, door=Door.BUTTON, at=EVENING)
    assert "Dessert? is not asked during an event." in words(await desk.answer(forged))
    assert await counted(storage) == ["Dessert?"]
    planned = await desk.answer(ask("Later?", before, opens="Thu 17 Sep 20:00"))
    assert "will be posted in" in words(planned)
    assert COUNTED in words(planned)


async def test_the_preview_says_so_and_whoever_asks_decides_before_it_is_posted(desk: Desk, storage: Storage) -> None:
    """What they said outlives every change of the draft; what was drafted before counts when it is posted."""
    await publish(desk)
    form = await desk.answer(ada("poll ask"))
    assert isinstance(form, Form)
    typed = {"question": "Which pub?", "choices": "Crown\nAnchor"}
    preview = await desk.answer(replace(sent_in(form, typed, "Ada", manages=True), at=EVENING, place=LONDON))
    assert COUNTED in words(preview)
    preview = await desk.answer(press(preview, "Not about it"))
    assert APART in words(preview)
    assert "This is a preview" in words(preview)
    settings = await desk.answer(press(preview, "Settings"))
    assert isinstance(settings, Form)
    preview = await desk.answer(replace(sent_in(settings, {"quorum": "2"}, "Ada", manages=True), at=EVENING))
    assert APART in words(preview)
    assert APART in words(await desk.answer(press(preview, "Post")))
    assert await counted(storage) == []
    draft = await desk.answer(ada("poll clone", NOW, poll="1"))
    assert "Asked during" not in words(draft)
    posted = await desk.answer(press(draft, "Post"))
    assert COUNTED in words(posted)
    async with storage.reading() as tx:
        assert (await tx.polls.get(PollId(2))).evening is not None
