"""The app: what its manifest says it may do, and its tokens (docs: App manifests)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from adapters.playground.slack.checks import string

OWN_COMMANDS = frozenset(
    # Slack's built-in commands (Help Center: Slash commands in Slack), which an app cannot take over.
    [
        "/active",
        "/apps",
        "/archive",
        "/away",
        "/call",
        "/collapse",
        "/dm",
        "/dnd",
        "/expand",
        "/feed",
        "/feedback",
        "/invite",
        "/join",
        "/kick",
        "/leave",
        "/me",
        "/msg",
        "/mute",
        "/open",
        "/part",
        "/rename",
        "/remind",
        "/remove",
        "/search",
        "/shortcuts",
        "/shrug",
        "/star",
        "/status",
        "/topic",
        "/who",
    ]
)
MOST_COMMANDS = 50
MOST_SHORTCUTS = 10


@dataclass(frozen=True, slots=True)
class App:
    """One installed app. Where a manifest says nothing (`None`), everything is allowed and passed on."""

    key: str
    bot_key: str
    bot_user: str
    name: str
    bot_token: str
    app_token: str
    commands: Mapping[str, Mapping[str, Any]] | None
    shortcuts: Mapping[tuple[str, str], Mapping[str, Any]] | None
    scopes: frozenset[str] | None
    subscriptions: frozenset[str] | None
    interactive: bool
    home_tab: bool
    messages_tab: bool

    def may(self, scopes: tuple[str, ...]) -> bool:
        """Whether the bot token has one of these scopes; methods that need none are open to all."""
        return not scopes or self.scopes is None or not self.scopes.isdisjoint(scopes)

    def hears(self, event: str) -> bool:
        """Whether the app subscribed to this event, named as in the manifest (`message.channels`)."""
        return self.subscriptions is None or event in self.subscriptions


def installed(
    manifest: Mapping[str, Any] | None, *, key: str, bot_key: str, bot_user: str, bot_token: str, app_token: str
) -> App:
    """The app that this manifest describes; a manifest that Slack would refuse is a `ValueError`."""
    told = manifest is not None
    manifest = manifest or {}
    features, settings = manifest.get("features", {}), manifest.get("settings", {})
    home = features.get("app_home", {})
    problems = problems_of(manifest) if told else []
    if problems:
        raise ValueError(f"Slack would refuse this manifest: {'; '.join(problems)}")
    commands = {one["command"]: one for one in features.get("slash_commands", ())}
    shortcuts = {(one["type"], one["callback_id"]): one for one in features.get("shortcuts", ())}
    scopes = frozenset(manifest.get("oauth_config", {}).get("scopes", {}).get("bot", ()))
    events = frozenset(settings.get("event_subscriptions", {}).get("bot_events", ()))
    return App(
        key=key,
        bot_key=bot_key,
        bot_user=bot_user,
        name=features.get("bot_user", {}).get("display_name", "bot"),
        bot_token=bot_token,
        app_token=app_token,
        commands=commands if told else None,
        shortcuts=shortcuts if told else None,
        scopes=scopes if told else None,
        subscriptions=events if told else None,
        interactive=not told or bool(settings.get("interactivity", {}).get("is_enabled")),
        home_tab=not told or bool(home.get("home_tab_enabled")),
        messages_tab=not told or bool(home.get("messages_tab_enabled", True)),
    )


def problems_of(manifest: Mapping[str, Any]) -> list[str]:
    """What Slack refuses about a manifest's commands and shortcuts (docs: App manifest reference)."""
    problems: list[str] = []
    features = manifest.get("features", {})
    commands, shortcuts = features.get("slash_commands", []), features.get("shortcuts", [])
    if len(commands) > MOST_COMMANDS:
        problems.append(f"no more than {MOST_COMMANDS} slash commands")
    if len(shortcuts) > MOST_SHORTCUTS:
        problems.append(f"no more than {MOST_SHORTCUTS} shortcuts")
    for n, one in enumerate(commands):
        string(32, 2, r"/[^\sA-Z/]+")(one.get("command"), f"/features/slash_commands/{n}/command", problems)
        string(2000, 1)(one.get("description"), f"/features/slash_commands/{n}/description", problems)
        string(1000)(one.get("usage_hint", ""), f"/features/slash_commands/{n}/usage_hint", problems)
        if one.get("command") in OWN_COMMANDS:
            problems.append(f"{one['command']} is one of Slack's own commands")
    names = [one.get("command") for one in commands]
    problems.extend(f"{name} is there twice" for name in sorted({one for one in names if names.count(one) > 1}))
    for n, one in enumerate(shortcuts):
        string(24, 1)(one.get("name"), f"/features/shortcuts/{n}/name", problems)
        string(255, 1)(one.get("callback_id"), f"/features/shortcuts/{n}/callback_id", problems)
        string(150, 1)(one.get("description"), f"/features/shortcuts/{n}/description", problems)
        if one.get("type") not in ("global", "message"):
            problems.append(f"/features/shortcuts/{n}/type must be global or message")
    return problems
