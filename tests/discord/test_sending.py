"""What the bot says of itself: posted, edited, found again; and what Discord's refusals mean."""

import asyncio
import socket
from dataclasses import replace
from datetime import timedelta

import pytest

from adapters.discord import Discord
from adapters.discord.sender import Sender, mark
from adapters.playground.discord import Discord as StandIn
from adapters.playground.discord.permissions import Permission
from bot.clock import Clock
from bot.domain.people import Person
from bot.domain.places import Destination, Home, Thread
from bot.messages import Attachment, Button, Buttons, Heading, Message, Paragraph, Picture, line, say
from bot.ports import Busy, Gone, Unknown
from tests.discord.conftest import QUICK
from tests.discord.rig import COMMANDS, DISCORD, Front, Someone, connected, place, posted, running, until, words

POSTING = "POST /channels/{channel}/messages"
EDITING = "PATCH /channels/{channel}/messages/{message}"
SHOWN = 1 << 15


def card(title: str = "Rust & Tell") -> Message:
    """A small card with a heading and a button."""
    heading = say("{title}", title=title)
    return Message((Heading(heading), Buttons((Button("Going", "rsvp?event=4&answer=going"),))), heading)


async def test_a_card_is_posted_and_edited_in_its_place(bot: Discord, standin: StandIn, london: str) -> None:
    """Its ref is the channel and the message."""
    ref = await bot.post(place(london), card(), "card 4")
    assert ref.partition("/")[0] == london
    assert (words(posted(standin, ref)), posted(standin, ref)["flags"]) == ("## Rust & Tell", SHOWN)
    await bot.edit(place(london), ref, card("Rust & Tell again"))
    assert words(posted(standin, ref)) == "## Rust & Tell again"


async def test_a_picture_stands_among_the_words_and_goes_with_an_edit(
    bot: Discord, standin: StandIn, london: str
) -> None:
    """Described, in its place; edited it is another one, or none, and nothing of it is left beside the words."""

    def drawn(*names: str) -> Message:
        pictures = [Picture(Attachment(name, b"a picture", f"Bars of {name}")) for name in names]
        return replace(card(), parts=(*card().parts, *pictures, *line("Below.").parts))

    def shown(ref: str) -> list[str]:
        (frame,) = posted(standin, ref)["components"]
        return [item["description"] for part in frame["components"] if part["type"] == 12 for item in part["items"]]

    ref = await bot.post(place(london), drawn("one.png", "two.png"), "card 4")
    assert shown(ref) == ["Bars of one.png", "Bars of two.png"]
    await bot.edit(place(london), ref, drawn("one.png"))
    assert shown(ref) == ["Bars of one.png"]
    await bot.edit(place(london), ref, drawn())
    assert shown(ref) == []
    assert posted(standin, ref)["attachments"] == []


async def test_only_those_called_are_pinged(
    bot: Discord, standin: StandIn, ada: Someone, grace: Someone, london: str
) -> None:
    """Neither names in text nor an edit ping anybody."""
    text = say("{text}", text=f"@everyone <@{grace.key}>")
    ref = await bot.post(place(london), Message((Paragraph(text),), text, (Person(DISCORD, ada.key),)), "key")
    assert posted(standin, ref)["_mentioned"] == [ada.key]
    ref = await bot.post(place(london), Message((Paragraph(text),), text), "other")
    assert posted(standin, ref)["_mentioned"] == []


async def test_a_thread_is_opened_when_first_needed(bot: Discord, standin: StandIn, london: str) -> None:
    """It hangs from the card, is named after its heading, and is archived only after a week of silence."""
    ref = await bot.post(place(london), card("*Rust* & Tell"), "card 4")
    thread = Thread(place(london), ref)
    first = await bot.post(thread, line("Tomorrow."), "reminder 1")
    second = await bot.post(thread, line("Soon."), "reminder 2")
    opened = ref.partition("/")[2]
    assert {first.partition("/")[0], second.partition("/")[0]} == {opened}
    channel = standin.world.channels[opened]
    assert (channel["name"], channel["type"], channel["parent_id"]) == ("*Rust* & Tell", 11, london)
    assert channel["thread_metadata"]["auto_archive_duration"] == 10080
    assert words(posted(standin, second)) == "Soon."
    await bot.edit(place(london), second, line("Now."))
    assert words(posted(standin, second)) == "Now."


async def test_two_messages_open_one_thread(bot: Discord, standin: StandIn, london: str) -> None:
    """Whoever comes second finds it there."""
    ref = await bot.post(place(london), line("No heading."), "card 4")
    thread = Thread(place(london), ref)
    await asyncio.gather(bot.post(thread, line("One."), "one"), bot.post(thread, line("Two."), "two"))
    opened = ref.partition("/")[2]
    said = [words(row) for row in standin.board.rows(f"discord/message/{opened}/").values() if row["components"]]
    assert sorted(said) == ["One.", "Two."]
    assert standin.world.channels[opened]["name"] == "Chat"


async def test_a_thread_is_opened_before_anything_is_posted_in_it(
    bot: Discord, standin: StandIn, london: str, clock: Clock, addresses: None
) -> None:
    """Discord is asked for nothing that it must refuse, whether the thread is new, known, or from before a restart."""
    ref = await bot.post(place(london), card(), "card 4")
    for number in range(2):
        await bot.post(Thread(place(london), ref), line("Soon."), f"news {number}")
    anew = Discord(standin.token, standin.guild_id, COMMANDS, clock, standin.api_url, deadlines=QUICK)
    async with running(anew, Front()):
        await connected(anew)
        await anew.post(Thread(place(london), ref), line("Still there."), "news 2")
    assert len(standin.board.rows(f"discord/message/{ref.partition('/')[2]}/")) == 4
    assert [row for row in standin.board.rows("wire/").values() if (row["status"] or 0) >= 400] == []


async def test_an_archived_thread_is_written_in_again(bot: Discord, standin: StandIn, london: str) -> None:
    """Writing opens it."""
    ref = await bot.post(place(london), card(), "card 4")
    thread = Thread(place(london), ref)
    await bot.post(thread, line("One."), "one")
    channel = standin.world.channels[ref.partition("/")[2]]
    channel["thread_metadata"]["archived"] = True
    await bot.post(thread, line("Two."), "two")
    assert channel["thread_metadata"]["archived"] is False


async def test_somebody_is_told_directly(bot: Discord, standin: StandIn, grace: Someone) -> None:
    """In the direct messages between them and the bot."""
    ref = await bot.post(Person(DISCORD, grace.key), line("Hello."), "key")
    assert ref.partition("/")[0] == standin.direct_messages(grace.key)
    await bot.edit(place("elsewhere"), ref, line("Hello again."))
    assert words(posted(standin, ref)) == "Hello again."


async def test_the_same_key_twice_is_one_message(bot: Discord, standin: StandIn, london: str) -> None:
    """Discord returns the first one, for a few minutes."""
    first = await bot.post(place(london), line("Once."), "key")
    again = await bot.post(place(london), line("Once."), "key")
    other = await bot.post(place(london), line("Once."), "another key")
    assert first == again
    assert first != other


@pytest.mark.parametrize("fault", ["error_after", "cut_off"])
@pytest.mark.parametrize("where", ["place", "thread", "person"])
async def test_a_message_whose_fate_is_unknown_is_found(
    bot: Discord, standin: StandIn, clock: Clock, grace: Someone, london: str, fault: str, where: str
) -> None:
    """The connection broke after Discord had it: nobody knows until it is looked for, by its key."""
    ref = await bot.post(place(london), card(), "card 4")
    thread = Thread(place(london), ref)
    await bot.post(thread, line("First."), "first")
    to: Destination = {"place": place(london), "thread": thread, "person": Person(DISCORD, grace.key)}[where]
    since = clock.now()
    standin.faults.switch(fault, left=1, route=POSTING)
    with pytest.raises(Unknown):
        await bot.post(to, line("Is it there?"), "key")
    found = await bot.find(to, "key", since)
    assert found is not None
    assert words(posted(standin, found)) == "Is it there?"
    assert await bot.find(to, "another key", since) is None
    assert await bot.find(to, "key", clock.now() + timedelta(minutes=5)) is None


async def test_a_message_that_never_arrived_is_not_found(
    bot: Discord, standin: StandIn, clock: Clock, london: str
) -> None:
    """Nor in a thread that was never opened, nor if somebody else writes the same."""
    ref = await bot.post(place(london), card(), "card 4")
    since = clock.now()
    standin.faults.switch("error_before", left=1, route=POSTING)
    with pytest.raises(Unknown):
        await bot.post(place(london), line("Lost."), "key")
    assert await bot.find(place(london), "key", since) is None
    assert await bot.find(Thread(place(london), ref), "key", since) is None
    assert await bot.post(place(london), line("Lost."), "key") != ref


async def test_what_somebody_else_posted_is_not_taken_for_ours(
    bot: Discord, standin: StandIn, clock: Clock, grace: Someone, london: str
) -> None:
    """Another app may copy a whole message, key and all."""
    since = clock.now()
    ref = await bot.post(place(london), line("Mine."), "key")
    copied = standin.platform.messages.find(*ref.split("/"))
    copied["author"] = standin.world.user(grace.key)
    assert await bot.find(place(london), "key", since) is None


async def test_a_history_that_cannot_be_read_is_not_needed_for_a_while(
    bot: Discord, standin: StandIn, clock: Clock, london: str
) -> None:
    """Discord still knows the nonce, so that posting again finds the first message; later on nobody knows."""
    since = clock.now()
    standin.faults.switch("error_after", left=1, route=POSTING)
    with pytest.raises(Unknown):
        await bot.post(place(london), line("Is it there?"), "key")
    standin.faults.switch("error_before", route="GET /channels/{channel}/messages")
    assert await bot.find(place(london), "key", since) is None
    await bot.post(place(london), line("Is it there?"), "key")
    assert [words(row) for row in standin.board.rows(f"discord/message/{london}/").values()] == ["Is it there?"]
    clock.move(since + timedelta(minutes=3))
    with pytest.raises(Busy):
        await bot.find(place(london), "key", since)


async def test_where_too_much_was_said_since_nobody_knows_whether_a_message_arrived(
    bot: Discord, clock: Clock, london: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While Discord knows the nonce that does no harm."""
    monkeypatch.setattr("adapters.discord.sender._READ", 2)
    since = clock.now()
    for number in range(2):
        await bot.post(place(london), line("Chat."), f"chat {number}")
    assert await bot.find(place(london), "key", since) is None
    clock.move(since + timedelta(minutes=3))
    with pytest.raises(Unknown):
        await bot.find(place(london), "key", since)


async def test_a_rate_limit_is_the_postmans_to_wait_for(bot: Discord, standin: StandIn, london: str) -> None:
    """A 429 ends the attempt at once, with Discord's own number of seconds."""
    ref = await bot.post(place(london), card(), "card 4")
    standin.faults.switch("ratelimited", left=2, seconds=7.0)
    with pytest.raises(Busy) as posting:
        await bot.post(place(london), line("Hello."), "key")
    with pytest.raises(Busy) as editing:
        await bot.edit(place(london), ref, card())
    assert (posting.value.after, editing.value.after) == (7.0, 7.0)


@pytest.mark.parametrize("fault", ["error_before", "error_after", "cut_off"])
async def test_a_broken_edit_can_be_made_again(bot: Discord, standin: StandIn, london: str, fault: str) -> None:
    """An edit is the same twice as once."""
    ref = await bot.post(place(london), card(), "card 4")
    standin.faults.switch(fault, left=1, route=EDITING)
    with pytest.raises(Busy):
        await bot.edit(place(london), ref, card("New"))
    await bot.edit(place(london), ref, card("New"))
    assert words(posted(standin, ref)) == "## New"


async def test_a_deleted_channel_is_gone(bot: Discord, standin: StandIn, london: str) -> None:
    """For posts, edits and whatever hangs from its messages."""
    ref = await bot.post(place(london), card(), "card 4")
    standin.faults.switch("channel_deleted", channel=london)
    with pytest.raises(Gone):
        await bot.post(place(london), card(), "other")
    with pytest.raises(Gone):
        await bot.edit(place(london), ref, card())
    with pytest.raises(Gone):
        await bot.post(Thread(place(london), ref), card(), "reminder")


async def test_a_channel_that_the_bot_may_not_see_is_gone(bot: Discord, standin: StandIn, london: str) -> None:
    """Until it is let in again."""
    standin.faults.switch("bot_removed", channel=london)
    with pytest.raises(Gone):
        await bot.post(place(london), card(), "card 4")
    standin.faults.switch("bot_removed", on=False, channel=london)
    assert words(posted(standin, await bot.post(place(london), card(), "card 4"))) == "## Rust & Tell"


async def test_a_deleted_card_is_gone(bot: Discord, standin: StandIn, london: str) -> None:
    """It is not edited, and no thread hangs from it."""
    ref = await bot.post(place(london), card(), "card 4")
    standin.platform.messages.delete(standin.platform.messages.find(london, ref.partition("/")[2]))
    with pytest.raises(Gone):
        await bot.edit(place(london), ref, card())
    with pytest.raises(Gone):
        await bot.post(Thread(place(london), ref), line("Tomorrow."), "reminder")


async def test_closed_direct_messages_are_gone(bot: Discord, standin: StandIn, grace: Someone) -> None:
    """Somebody who takes none is told elsewhere."""
    standin.faults.switch("closed_direct_messages", user=grace.key)
    with pytest.raises(Gone):
        await bot.post(Person(DISCORD, grace.key), line("Hello."), "key")


async def test_somebody_who_is_nobody_is_gone(bot: Discord) -> None:
    """An account that does not exist any more."""
    with pytest.raises(Gone):
        await bot.post(Person(DISCORD, "1"), line("Hello."), "key")


async def test_a_discord_that_is_out_of_reach_is_busy(
    standin: StandIn, clock: Clock, addresses: None, london: str
) -> None:
    """Nothing was sent, so nothing is doubtful; nor is it before the first login."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    unreached = Discord("token", "1", COMMANDS, clock, f"http://127.0.0.1:{port}/api/v10", deadlines=QUICK)
    with pytest.raises(Busy, match="not been reached yet"):
        await unreached.post(place(london), card(), "key")
    with pytest.raises(Busy, match="out of reach"):
        await Sender(1, clock, within=5.0).login("token")


async def test_a_discord_that_does_not_answer_is_given_up(
    standin: StandIn, front: Front, clock: Clock, addresses: None, london: str
) -> None:
    """The postman is not kept waiting; what was posted may have arrived."""
    hasty = Discord(
        standin.token, standin.guild_id, COMMANDS, clock, standin.api_url, deadlines=replace(QUICK, send=0.2)
    )
    async with running(hasty, front):
        await connected(hasty)
        since = clock.now()
        ref = await hasty.post(place(london), card(), "card 4")
        standin.faults.switch("slow_answers", left=2, seconds=0.5)
        with pytest.raises(Busy):
            await hasty.edit(place(london), ref, card("New"))
        with pytest.raises(Unknown):
            await hasty.post(place(london), line("Late."), "key")
        late = f"discord/message/{london}/"
        messages = standin.board.rows
        [arrived] = await until(
            standin.board, lambda: [name for name, row in messages(late).items() if words(row) == "Late."]
        )
        assert await hasty.find(place(london), "key", since) == arrived.removeprefix("discord/message/")


@pytest.mark.parametrize("name", ["london", "#london", "#London ", "id"])
async def test_a_home_is_known_by_name_or_id(bot: Discord, london: str, name: str) -> None:
    """With or without its sign."""
    home = Home(place(london), "london")
    assert await bot.home(london if name == "id" else name) == home


async def test_a_channel_that_is_not_there_or_not_ours_to_write_in_is_no_home(
    adapter: Discord, front: Front, standin: StandIn, london: str
) -> None:
    """Better known at the start than at the first event."""
    everyone = standin.guild_id
    quiet, hidden = standin.add_channel("quiet"), standin.add_channel("hidden")
    standin.world.overwrite(quiet, everyone, deny=Permission.SEND_MESSAGES)
    standin.world.overwrite(hidden, everyone, deny=Permission.VIEW_CHANNEL)
    async with running(adapter, front):
        await connected(adapter)
        assert [await adapter.home(name) for name in ("nowhere", "quiet", "hidden")] == [None, None, None]
        assert await adapter.home("london") == Home(place(london), "london")


def test_a_mark_is_no_number_that_discord_gives_itself() -> None:
    """Thirty-one bits, clear of the small ones."""
    marks = [mark(f"key {n}") for n in range(500)]
    assert len(set(marks)) == 500
    assert all(1000 <= one < 2**31 for one in marks)
