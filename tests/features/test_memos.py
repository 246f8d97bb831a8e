"""Memos: what organisers want said is said once, to whom it is for, and never when it does not hold any more."""

from datetime import datetime, timedelta

import pytest

from bot.calls import Door, Form
from bot.features import ringing
from bot.features.memos.ringing import Bell
from bot.ports import Gone, Transaction
from bot.timekeeper import Timekeeper
from storage.database import database
from tests.desk.visitors import LONDON, ON_DISCORD, call, code, found, person, sent_in, words
from tests.features.community import Community
from tests.features.organiser import ada, press, remind


async def test_one_line_says_when_and_what(community: Community) -> None:
    """“In 2 hours: book the back room” is looked at, set, and told to its setter alone, once."""
    preview = await ada(community, "reminder add", what="in 2 hours: book the back room")
    assert words(preview).splitlines() == [
        "book the back room",
        "For: you alone",
        "When: Saturday 5 September 2026, 12:00 BST, today",
        "This is a preview: nothing is set yet.",
        "[Set it] [Change] [Discard]",
    ]
    await community.wait_until("2026-09-05 12:30")
    assert community.told() == []
    preview = await ada(community, "reminder add", what="in 2 hours: book the back room")
    assert await press(community, code(preview, "Set it")) == (
        "book the back room is set for you alone: Saturday 5 September 2026, 14:30 BST.\n[Cancel it]"
    )
    assert await press(community, code(preview, "Set it")) == "book the back room is set already."
    assert await community.wait_until("2026-09-05 14:29") == 0
    assert await community.wait_until("2026-09-05 14:30") == 1
    assert await community.wait_until("2026-09-05 16:00") == 0
    assert community.told() == [("Ada", "Reminder: book the back room")]


async def test_a_rhythm_shows_its_next_three_times_and_rings_at_each(community: Community) -> None:
    """Right across the change of clocks, in its channel, where it mentions nobody."""
    preview = await ada(
        community,
        "reminder add",
        what="Send <!here> @everyone list",
        when="every first Tuesday at 9:00",
        to="here",
    )
    assert words(preview).splitlines()[1:6] == [
        "For: #london on Slack",
        "When: every first Tuesday at 9:00",
        "Next: Tuesday 6 October 2026, 09:00 BST",
        "Then: Tuesday 3 November 2026, 09:00 GMT",
        "And then: Tuesday 1 December 2026, 09:00 GMT",
    ]
    await press(community, code(preview, "Set it"))
    assert await community.wait_until("2026-10-06 09:00") == 1
    assert await community.wait_until("2026-11-03 09:59") == 0
    assert await community.wait_until("2026-11-03 10:00") == 1
    assert [letter.to for letter in community.slack.inbox] == [LONDON, LONDON]
    assert [letter.calls for letter in community.slack.inbox] == [(), ()]
    assert community.discord.inbox == []


async def test_those_going_are_each_told_once_as_they_wish(community: Community) -> None:
    """Directly on Slack, in the thread on Discord; and not any more once the event is called off."""
    event = await community.publish(seats="")
    await community.answer(event, "going", ("Grace", "slack"), ("Alan", "discord"), ("Mary", "discord"))
    await community.answer(event, "maybe", ("Ida", "slack"))
    await community.settle()
    community.forget()
    await remind(community, what="Bring a laptop", when="every day at 9:00", event=str(event))
    assert await community.wait_until("2026-09-06 09:00") == 1
    assert community.told() == [(name, "Reminder: Bring a laptop") for name in ("Alan", "Grace", "Mary")]
    community.forget()
    await community.call_off(event)
    await community.settle()
    community.forget()
    assert "No reminder is set." in words(await ada(community, "reminder list"))
    await community.wait_until("2026-09-07 09:00")
    assert community.told() == []


async def test_a_reminder_ends_with_its_event(community: Community) -> None:
    """Whoever was there is not told what to bring."""
    event = await community.publish(seats="")
    await community.answer(event, "going", ("Grace", "slack"))
    await remind(community, what="Bring a laptop", when="daily at 23:00", to="going", event=str(event))
    for day in range(5, 17):
        await community.wait_until(f"2026-09-{day:02} 23:00")
    await community.wait_until("2026-09-17 23:00")
    assert [what for _who, what in community.told()].count("Reminder: Bring a laptop") == 12
    assert "No reminder is set." in words(await ada(community, "reminder list"))


async def test_what_was_missed_while_the_bot_was_away_is_told_once_and_late(community: Community) -> None:
    """Not once for each time that has passed; and then it goes on as ever."""
    await remind(community, what="Water the plants", when="daily at 9:00")
    assert await community.wait_until("2026-09-11 12:00") == 1
    assert community.told() == [("Ada", "Reminder: Water the plants")]
    assert "every day at 9:00, next Saturday 12 September 2026, 09:00 BST." in words(
        await ada(community, "reminder list")
    )
    assert await community.wait_until("2026-09-12 09:00") == 1
    assert len(community.told()) == 2


async def test_several_rings_that_an_outage_held_up_are_one(community: Community) -> None:
    """The platform was out of reach for days: only the last of them is said when it is back."""
    await remind(community, what="Water the plants", when="daily at 9:00")
    for day in (6, 7, 8):
        community.clock.move(community.clock.now() + timedelta(days=1))
        await community.timekeeper.tick(community.clock.now())
        assert day
    await community.settle()
    assert community.told() == [("Ada", "Reminder: Water the plants")]


async def test_a_restart_tells_nothing_twice(database_url: str) -> None:
    """Killed before delivery or after, each ring is told once."""
    async with database(database_url, alone=True) as storage:
        await found(storage)
        first = Community(storage)
        async with first.desk:
            await remind(first, what="Water the plants", when="daily at 9:00")
        first.clock.move(first.clock.now() + timedelta(days=1))
        await first.timekeeper.tick(first.clock.now())
    told: list[tuple[str, str]] = []
    for _restart in range(3):
        async with database(database_url, alone=True) as storage:
            again = Community(storage)
            again.clock.move(first.clock.now())
            async with again.desk:
                await again.timekeeper.tick(again.clock.now())
                await again.settle()
            told += again.told()
    assert told == [("Ada", "Reminder: Water the plants")]


async def test_a_bell_that_cannot_be_rung_silences_no_other(
    community: Community, caplog: pytest.LogCaptureFixture
) -> None:
    """What it had promised already is undone, it is logged, and what it is for stays due."""

    class Cracked(Bell):
        async def ring(self, tx: Transaction, now: datetime, most: int) -> int:
            await super().ring(tx, now, most)
            raise KeyError("a crack")

    await remind(community, what="Water the plants", when="daily at 9:00")
    community.clock.move(community.clock.now() + timedelta(days=1))
    for bells, rung in (((Cracked(),), 0), ((Cracked(), Bell()), 1)):
        timekeeper = Timekeeper(community.storage, ringing.ring, lambda: None, community.clock, bells)
        assert await timekeeper.tick(community.clock.now()) == rung
    await community.settle()
    assert community.told() == [("Ada", "Reminder: Water the plants")]
    assert "Cracked cannot be rung; what is due stays due" in caplog.text


async def test_the_audit_trail_names_reminders_but_not_what_is_ones_own(community: Community) -> None:
    """What is for others is named; what somebody reminds themselves of is nobody else's to read."""
    await remind(community, what="Buy Grace a present", when="daily at 9:00")
    await remind(community, what="Doors open", when="daily at 9:00", to="home")
    shown = words(await ada(community, "audit"))
    assert ("Doors open" in shown, "a reminder of their own" in shown, "present" in shown) == (True, True, False)


async def test_a_paused_reminder_is_silent_until_it_is_resumed(community: Community) -> None:
    """What it missed is not made up for; one whose time has passed stays where it is."""
    number = await remind(community, what="Water the plants", when="daily at 9:00")
    once = await remind(community, what="Call the venue", when="Sun 6 Sep 9:00")
    for memo in (number, once):
        assert "is paused." in words(await ada(community, "reminder pause", reminder=memo))
    assert "; paused." in words(await ada(community, "reminder list"))
    assert await community.wait_until("2026-09-08 12:00") == 0
    assert words(await ada(community, "reminder resume", reminder="Water the plants")) == (
        "Water the plants rings again, next Wednesday 9 September 2026, 09:00 BST."
    )
    assert words(await ada(community, "reminder resume", reminder=once)) == (
        "The time of Call the venue has passed meanwhile. /reminder add sets another."
    )
    assert await community.wait_until("2026-09-09 09:00") == 1
    assert community.told() == [("Ada", "Reminder: Water the plants")]
    assert words(await ada(community, "reminder cancel", reminder=number)) == "Water the plants is cancelled."
    assert words(await ada(community, "reminder cancel", reminder=number)) == "Water the plants is cancelled already."
    assert "is not set any more" in words(await ada(community, "reminder resume", reminder=number))
    assert await community.wait_until("2026-09-10 09:00") == 0


async def test_a_lost_channel_pauses_its_reminder_and_tells_its_setter(community: Community) -> None:
    """Once, by direct message; resumed, it rings again."""
    number = await remind(community, what="Doors open", when="daily at 9:00", to="here")
    community.slack.trouble(LONDON, Gone("channel_not_found"))
    await community.wait_until("2026-09-06 09:00")
    lost = "I could not say Doors open where it belongs: the channel is gone, or I am not in it."
    assert community.told() == [("Ada", f"{lost} It is paused until you resume it.")]
    assert "It could not be told" in words(await ada(community, "reminder list"))
    assert await community.wait_until("2026-09-07 09:00") == 0
    assert "rings again" in words(await ada(community, "reminder resume", reminder=number))
    await community.wait_until("2026-09-08 09:00")
    assert [letter.to for letter in community.slack.inbox].count(LONDON) == 1


async def test_closed_direct_messages_pause_a_reminder_of_ones_own(community: Community) -> None:
    """There is nobody else to tell; the list says so."""
    await remind(community, what="Doors open", when="daily at 9:00")
    community.slack.trouble(person("Ada"), Gone("cannot_dm"))
    await community.wait_until("2026-09-06 09:00")
    assert community.told() == []
    listed = words(await ada(community, "reminder list"))
    assert "; paused." in listed
    assert "It could not be told" in listed


async def test_somebody_elses_own_reminder_is_neither_seen_nor_touched(community: Community) -> None:
    """Another organiser sees what is for others, and may end it; what is for one alone stays theirs."""
    own = await remind(community, what="Buy Grace a present", when="daily at 9:00")
    shared = await remind(community, what="Doors open", when="daily at 9:00", to="home")
    await ada(community, "organiser add", member="U-Grace")
    listed = words(await community.desk.answer(call("reminder list", who="Grace")))
    assert ("present" in listed, "Doors open" in listed) == (False, True)
    for command in ("cancel", "pause", "resume"):
        refused = await community.desk.answer(call(f"reminder {command}", {"reminder": own}, who="Grace"))
        assert words(refused) == "That reminder is not on record any more, or is somebody else’s own."
    assert "cancelled" in words(await community.desk.answer(call("reminder cancel", {"reminder": shared}, who="Grace")))
    await community.wait_until("2026-09-06 09:00")
    assert community.told() == [("Ada", "Reminder: Buy Grace a present")]


UNUSABLE: list[tuple[dict[str, str], str]] = [
    ({"what": "Book", "when": "yesterday 18:00"}, "is in the past"),
    ({"what": "Book", "when": "whenever"}, "has words that I do not understand: “whenever”"),
    ({"what": "Book", "when": "every hour"}, "once a day is the most"),
    ({"what": "Book", "when": "every second Tuesday at 9:00"}, "or “the second Tuesday of every month”"),
    ({"what": "Book", "when": "tomorrow at 7"}, "may mean"),
    (
        {"what": "Book", "when": "last Friday of the month at noon"},
        "may be meant once, or again and again. Write “Fri 25 Sep 2026 12:00”, or “every last Friday at 12:00”.",
    ),
    ({"what": "Book the back room"}, "Write when, or begin with it: “in 2 hours: book the back room”."),
    ({"what": "soonish: book"}, "“soonish” has words that I do not understand"),
    ({"what": "in 2 hours:"}, "Say what I shall remind of, after the time."),
    ({"what": "x" * 1001, "when": "in 2 hours"}, "there is room for 1000"),
    ({"what": "Book", "when": "x" * 121}, "there is room for 120"),
    ({"what": "Book", "when": "in 2 hours", "to": "going"}, "Say to which event."),
    ({"what": "Book", "when": "in 2 hours", "to": "going", "event": "99"}, "That event is not on record any more"),
    ({"what": "Book", "when": "in 2 hours", "to": "everyone"}, "Choose one of: Only me, This channel"),
]


async def test_what_cannot_be_a_reminder_comes_back_as_it_was_typed(community: Community) -> None:
    """With a sentence beside the question that it is about."""
    for given, sentence in UNUSABLE:
        form = await ada(community, "reminder add", **given)
        assert isinstance(form, Form)
        assert sentence in " ".join(form.errors.values())
        assert all(form.typed[name] == text for name, text in given.items() if name != "to")


async def test_a_reminder_after_its_event_is_refused(community: Community) -> None:
    """And so is one for an event together with somebody else, and one in a channel that is none."""
    event = str(await community.publish())
    late = await ada(community, "reminder add", what="Book", when="18 Sep 9:00", event=event)
    assert isinstance(late, Form)
    assert late.errors["when"].startswith("Evening is over by Friday 18 September 2026, 09:00 BST.")
    both = await ada(community, "reminder add", what="Book", when="in 2 hours", event=event, to="home")
    assert isinstance(both, Form)
    assert both.errors["to"].startswith("You named an event")
    direct = call("reminder add", {"what": "Book", "when": "in 2 hours", "to": "here"}, who="Ada", manages=True)
    nowhere = await community.desk.answer(direct)
    assert isinstance(nowhere, Form)
    assert nowhere.errors["to"].startswith("This is not a channel.")


async def test_members_set_no_reminders(community: Community) -> None:
    """Slack has reminders of its own for them."""
    refused = await community.desk.answer(call("reminder add", {"what": "in 2 hours: cake"}, who="Grace"))
    assert words(refused) == "Only organisers can do that. /organiser list shows who they are."


async def test_a_draft_is_changed_as_it_was_typed(community: Community) -> None:
    """The form holds what was said, and the preview shows it anew; a draft that waited too long is not set."""
    preview = await ada(community, "reminder add", what="in 2 hours: book the back room")
    number = code(preview, "Change").partition("memo=")[2]
    pressed = call("reminder change", {"memo": number}, who="Ada", manages=True, door=Door.BUTTON)
    form = await community.desk.answer(pressed)
    assert isinstance(form, Form)
    assert form.typed == {"what": "book the back room", "when": "Sat 5 Sep 2026 12:00", "to": "me"}
    again = await community.desk.answer(sent_in(form, {"when": "weekdays at 8:30", "to": "home"}, "Ada", manages=True))
    assert "When: every weekday at 8:30" in words(again)
    assert "For: #london on Discord and #london on Slack" in words(again)
    assert await press(community, code(again, "Discard")) == "The draft of book the back room is discarded."
    stale = await ada(community, "reminder add", what="in 2 hours: book the back room")
    await community.wait_until("2026-09-05 13:00")
    assert "would ring in the past" in await press(community, code(stale, "Set it"))


async def test_a_digest_says_what_is_on_when_it_is_posted(community: Community) -> None:
    """Drawn at that moment, with the seats that are left; skipped while nothing is planned; and one a chapter."""
    preview = await ada(community, "digest schedule", when="every Monday at 9:00")
    assert "Nothing is planned yet. As long as that is so, the digest is skipped." in words(preview)
    assert "Next: Monday 7 September 2026, 09:00 BST" in words(preview)
    await press(community, code(preview, "Set it"))
    assert await community.wait_until("2026-09-07 09:00") == 1
    assert (community.slack.inbox, community.discord.inbox) == ([], [])
    event = await community.publish(seats="3")
    await community.answer(event, "going", ("Grace", "slack"))
    shown = words(await ada(community, "digest show"))
    assert "Evening, Thursday 17 September 2026, 18:30 BST. Where: The Crown. Seats: 3, 2 left." in shown
    again = await ada(community, "digest schedule", when="every Tuesday at 9:00")
    await press(community, code(again, "Set it"))
    assert words(await ada(community, "reminder list")).count("What’s on") == 1
    assert await community.wait_until("2026-09-08 08:59") == 0
    assert await community.wait_until("2026-09-08 09:00") == 1
    for mailbox, place in ((community.slack, LONDON), (community.discord, ON_DISCORD)):
        letter = mailbox.inbox[-1]
        assert (letter.to, letter.words, letter.calls) == (place, "What’s on in London: 1 event", ())
    assert words(await ada(community, "digest stop")) == "What’s on in London is not posted any more."
    assert "London has no digest." in words(await ada(community, "digest stop"))
    assert await community.wait_until("2026-09-15 09:00") == 0
