"""My data: one file with everything, and nothing left that tells who somebody was."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from bot.calls import Door, Form
from bot.domain.events import EventId
from bot.domain.memos import MemoId
from bot.domain.people import Person
from bot.domain.rsvps import Answer
from bot.features.memos.ringing import memo_card
from bot.messages import Message
from storage.database import Database, database
from storage.schema import metadata
from storage.seal import Seal
from tests.desk.visitors import DISCORD, LONDON, ON_DISCORD, SLACK, call, code, desk, found, guests, sent_in, words
from tests.features.community import Community
from tests.features.organiser import press, remind
from tests.features.test_linking import _counted, _vote, link
from tests.features.test_my_events import asked, pressed

NAME, OTHER = "Zebulon", "zeb_q"


async def everything(storage: Database) -> str:
    """All rows of all tables, as text."""
    rows: list[str] = []
    async with storage.reading() as tx:
        for table in metadata.sorted_tables:
            rows += [f"{table.name}: {row}" for row in await tx.connection.execute(select(table))]
    return "\n".join(rows)


async def erase(community: Community, who: str = NAME) -> str:
    """Somebody has everything erased."""
    return words(await pressed(community, "my%20erase-now", who))


async def busy(community: Community) -> tuple[EventId, EventId]:
    """Somebody leaves traces wherever they can; an event that is over, and one to come."""
    past = await community.publish(starts="Mon 7 Sep 18:30", title="Past", guests="2", question="Food?")
    coming = await community.publish(seats="1", title="Coming")
    for event in (past, coming):
        await community.answer(event, "going", (NAME, "slack"), ("Alan", "discord"))
        await community.answer(event, "maybe", (OTHER, "discord"))
    form = await pressed(community, f"party?event={past}", NAME)
    assert isinstance(form, Form) or "takes no" in words(form)
    for number, state in enumerate(("names", "names", "secret"), 1):
        poll = {"question": f"Poll {number}?", "choices": "Yes | No", "ballots": state}
        await community.desk.answer(call("poll ask", poll, who="Ada", manages=True, place=LONDON))
        await community.desk.answer(_vote(NAME, number, 2 * number - 1, SLACK))
        await community.desk.answer(_vote("Alan", number, 2 * number, SLACK))
    await community.desk.answer(call("poll close", {"poll": "2"}, who="Ada", manages=True))
    await community.desk.answer(call("organiser add", {"member": f"U-{NAME}"}, who="Ada", manages=True))
    await asked(community, "my reminders", NAME, before="1 day, 3 hours")
    await asked(community, "takeaway add", NAME, text=f"{NAME} learnt much", chapter="London", credit="named")
    own = await asked(community, "reminder add", NAME, what=f"in 300 hours: {NAME}, buy milk")
    await pressed(community, code(own, "Set it"), NAME)
    await asked(community, "link account", NAME)
    await link(community, NAME, OTHER)
    await community.settle()
    await community.wait_until("2026-09-06 18:31")
    await community.wait_until("2026-09-07 22:00")
    typed = await community.desk.answer(call("event create", {}, who=NAME, at=community.clock.now()))
    assert isinstance(typed, Form)
    await community.desk.answer(sent_in(typed, {"title": f"{NAME} was here", "starts": "never"}, NAME))
    came = {"event": str(past), "person": f"U-{NAME}", "guests": "500"}
    about = call("event add-walk-in", came, who="Ada", manages=True, door=Door.FORM, at=community.clock.now())
    assert isinstance(await community.desk.answer(replace(about, names={f"U-{NAME}": NAME})), Form)
    return past, coming


@pytest.fixture
def secrets() -> Seal:
    """A key for secret polls."""
    return Seal("a key that nobody has guessed yet, for tests")


async def test_nothing_tells_who_somebody_was(database_url: str, secrets: Seal) -> None:
    """No name, no key in any table; past answers and closed polls are counted, seats to come are free."""
    async with database(database_url, seal=secrets) as storage:
        await found(storage)
        async with desk(storage) as front:
            community = Community(storage)
            community.desk = front
            past, coming = await busy(community)
            before = await everything(storage)
            tables = {line.partition(":")[0] for line in before.splitlines() if NAME in line}
            assert tables == {"accounts", "members", "errands", "kept_forms", "memos", "takeaways", "memories"}
            shown = words(await asked(community, "my erase", NAME))
            assert f"Erase everything about {NAME} on Slack, {OTHER} on Discord?" in shown
            assert "I cannot take back what was posted or sent already" in shown
            assert NAME in await everything(storage)
            assert (await erase(community)).startswith("Everything I kept about you is erased.")
            after = await everything(storage)
            assert [line for line in after.splitlines() if NAME in line or OTHER in line] == []
            assert await guests(storage, past, Answer.GOING) == ["somebody who left", "Alan"]
            assert await guests(storage, coming, Answer.GOING) == ["Alan"]
            assert [await _counted(storage, poll) for poll in (1, 2, 3)] == [[0, 1], [1, 1], [1, 1]]
            community.forget()
            await community.settle()
            assert [(who, what[:20]) for who, what in community.told()] == [("Alan", "A seat has come free")]
            await community.wait_until("2026-09-17 16:31")
            assert {who for who, _ in community.told()} == {"Alan"}
            card = next(letter for letter in reversed(community.slack.inbox) if letter.to == LONDON)
            assert NAME not in card.words
            assert "Only organisers" in words(await asked(community, "event drafts", NAME))
            assert await erase(community) == "I keep nothing about you."


async def test_whoever_comes_back_votes_once_in_a_secret_poll(database_url: str, secrets: Seal) -> None:
    """What they chose before stands until they choose otherwise."""
    async with database(database_url, seal=secrets) as storage:
        await found(storage)
        async with desk(storage) as front:
            community = Community(storage)
            community.desk = front
            poll = {"question": "Where?", "choices": "Yes | No", "ballots": "secret"}
            await front.answer(call("poll ask", poll, who="Ada", manages=True, place=LONDON))
            await community.answer(await community.publish(), "going", (NAME, "slack"))
            await front.answer(_vote(NAME, 1, 1, SLACK))
            await erase(community)
            assert await _counted(storage, 1) == [1, 0]
            await front.answer(_vote(NAME, 1, 2, SLACK))
            assert await _counted(storage, 1) == [0, 1]
            await community.answer(await community.publish(), "going", (NAME, "slack"))
            await front.answer(_vote(NAME, 1, 1, SLACK))
            assert await _counted(storage, 1) == [1, 0]


async def test_the_file_holds_everything(community: Community) -> None:
    """Also of the other platform, for whoever is linked; and nothing of anybody else."""
    event = await community.publish(guests="1")
    await community.answer(event, "going", (NAME, "slack"), ("Alan", "slack"))
    await community.answer(event, "maybe", (OTHER, "discord"))
    await asked(community, "my reminders", NAME, before="3 hours")
    assert words(await asked(community, "my data", "Nobody")) == "I keep nothing about you."
    await link(community, NAME, OTHER)
    reply = await asked(community, "my data", NAME)
    assert isinstance(reply, Message)
    (file,) = reply.files
    told = json.loads(file.content)
    assert [(each["platform"], each["key"]) for each in told["accounts"]] == [
        ("slack", f"U-{NAME}"),
        ("discord", f"U-{OTHER}"),
    ]
    assert [(each["event"], each["answer"]) for each in told["answers"]] == [("Evening", "going")]
    assert told["reminded"] == "3 hours before"
    assert {"accounts.member_id", "rsvps.member_id", "manners.member_id", "links.account_id"} <= told["rows"].keys()
    assert "Alan" not in file.content.decode()


async def test_whoever_leaves_from_the_room_stays_counted_as_expected(community: Community) -> None:
    """They have come already, so that their seat is nobody else's; a seat in an evening to come is."""
    event, later = await community.publish(seats="1"), await community.publish(seats="1", starts="Fri 18 Sep 18:30")
    for each in (event, later):
        await community.answer(each, "going", (NAME, "slack"), ("Alan", "discord"))
    await community.wait_until("2026-09-17 18:40")
    came, at = {"event": str(event), "person": f"U-{NAME}"}, community.clock.now()
    await community.desk.answer(call("event add-walk-in", came, who="Ada", manages=True, at=at))
    await erase(community)
    sheet = call("event attendance", {"event": str(event)}, who="Ada", manages=True, at=at)
    shown = words(await community.desk.answer(sheet))
    assert "Here: 1\nNot here yet: 0\nWalk-ins: 0" in shown
    assert [await guests(community.storage, each, Answer.WAITING) for each in (event, later)] == [["Alan"], []]
    assert await guests(community.storage, later, Answer.GOING) == ["Alan"]


async def test_no_card_of_a_reminder_keeps_the_name_of_who_set_it(community: Community) -> None:
    """Neither one that was put off, nor the one said again, nor those of earlier times, nor one that is cancelled."""
    daily = await remind(community, what="Doors open", when="daily at 12:00", to="home")
    once = await remind(community, what="Close the doors", when="in 2 hours", to="home")
    await community.wait_until("2026-09-05 12:00")
    assert "I’ll say it again" in await press(community, f"snooze%20here?memo={once}&ring=1&step=0&nap=minutes")
    await community.wait_until("2026-09-05 12:10")
    await community.wait_until("2026-09-06 12:00")
    assert "is cancelled" in await press(community, f"reminder%20cancel?reminder={daily}")

    async def drawn() -> list[str]:
        rings = ((daily, 1, 0), (daily, 2, 0), (once, 1, 0), (once, 1, 1))
        async with community.storage.reading() as tx:
            cards = [await memo_card.draw(tx, MemoId(int(memo)), *ring, community.clock.now()) for memo, *ring in rings]
        return [words(card).rpartition("Set by ")[2].partition(".")[0] for card in cards if card is not None]

    assert await drawn() == ["Ada"] * 4
    for mailbox in (community.slack, community.discord):
        mailbox.attempts.clear()
    await erase(community, "Ada")
    await community.settle()
    assert await drawn() == ["an organiser"] * 4
    for mailbox, place in ((community.slack, LONDON), (community.discord, ON_DISCORD)):
        assert [(act, to) for act, to, _at in mailbox.attempts] == [("edit", place)] * 4


async def test_somebody_who_left_is_told_nothing(community: Community) -> None:
    """Of what they went to, either."""
    event = await community.publish(starts="Mon 7 Sep 18:30")
    await community.answer(event, "going", (NAME, "discord"), ("Alan", "discord"))
    await community.wait_until("2026-09-07 22:00")
    community.forget()
    gone = call("my erase-now", {}, who=NAME, platform=DISCORD, door=Door.BUTTON, at=community.clock.now())
    await community.desk.answer(gone)
    async with community.storage.reading() as tx:
        assert await tx.members.find(Person(DISCORD, f"U-{NAME}")) is None
        assert [account.name for _, account in await tx.rsvps.answered(event, Answer.GOING)] == [
            "somebody who left",
            "Alan",
        ]
    attendees = words(await community.desk.answer(call("event list-attendees", {"event": str(event)}, manages=True)))
    assert "somebody who left" in attendees
    assert NAME not in attendees


async def test_ones_own_file_tells_nobody_elses_secrets(community: Community) -> None:
    """Neither who suggested what an organiser decided on, nor who wrote what somebody kept, nor what that says."""
    question = {"question": "Why does my boss lie?", "credit": "no"}
    await community.desk.answer(call("prompt suggest", question, who=NAME, at=community.clock.now()))
    await community.desk.answer(call("prompt approve", {"prompt": "1"}, who="Ada", manages=True, place=LONDON))
    message = {"text": "I was tired", "author": f"U-{NAME}", "message": "171.5"}
    await community.desk.answer(call("takeaway keep", message, who="Ada", place=LONDON, door=Door.SHORTCUT))
    rows = {who: await kept_of(community, who) for who in ("Ada", NAME)}
    assert [row["text"] for row in rows["Ada"]["prompts.decider_id"]] == ["Why does my boss lie?"]
    assert all("suggester_id" not in row for row in rows["Ada"]["prompts.decider_id"])
    assert all(not {"author_id", "text"} & row.keys() for row in rows["Ada"]["takeaways.keeper_id"])
    assert [row["text"] for row in rows[NAME]["takeaways.author_id"]] == ["I was tired"]
    assert all("keeper_id" not in row for row in rows[NAME]["takeaways.author_id"])


async def kept_of(community: Community, who: str) -> dict[str, list[dict[str, object]]]:
    """The rows in somebody's file, by table and column."""
    reply = await asked(community, "my data", who)
    assert isinstance(reply, Message)
    return json.loads(reply.files[0].content)["rows"]
