"""Starting: with one platform or both, with none in reach, with company, or with a configuration that is wrong."""

import json
from pathlib import Path

import pytest

from tests.crash.process import MODULE, started
from tests.crash.relay import Relay
from tests.crash.rig import AT_HOME, CONNECTED, Rig
from tests.crash.test_the_seam import publish


async def refused(folder: Path, config: Path) -> str:
    """What a bot says that does not even start."""
    async with started(folder, config) as bot:
        assert await bot.ended() == 1
        assert "Traceback" not in bot.output
        return bot.output


async def test_two_bots_never_share_a_file(simple: Rig) -> None:
    """The second one says which process has it and what to do, and goes; a lock that the dead leave hinders nobody."""
    rig = simple
    await rig.open()
    first = rig.bot
    said = await refused(rig.folder, rig.configured())
    assert said.startswith("Error: Another bot is running with ")
    assert "Stop that one first, or give this one a database of its own." in said
    await first.killed()
    await rig.again()
    await rig.stop()


@pytest.mark.parametrize("only", ["slack", "discord"])
async def test_one_platform_is_enough(only: str, tmp_path: Path) -> None:
    """Where only one platform is configured, the bot runs on that, and the other hears nothing of it."""
    async with Rig(only, f"sqlite:///{tmp_path / 'flashmob.sqlite3'}", tmp_path).playing() as rig:
        bot = await rig.run(rig.configured(slack=only == "slack", discord=only == "discord"), command=MODULE)
        await bot.says(AT_HOME[only == "discord"])
        await publish(rig)
        await rig.until(lambda: True if rig.here.channel("london") else None, "A card")
        await rig.stop()
        assert {row["platform"] for row in rig.board.rows("wire/").values()} == {only}


async def test_it_keeps_trying_until_the_platforms_are_there(simple: Rig) -> None:
    """Started while no platform can be reached, it says so, and is at home as soon as they can."""
    rig = simple
    config = rig.configured()
    await rig.out_of_reach()
    bot = await rig.run(config)
    await bot.says("Slack is out of reach", "Discord is out of reach")
    await rig.within_reach()
    await bot.says(*AT_HOME)
    await rig.stop()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("[slack]\nbot_token = 'xoxb-1'", "app_token"),
        ("[discord]\ntoken = 'a.b.c'", "server"),
        ("[log]\nlevel = 'loud'", "level"),
        ("[storage\n", "config.toml"),
        ("", "slack"),
    ],
)
async def test_a_wrong_configuration_is_a_sentence(written: str, said: str, tmp_path: Path) -> None:
    """What is wrong is said in words that an operator can act upon, before anything is begun."""
    config = tmp_path / "config.toml"
    config.write_text(written, encoding="utf-8")
    words = await refused(tmp_path, config)
    assert words.startswith("Error: ")
    assert said in words
    assert not (tmp_path / "flashmob.sqlite3").exists()


async def test_a_database_out_of_reach_is_a_sentence(postgres_database: str, tmp_path: Path) -> None:
    """Started without its database, the bot says which one it means and where that is set."""
    async with Relay(postgres_database).running() as relay, Rig("slack", relay.url, tmp_path).playing() as rig:
        await relay.cut()
        assert "See [storage] url, or DATABASE_URL." in await refused(tmp_path, rig.configured())


async def test_no_token_is_ever_written(simple: Rig) -> None:
    """Not even by the libraries, when everything is logged, and not when a token is refused."""
    rig = simple
    rig.slack.faults.switch("error_after", left=3)
    bot = await rig.run(rig.configured(more='[log]\nlevel = "debug"\nformat = "json"'))
    await bot.says(*AT_HOME)
    await publish(rig)
    await rig.shows(seats="2, 2 left")
    await rig.here.press("Grace Hopper", "Going", on="london")
    await rig.there.press("Alan Turing", "Going", on="london")
    rig.discord.sockets.drop()
    await rig.slack.sockets("drop")
    await rig.stop()
    secrets = [rig.slack.bot_token, rig.slack.app_token, rig.discord.token]
    assert [secret for secret in secrets if secret in bot.output] == []
    for line in bot.output.splitlines():
        assert json.loads(line).keys() >= {"at", "level", "logger", "message"}


async def test_two_bots_share_a_server_and_say_everything_once(postgres_database: str, tmp_path: Path) -> None:
    """With PostgreSQL two may run side by side: one guest list, one card each, nobody answered or told twice."""
    async with Rig("slack", postgres_database, tmp_path).playing() as rig:
        await rig.open()
        first = rig.bot
        await (await rig.run()).says(*CONNECTED)
        await publish(rig, seats="1")
        await rig.shows(seats="1, 1 left")
        assert "You are going to" in (await rig.here.press("Grace Hopper", "Going", on="london")).words
        for hands, name in ((rig.there, "Alan Turing"), (rig.here, "Mary Seacole"), (rig.there, "Edsger Dijkstra")):
            assert "in line" in (await hands.press(name, "Going", on="london")).words
        assert "You are not coming" in (await rig.here.press("Grace Hopper", "Can’t make it", on="london")).words
        await rig.settle()
        assert [who for who, _words in rig.told()] == ["Alan Turing"]
        await rig.shows(seats="1, all taken", going_1="Alan Turing", waiting_2="Mary Seacole, Edsger Dijkstra")
        for bot in (first, rig.bot):
            await bot.stop()
            assert " error " not in bot.output, bot.output
