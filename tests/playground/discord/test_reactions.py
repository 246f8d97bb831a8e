"""Reactions, and messages that people change: what the bot may do, and what it hears."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest

from adapters.playground.discord import Discord
from adapters.playground.discord.gateway import Intent
from adapters.playground.discord.permissions import Permission
from adapters.playground.impossible import Impossible
from tests.playground.discord.raw import Line, Raw, Watch

Do = Callable[..., Any]
EMOJI = ("👍", "👍🏽", "🇬🇧", "7️⃣", "👩‍🚀", "☕", "🏴󠁧󠁢󠁥󠁮󠁧󠁿")


@pytest.fixture
def react(raw: Raw, london: str, watch: Watch) -> Do:
    """Puts or deletes a reaction over raw HTTP, a quarter of a second after the one before."""

    async def call(message: str, emoji: str, method: str = "PUT", whose: str = "/@me") -> Any:
        watch.passed += 0.25
        return await raw(method, f"/channels/{london}/messages/{message}/reactions/{quote(emoji)}{whose}")

    return call


async def test_the_bot_reacts_with_any_emoji_and_takes_it_back(
    post: Do, react: Do, standin: Discord, ada: str, london: str
) -> None:
    """The same once more changes nothing; what others think of it stays."""
    key = (await post({"content": "Card"})).json["id"]
    assert [(await react(key, one)).status for one in (*EMOJI, "👍")] == [204] * 8
    await standin.react(ada, london, key, "👍")
    row = standin.board.get(f"discord/message/{london}/{key}")
    assert row is not None
    told = {one["emoji"]["name"]: (one["count"], one["me"]) for one in row["reactions"]}
    assert told == {"👍": (2, True)} | dict.fromkeys(EMOJI[1:], (1, True))
    assert {(await react(key, one, "DELETE")).status for one in EMOJI} == {204}
    assert [one["id"] for one in (await react(key, "👍", "GET", "")).json] == [ada]


@pytest.mark.parametrize("emoji", ["x", "thumbsup", "👍👍", "7", "party:1"])
async def test_what_is_no_emoji_is_unknown(post: Do, react: Do, emoji: str) -> None:
    """Words, several at once, and custom ones, of which the server has none."""
    key = (await post({"content": "Card"})).json["id"]
    reply = await react(key, emoji)
    assert (reply.status, reply.code) == (400, 10014)


async def test_a_message_carries_twenty_reactions(post: Do, react: Do) -> None:
    """A twenty-first is refused."""
    key = (await post({"content": "Card"})).json["id"]
    replies = [await react(key, chr(0x1F600 + n)) for n in range(21)]
    assert ([one.status for one in replies], replies[-1].code) == ([204] * 20 + [403], 30010)


async def test_reactions_come_one_in_a_quarter_of_a_second(post: Do, react: Do, watch: Watch) -> None:
    """The second at once is 429."""
    key = (await post({"content": "Card"})).json["id"]
    await react(key, "👍")
    watch.passed -= 0.25
    assert (await react(key, "☕")).status == 429


async def test_reactions_need_permissions(
    post: Do, react: Do, standin: Discord, raw: Raw, london: str, grace: str
) -> None:
    """ADD_REACTIONS for a new emoji only, READ_MESSAGE_HISTORY always, MANAGE_MESSAGES for those of others."""
    key = (await post({"content": "Card"})).json["id"]
    await standin.react(grace, london, key, "👍")
    bot = standin.world.bot_key
    standin.overwrite(london, bot, deny=Permission.ADD_REACTIONS)
    assert [(await react(key, one)).status for one in ("☕", "👍")] == [403, 204]
    standin.overwrite(london, bot, deny=Permission.READ_MESSAGE_HISTORY)
    assert (await react(key, "👍")).code == 50013
    everything = f"/channels/{london}/messages/{key}/reactions"
    for allow, status in ((Permission(0), 403), (Permission.MANAGE_MESSAGES, 204)):
        standin.overwrite(london, bot, allow=allow)
        assert (await react(key, "👍", "DELETE", f"/{grace}")).status == status
        assert (await react(key, "👍", "DELETE", "")).status == status
        assert (await raw("DELETE", everything)).status == status


async def test_the_bot_hears_of_reactions_edits_and_deletions(
    dial: Do, standin: Discord, ada: str, grace: str, london: str
) -> None:
    """With the member who reacted; only with the intent for reactions."""
    line, deaf = await dial(), await dial()
    await line.identify(intents=Intent.GUILDS | Intent.GUILD_MESSAGES | Intent.GUILD_MESSAGE_REACTIONS)
    await deaf.identify(intents=Intent.GUILDS | Intent.GUILD_MESSAGES)
    key = (await standin.act("say", {"user": ada, "channel": london, "text": "Tea?"}))["message"]
    given = {"user": grace, "channel": london, "message": key, "emoji": "☕"}
    await standin.act("react", given)
    await standin.act("react", {**given, "on": False})
    added = await line.until("MESSAGE_REACTION_ADD")
    assert (added["user_id"], added["member"]["user"]["id"], added["message_author_id"]) == (grace, grace, ada)
    where = {"channel_id": london, "message_id": key, "guild_id": standin.guild_id, "user_id": grace}
    about = {**where, "emoji": {"id": None, "name": "☕"}, "burst": False, "type": 0}
    assert await line.until("MESSAGE_REACTION_REMOVE") == about
    mine = {"user": ada, "channel": london, "message": key}
    await standin.act("edit", {**mine, "text": "Coffee?"})
    await standin.act("delete", mine)
    for one in (line, deaf):
        assert (await one.until("MESSAGE_UPDATE"))["edited_timestamp"] is not None
        assert (await one.until("MESSAGE_DELETE"))["id"] == key
    assert [one["t"] for one in deaf.seen if "REACTION" in str(one["t"])] == []


async def test_people_change_only_what_is_theirs(post: Do, standin: Discord, ada: str, london: str) -> None:
    """The client offers nothing else; and nobody can react to what is gone."""
    key = (await post({"content": "Card"})).json["id"]
    given = {"user": ada, "channel": london, "message": key}
    for name, more in (("edit", {"text": "x"}), ("delete", {}), ("react", {"emoji": "tea"})):
        with pytest.raises(Impossible):
            await standin.act(name, {**given, **more})
    with pytest.raises(Impossible):
        await standin.act("react", {**given, "message": "1", "emoji": "☕"})


async def test_somebody_new_can_join(line: Line, dial: Do, standin: Discord) -> None:
    """The bot learns of it with the members intent, which must be enabled."""
    standin.sockets.door.privileged = int(Intent.GUILD_MEMBERS)
    listening = await dial()
    await listening.identify(intents=Intent.GUILDS | Intent.GUILD_MEMBERS)
    joined = await standin.act("join", {"name": "Hedy Lamarr"})
    told = await listening.until("GUILD_MEMBER_ADD")
    assert (told["user"]["id"], told["user"]["global_name"]) == (joined["user"], "Hedy Lamarr")
    with pytest.raises(Impossible):
        await standin.act("join", {"name": " "})
