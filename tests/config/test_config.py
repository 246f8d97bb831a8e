"""The configuration: what a good file becomes, and what a person is told about any other."""

import tomllib
from dataclasses import FrozenInstanceError, fields
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.config import Chapter, Community, Config, ConfigError, Discord, Log, Polls, Slack, Storage, example, load
from bot.domain.leads import Lead
from bot.settings import Secret

SLACK = '[slack]\nbot_token = "xoxb-1-abc"\napp_token = "xapp-1-abc"\n'
ENVIRONMENT = {"SLACK_BOT_TOKEN": "xoxb-2-def", "SLACK_APP_TOKEN": "xapp-2-def"}
TABLES: dict[str, type] = {
    "community": Community,
    "chapters": Chapter,
    "slack": Slack,
    "discord": Discord,
    "storage": Storage,
    "polls": Polls,
    "log": Log,
}


def read(folder: Path, text: str, **environ: str) -> Config:
    """The configuration that `text` is."""
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return load(path, environ)


def mistakes(folder: Path, text: str, **environ: str) -> list[str]:
    """What a person is told about `text`, without the line that names the file."""
    with pytest.raises(ConfigError) as caught:
        read(folder, text, **environ)
    heading, *sentences = str(caught.value).split("\n- ")
    assert heading == f"{folder / 'config.toml'} cannot be used yet:"
    return sentences


def test_the_example_in_the_checkout_is_what_an_installed_bot_prints() -> None:
    """There is one example, though it can be had in two ways."""
    checkout = Path(__file__).parent.parent.parent / "config.example.toml"
    assert checkout.read_text(encoding="utf-8") == example()


def test_the_example_names_every_setting_and_no_other() -> None:
    """Nothing can be set that the example does not explain."""
    shown = tomllib.loads(example())
    shown["chapters"] = shown["chapters"][0]
    assert {name: list(settings) for name, settings in shown.items()} == {
        name: [declared.name for declared in fields(kind)] for name, kind in TABLES.items()
    }


def test_the_example_loads_as_it_is_and_keeps_every_default(tmp_path: Path) -> None:
    """Copying the example changes nothing but the chapter that it shows."""
    copied = read(tmp_path, example(), **ENVIRONMENT)
    assert copied == Config(
        community=Community(),
        storage=Storage(Secret(f"sqlite:///{tmp_path}/flashmob.sqlite3")),
        slack=Slack(Secret("xoxb-2-def"), Secret("xapp-2-def")),
        chapters=(Chapter("London", ZoneInfo("Europe/London"), "london", "london"),),
    )


def test_every_setting_is_read(tmp_path: Path) -> None:
    """A full file becomes values with meanings."""
    text = """
        [community]
        name = "Tea & Code"
        timezone = "Europe/Paris"
        language = "en"
        reminders = ["1 week", "30 minutes", "1 week"]
        [[chapters]]
        name = "Lyon"
        slack_channel = "C0123"
        discord_channel = 4711
        [[chapters]]
        name = "Berlin"
        timezone = "Europe/Berlin"
        slack_channel = "#berlin"
        [slack]
        bot_token = "xoxb-1"
        app_token = "xapp-1"
        api_url = "http://127.0.0.1:4001/api"
        command_prefix = "fm-"
        [discord]
        token = "abc.def.ghi"
        server = 1234567890
        api_url = "http://127.0.0.1:4002/api/v10/"
        [storage]
        url = "postgres://me:pass%40word@localhost/flashmob"
        [log]
        level = "Debug"
        format = "json"
    """
    assert read(tmp_path, text) == Config(
        community=Community("Tea & Code", ZoneInfo("Europe/Paris"), "en", (Lead(days=7), Lead(minutes=30))),
        storage=Storage(Secret("postgres://me:pass%40word@localhost/flashmob")),
        slack=Slack(Secret("xoxb-1"), Secret("xapp-1"), "http://127.0.0.1:4001/api/", "fm-"),
        discord=Discord(
            Secret("abc.def.ghi"), "1234567890", "http://127.0.0.1:4002/api/v10", "ws://127.0.0.1:4002/gateway"
        ),
        chapters=(
            Chapter("Lyon", ZoneInfo("Europe/Paris"), "C0123", "4711"),
            Chapter("Berlin", ZoneInfo("Europe/Berlin"), "berlin", ""),
        ),
        log=Log("debug", "json"),
    )


@pytest.mark.parametrize(
    ("told", "gateway"),
    [
        ("", ""),
        ('api_url = "http://127.0.0.1:4002/api/v10"', "ws://127.0.0.1:4002/gateway"),
        ('api_url = "https://stand-in.example/api/v10"', "wss://stand-in.example/gateway"),
        ('api_url = "http://127.0.0.1:4002/api/v10"\ngateway_url = "ws://127.0.0.1:9/g"', "ws://127.0.0.1:9/g"),
    ],
)
def test_a_stand_ins_gateway_is_beside_its_api_unless_told_otherwise(tmp_path: Path, told: str, gateway: str) -> None:
    """One address is enough for a stand-in, and none for Discord itself."""
    config = read(tmp_path, f'[discord]\ntoken = "a.b.c"\nserver = "42"\n{told}')
    assert config.discord is not None
    assert config.discord.gateway_url == gateway


def test_the_environments_secrets_win_over_the_files(tmp_path: Path) -> None:
    """A deployment can keep its secrets out of the file; an empty variable says nothing."""
    config = read(
        tmp_path,
        SLACK + '[storage]\nurl = "sqlite:///here.sqlite3"\n[discord]\nserver = 42\ntoken = "from.the.file"',
        SLACK_BOT_TOKEN=" xoxb-environment\n",
        SLACK_APP_TOKEN="",
        DISCORD_TOKEN="from.the.environment",
        DATABASE_URL="postgresql://me@localhost/flashmob",
    )
    assert config.slack == Slack(Secret("xoxb-environment"), Secret("xapp-1-abc"))
    assert config.discord == Discord(Secret("from.the.environment"), "42")
    assert config.storage.url.reveal() == "postgresql://me@localhost/flashmob"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("sqlite:///data/bot.sqlite3", "sqlite:///{folder}/data/bot.sqlite3"),
        ("sqlite:////srv/bot.sqlite3", "sqlite:////srv/bot.sqlite3"),
        ("postgresql://me@/flashmob?host=/run/postgresql", "postgresql://me@/flashmob?host=/run/postgresql"),
    ],
)
def test_a_sqlite_file_lies_beside_the_configuration(tmp_path: Path, url: str, kept: str) -> None:
    """Where the bot is started from does not change where its data lies."""
    config = read(tmp_path, f'{SLACK}[storage]\nurl = "{url}"')
    assert config.storage.url.reveal() == kept.format(folder=tmp_path)


def test_a_configuration_cannot_change_and_shows_no_secret(tmp_path: Path) -> None:
    """Whoever prints a configuration gives nothing away; `secrets()` lists what must never be shown."""
    text = SLACK + '[discord]\ntoken = "a.b.c"\nserver = 42\n[storage]\nurl = "postgres://me:p%40ss@localhost/flashmob"'
    config = read(tmp_path, text)
    words = [secret.reveal() for secret in config.secrets()]
    assert words == ["xoxb-1-abc", "xapp-1-abc", "a.b.c", "p%40ss", "p@ss"]
    printed = f"{config!r} {config} {config.slack} {config.storage}"
    assert [word for word in (*words, "postgres://") if word in printed] == []
    with pytest.raises(FrozenInstanceError):
        config.log.level = "debug"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("[slack]\nbot_tokne = 'x'", "Unknown setting [slack] bot_tokne: did you mean bot_token?"),
        ("[storage]\nfile = 'x'", "Unknown setting [storage] file: there is url."),
        ("[log]\ncolour = 'x'", "Unknown setting [log] colour: there is level and format."),
        (
            "[[chapters]]\nname = 'A'\nchannel = 'x'",
            "Unknown setting [[chapters]] 1: channel: did you mean slack_channel?",
        ),
        ("[slak]", "Unknown part [slak]: did you mean slack?"),
        ("slack = 1", "[slack] must be a part of its own: its name in brackets, its settings below it."),
        ("[slack]\nbot_token = 5", "[slack] bot_token must be text in quotes, not a number."),
        ("[community]\nname = true", "[community] name must be text in quotes, not true or false."),
        ("[community]\nname = ['x']", "[community] name must be text in quotes, not a list."),
        ("[community]\nname = {}", "[community] name must be text in quotes, not a table."),
        ("[community]\nname = 2026-09-17", "[community] name must be text in quotes, not a date or time."),
        (
            "[community]\ntimezone = 'Europe/Lundon'",
            "[community] timezone: “Europe/Lundon” is not a time zone: did you mean Europe/London?",
        ),
        (
            "[community]\ntimezone = 'new york'",
            "[community] timezone: “new york” is not a time zone: did you mean America/New_York?",
        ),
        (
            "[community]\ntimezone = '???'",
            "[community] timezone: “???” is not a time zone: write one such as Europe/London.",
        ),
        (
            "[community]\nlanguage = 'English'",
            "[community] language: “English” is not a language that I speak: write en, the only one so far.",
        ),
        (
            "[community]\nreminders = '1 day'",
            '[community] reminders must be a list of texts, such as ["1 day", "2 hours"].',
        ),
        (
            "[community]\nreminders = ['soon']",
            (
                "[community] reminders: “soon” is not a length of time: "
                "write for example “1 day”, “2 hours” or “30 minutes”."
            ),
        ),
        ("[chapters]\nname = 'A'", "Chapters are written as [[chapters]], with two brackets, once for each chapter."),
        ("[[chapters]]\nslack_channel = 'a'", "[[chapters]] 1: name is missing: what is this chapter called?"),
        (
            "[[chapters]]\nname = 'Bath'\n[[chapters]]\nname = 'bath'",
            "[[chapters]] 2: there is a chapter called “bath” already: give each its own name.",
        ),
        ("[log]\nlevel = 'verbose'", "[log] level: “verbose” is unknown: there is debug, info, warning and error."),
        ("[log]\nformat = 'jsonl'", "[log] format: “jsonl” is unknown: did you mean json?"),
        (
            "[slack]\napi_url = 'localhost:4001'",
            "[slack] api_url: this is not an address: it begins with http:// or https://",
        ),
        (
            "[slack]\napi_url = 'http://[::1'",
            "[slack] api_url: this is not an address: it begins with http:// or https://",
        ),
        (
            "[discord]\ngateway_url = 'http://x'",
            "[discord] gateway_url: this is not an address: it begins with ws:// or wss://",
        ),
        (
            "[slack]\ncommand_prefix = '/fm'",
            (
                "[slack] command_prefix: “/fm” cannot begin a command: "
                "use at most 16 small letters, digits, hyphens and underscores."
            ),
        ),
        (
            "[storage]\nurl = 'mysql://me:secret@x/y'",
            "[storage] url: mysql:// is no database that the bot knows: use sqlite:/// or postgresql://",
        ),
        (
            "[storage]\nurl = 'bot.sqlite3'",
            "[storage] url: this is not a database's URL: a SQLite file is written sqlite:///folder/name.sqlite3",
        ),
        (
            "[storage]\nurl = 'sqlite://'",
            "[storage] url: a SQLite database needs a file, after three slashes: sqlite:///folder/name.sqlite3",
        ),
        (
            "[discord]\nserver = 'Tea & Code'\ntoken = 'a.b.c'",
            "[discord] server must be the server's id, a number, not its name: use “Copy Server ID”.",
        ),
        (
            "[discord]\nserver = 42\ntoken = 'Bot a.b.c'",
            "[discord] token must be the token alone, without “Bot” before it.",
        ),
    ],
)
def test_each_mistake_is_told_in_a_sentence(tmp_path: Path, text: str, sentence: str) -> None:
    """A mistake is named by its setting, with what mends it, and nothing else is complained of."""
    assert mistakes(tmp_path, text, **({} if "[slak]" in text or "slack" in text else ENVIRONMENT)) == [sentence]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            "[slack]\nbot_token = 'xoxb-1'",
            ["Slack is only half configured: set [slack] app_token (or SLACK_APP_TOKEN) too, or unset the rest."],
        ),
        (
            "[slack]\napp_token = 'xapp-1'",
            ["Slack is only half configured: set [slack] bot_token (or SLACK_BOT_TOKEN) too, or unset the rest."],
        ),
        (
            "[discord]\nserver = 42",
            ["Discord is only half configured: set [discord] token (or DISCORD_TOKEN) too, or unset the rest."],
        ),
        (
            "[discord]\ntoken = 'a.b.c'",
            ["Discord is only half configured: set [discord] server too, or unset the rest."],
        ),
        ("", ["No platform is configured: set [slack] bot_token and app_token, or [discord] token and server."]),
        (
            "[slack]\nbot_token = 'xapp-1'\napp_token = 'xoxb-1'",
            ["[slack] bot_token and app_token are swapped: bot_token begins with xoxb-, app_token with xapp-."],
        ),
        (
            "[slack]\nbot_token = 'xoxp-1'\napp_token = 'a'",
            [
                "[slack] bot_token must begin with xoxb-: take it from “OAuth & Permissions”.",
                "[slack] app_token must begin with xapp-: take it from “Basic Information”, “App-Level Tokens”.",
            ],
        ),
    ],
)
def test_a_platform_is_configured_whole_or_not_at_all(tmp_path: Path, text: str, sentences: list[str]) -> None:
    """Half a platform is a mistake, and so is none; each sentence names what is missing."""
    assert mistakes(tmp_path, text) == sentences


def test_a_stand_in_takes_any_token(tmp_path: Path) -> None:
    """How Slack's own tokens begin is nothing to a stand-in."""
    config = read(tmp_path, "[slack]\nbot_token = 'a'\napp_token = 'b'\napi_url = 'http://127.0.0.1:1/api/'")
    assert config.slack == Slack(Secret("a"), Secret("b"), "http://127.0.0.1:1/api/")


def test_all_mistakes_are_told_at_once_and_none_gives_a_secret_away(tmp_path: Path) -> None:
    """Mending a file takes one round."""
    text = """
        [slack]
        bot_token = "xapp-hush"
        bot_tokken = "hush"
        [storage]
        url = "mysql://me:hush@x/y"
        [log]
        level = "loud"
    """
    told = mistakes(tmp_path, text, DISCORD_TOKEN="Bot hush")
    assert [sentence.split(":")[0] for sentence in told] == [
        "[storage] url",
        "Unknown setting [slack] bot_tokken",
        "Slack is only half configured",
        "Discord is only half configured",
        "[discord] token must be the token alone, without “Bot” before it.",
        "[log] level",
    ]
    assert "hush" not in " ".join(told)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A missing file, a folder, other bytes than text and other text than TOML are each told apart."""

    def told(path: Path) -> str:
        with pytest.raises(ConfigError) as caught:
            load(path, {})
        return str(caught.value)

    missing, bytes_, broken = tmp_path / "no.toml", tmp_path / "bytes.toml", tmp_path / "broken.toml"
    bytes_.write_bytes(b"\xff\xfe")
    broken.write_text("[slack]\nbot_token = xoxb-hush\n")
    assert told(missing) == f"There is no {missing}: copy config.example.toml to it and fill in a platform."
    assert told(tmp_path).startswith(f"{tmp_path} cannot be read: ")
    assert told(bytes_).startswith(f"{bytes_} cannot be read: ")
    assert told(broken) == (
        f"{broken} is not TOML: Invalid value (at line 2, column 13). "
        "Texts stand in quotes, and each setting on its own line."
    )
