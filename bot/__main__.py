"""The command line, and the one module that knows everybody: it puts core, adapters and storage together."""

import asyncio
import errno
import json
import logging
import os
import signal
import tempfile
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from contextlib import AsyncExitStack
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO, TypeVar, cast

import click

from bot import config, logs
from bot.calls import Refusal
from bot.clock import Clock
from bot.config import Config, ConfigError
from bot.domain.people import Platform
from bot.domain.polls import PollId
from bot.features import COMMANDS
from bot.features.polls import recounting
from bot.features.sheets import csv_of
from bot.ports import Adapter, Busy, Transaction
from bot.settings import Secret
from bot.staff import Founding, Staff
from storage.database import database
from storage.errors import Unusable
from storage.hold import AlreadyRunning, hold
from storage.seal import Seal, kept

log = logging.getLogger("bot")

T = TypeVar("T")

STOPPED = 4.5
"""Seconds after which the bot is gone, once it was asked to stop; five are promised."""

if TYPE_CHECKING:
    from adapters.playground.ground import Ground


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="flashmob")
def main() -> None:
    """Flashmob: events, answers and reminders for a community that lives on Slack and Discord at once."""


@main.command()
@click.option(
    "--config",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The configuration file; `flashmob example` prints one to begin with.",
)
@click.option(
    "--rehearse-from",
    "start",
    metavar="TIME",
    type=datetime.fromisoformat,
    help="Rehearse: begin as if it were this moment, such as 2026-09-16T18:30:00+01:00, and run on from there.",
)
def run(path: Path, start: datetime | None) -> None:
    """Run the bot until it is stopped."""
    if start is not None and start.tzinfo is None:
        raise click.BadParameter("it must name its zone, such as +01:00 or Z at its end", param_hint="--rehearse-from")
    try:
        settings = config.load(path, os.environ)
    except ConfigError as error:
        raise click.ClickException(str(error)) from error
    logs.start(settings.log, settings.secrets())
    keys = path.absolute().parent
    _until_stopped(serve(settings, Clock(start), closing := asyncio.Event(), keys), closing)


CONFIGURED = click.option(
    "--config",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("config.toml"),
    show_default=True,
    help="The configuration file, which says where the database is.",
)


@main.command()
@click.argument("poll", type=click.IntRange(1))
@CONFIGURED
def recount(poll: int, path: Path) -> None:
    """Count POLL anew from its ballots, and print the rule by which it is counted."""
    for text in _looked_up(path, lambda tx: recounting.recount(tx, PollId(poll))):
        click.echo(str(text))


@main.command()
@click.argument("poll", type=click.IntRange(1))
@CONFIGURED
def export(poll: int, path: Path) -> None:
    """Print the result of POLL as CSV, with names only where its ballot allowed for that."""
    table = _looked_up(path, lambda tx: recounting.export(tx, PollId(poll)))
    click.echo(csv_of(table), nl=False)


@main.command()
@click.option("--port", default=4000, show_default=True, help="Where the page is served.")
@click.option("--slack-port", default=4001, show_default=True, help="Where the stand-in Slack listens.")
@click.option("--discord-port", default=4002, show_default=True, help="Where the stand-in Discord listens.")
@click.option(
    "--starts",
    "start",
    metavar="TIME",
    type=datetime.fromisoformat,
    help="Begin as if it were this moment, such as 2026-09-05T10:00:00+01:00.",
)
def play(port: int, slack_port: int, discord_port: int, start: datetime | None) -> None:
    """Play: a small Slack and a small Discord on this machine, the bot on both, and a page to see them."""
    logs.start(config.Log())
    closing = asyncio.Event()
    _until_stopped(rehearse(port, slack_port, discord_port, Clock(start), closing), closing)


@main.command()
@click.option("--slack-port", default=4001, show_default=True, help="Where the stand-in Slack listens; 0: anywhere.")
@click.option(
    "--discord-port", default=4002, show_default=True, help="Where the stand-in Discord listens; 0: anywhere."
)
@click.option("--page-port", default=4000, show_default=True, help="Where the page is served; 0: anywhere.")
@click.option("--fast", is_flag=True, help="No rate limits, and no five seconds between two IDENTIFYs.")
@click.option(
    "--slack-manifest",
    "manifest_file",
    type=click.File(encoding="utf-8"),
    help="The manifest of your Slack app, as JSON; without one everything is allowed and told.",
)
@click.option("--slack-bot-token", metavar="TOKEN", help="The bot token that Slack knows.")
@click.option("--slack-app-token", metavar="TOKEN", help="The app-level token that Slack knows.")
@click.option("--discord-token", metavar="TOKEN", help="The bot's token that Discord knows.")
@click.option("--discord-server", metavar="ID", help="The id of Discord's one server.")
@click.option(
    "--discord-intent",
    "intents",
    multiple=True,
    type=click.Choice(["members", "message_content", "presences"]),
    help="A privileged intent to enable, as in the developer portal; may be given several times.",
)
@click.option(
    "--discord-permissions",
    metavar="NUMBER",
    type=click.IntRange(0),
    help="What the bot may do in the server, as in the number of its invitation's link.",
)
def standin(
    slack_port: int, discord_port: int, page_port: int, fast: bool, manifest_file: TextIO | None, **told: Any
) -> None:
    """Start the small Slack and the small Discord alone, for a bot of your own; docs/standins.md says how."""
    from adapters.playground.ground import Ground

    clock = Clock()
    try:
        slack_app: Any = json.load(manifest_file) if manifest_file is not None else {}
        if not isinstance(slack_app, dict):
            raise ValueError("The manifest is a JSON object.")
        ground = Ground(
            clock,
            cast("dict[str, Any]", slack_app) or None,
            fast=fast,
            **{name: one for name, one in told.items() if one is not None},
        )
    except ValueError as error:
        raise click.ClickException(str(error)) from error
    closing = asyncio.Event()
    _until_stopped(lend(ground, slack_port, discord_port, page_port, clock, closing), closing)


@main.command()
def example() -> None:
    """Print a configuration to begin with."""
    click.echo(config.example(), nl=False)


@main.command()
@click.option("--prefix", default="", help="What goes before every slash command, as [slack] command_prefix says.")
def manifest(prefix: str) -> None:
    """Print the manifest that makes the Slack app."""
    from adapters.slack import manifest as slack_manifest

    click.echo(json.dumps(slack_manifest(COMMANDS, prefix), indent=2, ensure_ascii=False))


async def serve(settings: Config, clock: Clock, closing: asyncio.Event, keys: Path) -> None:
    """Run the bot with this configuration until `closing` is set; `keys` is the folder in which keys are kept."""
    url = settings.storage.url.reveal()
    async with AsyncExitStack() as stack:
        alone = stack.enter_context(hold(url))
        storage = await stack.enter_async_context(database(url, alone=alone, seal=seal_of(settings, keys)))
        staff = Staff(storage, adapters(settings, clock), clock, settings.community.name)
        await staff.work(founding(settings), closing)


def seal_of(settings: Config, keys: Path) -> Seal:
    """The seal of secret ballots: by the key that is configured, or the one that is kept in a file."""
    key = settings.polls.ballot_key.reveal()
    return Seal(key) if key else kept(keys / settings.polls.key_file)


def adapters(settings: Config, clock: Clock) -> list[Adapter]:
    """The adapters of the platforms that are configured; a library is loaded only with its platform."""
    made: list[Adapter] = []
    if slack := settings.slack:
        from adapters.slack import Slack

        tokens = slack.bot_token.reveal(), slack.app_token.reveal()
        made.append(Slack(*tokens, COMMANDS, clock, slack.api_url, slack.command_prefix))
    if discord := settings.discord:
        from adapters.discord import Discord

        made.append(
            Discord(discord.token.reveal(), discord.server, COMMANDS, clock, discord.api_url, discord.gateway_url)
        )
    return made


def founding(settings: Config) -> Sequence[Founding]:
    """The chapters that the configuration founds."""
    return [
        Founding(
            chapter.name,
            chapter.timezone,
            settings.community.reminders,
            {Platform("slack"): chapter.slack_channel, Platform("discord"): chapter.discord_channel},
        )
        for chapter in settings.chapters
    ]


async def rehearse(port: int, slack_port: int, discord_port: int, clock: Clock, closing: asyncio.Event) -> None:
    """Put up the stand-ins and the page, and run the bot on them with a database that is thrown away."""
    from adapters.playground.ground import Ground
    from adapters.playground.story import Story
    from adapters.playground.troubles import Troubles
    from adapters.slack import manifest as slack_manifest

    ground = Ground(clock, slack_manifest(COMMANDS))
    async with AsyncExitStack() as stack:
        await stack.enter_async_context(ground.open(slack_port, discord_port))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="flashmob-")))
        settings = playing(ground)
        url, seal = f"sqlite:///{folder / 'flashmob.sqlite3'}", seal_of(settings, folder)
        storage = await stack.enter_async_context(database(url, alone=True, seal=seal))
        staff = Staff(storage, adapters(settings, clock), clock, settings.community.name)
        move = _mover(clock)
        story = Story(ground.board, ground.slack, ground.discord, clock, move)
        troubles = Troubles(ground.board, {"stalled_database": ("The bot's database stands still", storage.writing)})
        stack.push_async_callback(troubles.close)
        page = ground.page(port, move, staff.next_ring, story.play, {"bot": troubles.act})
        stage = await stack.enter_async_context(page)
        click.echo(f"The playground is open at {stage.url} (Ctrl-C closes it).")
        await staff.work(founding(settings), closing)


async def lend(
    ground: "Ground", slack_port: int, discord_port: int, page_port: int, clock: Clock, closing: asyncio.Event
) -> None:
    """Put up the stand-ins and the page for somebody else's bot, and say how to connect it."""
    async with ground.open(slack_port, discord_port), ground.page(page_port, _mover(clock)) as stage:
        click.echo(f"{ground.connect()}Page     {stage.url} (Ctrl-C closes it all)")
        await closing.wait()


def _mover(clock: Clock) -> Callable[[datetime], Awaitable[None]]:
    """The clock's `move`, as the page's server calls it."""

    async def move(to: datetime) -> None:
        clock.move(to)

    return move


def playing(ground: "Ground") -> Config:
    """The configuration of the playground: both stand-ins, and a chapter in each of two cities."""
    slack, discord = ground.slack, ground.discord
    return Config(
        config.Community(name="Flashmob"),
        config.Storage(),
        config.Slack(Secret(slack.bot_token), Secret(slack.app_token), slack.api_url),
        config.Discord(Secret(discord.token), discord.guild_id, discord.api_url, discord.gateway_url),
        (
            config.Chapter("London", slack_channel="london", discord_channel="london"),
            config.Chapter("Birmingham", slack_channel="birmingham", discord_channel="birmingham"),
        ),
    )


def _looked_up(path: Path, look: Callable[[Transaction], Awaitable[T]]) -> T:
    """What a look into the database finds, while a bot may be at work on it."""

    async def looked() -> T:
        async with database(settings.storage.url.reveal()) as storage, storage.reading() as tx:
            return await look(tx)

    try:
        settings = config.load(path, os.environ)
        return asyncio.run(looked())
    except (ConfigError, Refusal, Unusable, Busy) as error:
        raise click.ClickException(str(error)) from error


def _until_stopped(work: Coroutine[Any, Any, None], closing: asyncio.Event) -> None:
    """Run until the work ends; Ctrl-C and SIGTERM ask it to close. What an operator can mend is said in a sentence."""

    async def supervised() -> None:
        loop = asyncio.get_running_loop()
        for name in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(name, closing.set)
        working, asked = asyncio.create_task(work), asyncio.create_task(closing.wait())
        await asyncio.wait({working, asked}, return_when=asyncio.FIRST_COMPLETED)
        asked.cancel()
        await asyncio.wait({working}, timeout=STOPPED)
        if not working.done():
            # Such as a database that takes every question and answers none. Whatever was acknowledged is on record.
            log.warning("Something does not let go of us in time; leaving without it.")
            os._exit(0)
        await working

    try:
        asyncio.run(supervised())
    except (AlreadyRunning, Unusable) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        raise click.ClickException(f"{error.strerror}. Name another port; 0 takes a free one.") from error
    except Busy as error:
        raise click.ClickException(f"{error}. See [storage] url, or DATABASE_URL.") from error


if __name__ == "__main__":
    main()
