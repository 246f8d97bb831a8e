"""The configuration: config.toml and a few environment variables, read into values that cannot change."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, cast, get_args
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from bot import meanings
from bot.domain.leads import Lead
from bot.settings import Secret, Table, meant, setting, written

Level = Literal["debug", "info", "warning", "error"]
Format = Literal["text", "json"]

SHORTEST_KEY = 32
"""Letters that a key has at least."""

LONDON = ZoneInfo("Europe/London")


class ConfigError(Exception):
    """The configuration cannot be used; the message says where, what, and what mends it."""


@dataclass(frozen=True, slots=True)
class Slack:
    """Slack. Leave the tokens empty to run without it."""

    bot_token: Secret = setting(
        Secret(""),
        "The bot's own token: “OAuth & Permissions” of your Slack app shows it, and it begins with xoxb-.\n"
        "The environment variable SLACK_BOT_TOKEN wins over what is written here.",
        variable="SLACK_BOT_TOKEN",
    )
    app_token: Secret = setting(
        Secret(""),
        "The token for Socket Mode: “Basic Information”, “App-Level Tokens”, with the scope connections:write.\n"
        "It begins with xapp-. The environment variable SLACK_APP_TOKEN wins over what is written here.",
        variable="SLACK_APP_TOKEN",
    )
    api_url: str = setting("", "Where Slack answers. Empty: Slack itself. Only a stand-in needs an address here.")
    command_prefix: str = setting(
        "", "What every slash command begins with, for a workspace where a short name is taken: “fm-” makes /fm-event."
    )


@dataclass(frozen=True, slots=True)
class Discord:
    """Discord. Leave the token empty to run without it."""

    token: Secret = setting(
        Secret(""),
        "The bot's token: “Bot” of your application in Discord's developer portal shows it once.\n"
        "The environment variable DISCORD_TOKEN wins over what is written here.",
        variable="DISCORD_TOKEN",
    )
    server: str = setting(
        "",
        "The id of your server. Switch on “Developer Mode” in Discord's settings, under “Advanced”;\n"
        "then the menu of the server's name offers “Copy Server ID”.",
    )
    api_url: str = setting("", "Where Discord answers. Empty: Discord itself. Only a stand-in needs an address here.")
    gateway_url: str = setting(
        "",
        "Where Discord's gateway answers. Empty: where Discord says, or with api_url set, /gateway at that address.",
    )


@dataclass(frozen=True, slots=True)
class Storage:
    """Where everything is kept."""

    url: Secret = setting(
        Secret(""),
        "Empty: the SQLite file flashmob.sqlite3 beside this file. Another file: sqlite:///folder/name.sqlite3\n"
        "PostgreSQL: postgresql://name:password@host/database\n"
        "The environment variable DATABASE_URL wins over what is written here.",
        variable="DATABASE_URL",
    )


@dataclass(frozen=True, slots=True)
class Polls:
    """Secret polls. Whoever has their key can find out who chose what, so keep it apart from the database."""

    key_file: str = setting(
        "ballots.key",
        "The file with the key, beside this file unless it names a folder; made when the bot first starts.\n"
        "Keep it when you move, and out of the database's backups: without it nobody can change a secret ballot.",
    )
    ballot_key: Secret = setting(
        Secret(""),
        "The key itself, in place of the file: 32 letters or more.\n"
        "The environment variable FLASHMOB_BALLOT_KEY wins over what is written here.",
        variable="FLASHMOB_BALLOT_KEY",
    )


@dataclass(frozen=True, slots=True)
class Community:
    """The people whom the bot serves."""

    name: str = setting("Our community", "What the community is called: the bot names it when somebody asks for help.")
    timezone: ZoneInfo = setting(LONDON, "The time zone of chapters that name none of their own.")
    language: str = setting("en", "The language in which the bot speaks: en, English, is the only one so far.")
    reminders: tuple[Lead, ...] = setting(
        (Lead(days=1), Lead(minutes=120)),
        "How long before an event those going are reminded: weeks, days, hours or minutes. An empty list: never.",
    )


@dataclass(frozen=True, slots=True)
class Chapter:
    """A city group to begin with: one such part each. It is made when missing, and given a home where it has none.

    Later changes are made in chat, by /chapter edit. They stay, whatever stands here, and the log says what differs.
    """

    name: str = setting("", "What the chapter is called.", shown="London")
    timezone: ZoneInfo = setting(LONDON, "Its time zone, such as “Europe/London”. Empty: the community's.", shown="")
    slack_channel: str = setting("", "Its home on Slack: a channel's name or id. Empty: none.", shown="#london")
    discord_channel: str = setting("", "Its home on Discord: a channel's name or id. Empty: none.", shown="#london")


@dataclass(frozen=True, slots=True)
class Log:
    """What the bot writes about its own work. Tokens and passwords never appear there."""

    level: Level = setting("info", "How much: debug, info, warning or error.")
    format: Format = setting("text", "text: a line for people. json: an object a line, for programs.")


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set. A platform that is None is not configured, and the bot runs without it."""

    community: Community
    storage: Storage
    slack: Slack | None = None
    discord: Discord | None = None
    chapters: tuple[Chapter, ...] = ()
    log: Log = Log()
    polls: Polls = Polls()

    def secrets(self) -> tuple[Secret, ...]:
        """Every word that must never be shown: the tokens, and the database's password."""
        tokens = [self.slack.bot_token, self.slack.app_token] if self.slack else []
        tokens += [self.discord.token] if self.discord else []
        password = urlsplit(self.storage.url.reveal()).password or ""
        tokens.append(self.polls.ballot_key)
        return tuple(secret for secret in (*tokens, Secret(password), Secret(unquote(password))) if secret)


_TABLES: Mapping[str, type] = {
    "community": Community,
    "chapters": Chapter,
    "slack": Slack,
    "discord": Discord,
    "storage": Storage,
    "polls": Polls,
    "log": Log,
}


def load(path: Path, environ: Mapping[str, str]) -> Config:
    """Read a configuration file, with the environment's secrets; raises ConfigError with all that is wrong at once."""
    return _Reading(path, _document(path), environ).config()


def example() -> str:
    """A configuration file with every setting, its meaning and its default."""
    opening = (
        "# Flashmob's configuration: copy this to config.toml and fill in one platform, or both.\n"
        "# Every setting stands here with its default; what you leave out or empty keeps it.\n"
    )
    return opening + "".join(
        f"\n\n{_meaning(kind)}\n{_heading(name)}\n{written(kind)}" for name, kind in _TABLES.items()
    )


def _meaning(kind: type) -> str:
    """What a table is for, as comments."""
    return "\n".join(f"# {line.strip()}" for line in (kind.__doc__ or "").strip().splitlines() if line.strip())


def _document(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as missing:
        raise ConfigError(f"There is no {path}: copy config.example.toml to it and fill in a platform.") from missing
    except (OSError, UnicodeDecodeError) as no:
        raise ConfigError(f"{path} cannot be read: {no}.") from no
    except tomllib.TOMLDecodeError as no:
        raise ConfigError(f"{path} is not TOML: {no}. Texts stand in quotes, and each setting on its own line.") from no


class _Reading:
    """One reading of a file, which collects everything that is wrong before it says so."""

    def __init__(self, path: Path, document: Mapping[str, object], environ: Mapping[str, str]) -> None:
        self.path, self.document, self.environ = path, document, environ
        self.mistakes: list[str] = []

    def config(self) -> Config:
        self.mistakes += [
            f"Unknown part [{name}]: {meant(name, _TABLES)}" for name in self.document if name not in _TABLES
        ]
        community = self.community()
        config = Config(community, self.storage(), self.slack(), self.discord(), self.chapters(community), self.log())
        config = replace(config, polls=self.polls())
        if config.slack is None and config.discord is None and not self.mistakes:
            self.mistakes.append(
                "No platform is configured: set [slack] bot_token and app_token, or [discord] token and server."
            )
        if self.mistakes:
            raise ConfigError("\n- ".join([f"{self.path} cannot be used yet:", *self.mistakes]))
        return config

    def community(self) -> Community:
        table = self.table("community")
        return Community(
            table.text("name"),
            table.parsed("timezone", meanings.zone),
            table.parsed("language", meanings.language),
            tuple(dict.fromkeys(table.several("reminders", Lead.read))),
        )

    def storage(self) -> Storage:
        folder = self.path.absolute().parent
        told = self.table("storage").parsed("url", lambda text: Secret(meanings.database(text, folder)))
        return Storage(told or Secret(f"sqlite:///{folder / 'flashmob.sqlite3'}"))

    def polls(self) -> Polls:
        table = self.table("polls")
        key = table.secret("ballot_key")
        if key and len(key.reveal()) < SHORTEST_KEY:
            table.wrong(f"[polls] ballot_key has {len(key.reveal())} letters; it needs {SHORTEST_KEY} or more.")
        return Polls(table.text("key_file") or Polls().key_file, key)

    def slack(self) -> Slack | None:
        table = self.table("slack")
        bot_token, app_token = table.secret("bot_token"), table.secret("app_token")
        api_url = table.parsed("api_url", lambda text: meanings.api(text) + "/")
        slack = Slack(bot_token, app_token, api_url, table.parsed("command_prefix", meanings.prefix))
        if not (bot_token or app_token):
            return None
        for name, told in (("bot_token", bot_token), ("app_token", app_token)):
            if not told:
                self.half("Slack", table, f"{name} (or {table.variable(name)})")
        if bot_token and app_token and not api_url:
            self.mistakes += _wrong_tokens(bot_token.reveal(), app_token.reveal())
        return slack

    def discord(self) -> Discord | None:
        table = self.table("discord")
        token, server = table.secret("token"), table.key("server")
        api_url, gateway_url = table.parsed("api_url", meanings.api), table.parsed("gateway_url", meanings.gateway)
        if server and not (server.isascii() and server.isdigit()):
            table.wrong("[discord] server must be the server's id, a number, not its name: use “Copy Server ID”.")
        if not (token or server):
            return None
        if not token:
            self.half("Discord", table, f"token (or {table.variable('token')})")
        if not server:
            self.half("Discord", table, "server")
        if " " in token.reveal():
            table.wrong("[discord] token must be the token alone, without “Bot” before it.")
        return Discord(token, server, api_url, gateway_url or meanings.gateway_beside(api_url))

    def chapters(self, community: Community) -> tuple[Chapter, ...]:
        given = self.document.get("chapters", [])
        if not isinstance(given, list) or not all(isinstance(each, dict) for each in cast("list[object]", given)):
            self.mistakes.append("Chapters are written as [[chapters]], with two brackets, once for each chapter.")
            return ()
        tables = [
            self.checked(Table(f"[[chapters]] {number}:", Chapter, each, self.environ, self.mistakes))
            for number, each in enumerate(cast("list[Mapping[str, object]]", given), 1)
        ]
        chapters = tuple(_chapter(table, community.timezone) for table in tables)
        seen: set[str] = set()
        for chapter, table in zip(chapters, tables, strict=True):
            if chapter.name and chapter.name.casefold() in seen:
                table.wrong(f"{table.name} there is a chapter called “{chapter.name}” already: give each its own name.")
            seen.add(chapter.name.casefold())
        return chapters

    def log(self) -> Log:
        table = self.table("log")
        return Log(
            table.parsed("level", meanings.one_of(cast("tuple[Level, ...]", get_args(Level)))),
            table.parsed("format", meanings.one_of(cast("tuple[Format, ...]", get_args(Format)))),
        )

    def table(self, name: str) -> Table:
        given = self.document.get(name, {})
        if not isinstance(given, dict):
            self.mistakes.append(f"[{name}] must be a part of its own: its name in brackets, its settings below it.")
            given = {}
        settings = cast("Mapping[str, object]", given)
        return self.checked(Table(f"[{name}]", _TABLES[name], settings, self.environ, self.mistakes))

    def checked(self, table: Table) -> Table:
        table.check_names()
        return table

    def half(self, platform: str, table: Table, missing: str) -> None:
        table.wrong(f"{platform} is only half configured: set {table.name} {missing} too, or unset the rest.")


def _chapter(table: Table, zone: ZoneInfo) -> Chapter:
    name = table.text("name")
    if not name:
        table.wrong(f"{table.name} name is missing: what is this chapter called?")
    return Chapter(
        name,
        table.parsed("timezone", meanings.zone) if table.given.get("timezone") else zone,
        table.key("slack_channel").removeprefix("#"),
        table.key("discord_channel").removeprefix("#"),
    )


def _wrong_tokens(bot_token: str, app_token: str) -> list[str]:
    if bot_token.startswith("xapp-") and app_token.startswith("xoxb-"):
        return ["[slack] bot_token and app_token are swapped: bot_token begins with xoxb-, app_token with xapp-."]
    mistakes: list[str] = []
    if not bot_token.startswith("xoxb-"):
        mistakes.append("[slack] bot_token must begin with xoxb-: take it from “OAuth & Permissions”.")
    if not app_token.startswith("xapp-"):
        mistakes.append(
            "[slack] app_token must begin with xapp-: take it from “Basic Information”, “App-Level Tokens”."
        )
    return mistakes


def _heading(name: str) -> str:
    return "[[chapters]]" if name == "chapters" else f"[{name}]"
