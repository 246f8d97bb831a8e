"""Mentions: whom a message would notify, and how people's own text is parsed into one."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from adapters.playground.slack.world import Json

PERSON = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
CROWD = re.compile(r"<!(?:here|channel|everyone|subteam\^[A-Z0-9]+)(?:\|[^>]*)?>")
TYPED_CROWD = re.compile(r"(?:^|(?<=\s))@(?:here|channel|everyone)\b")


def mentioned(
    text: str, blocks: Iterable[Json], members: Iterable[str], *, author: str, links_names: bool = False
) -> set[str]:
    """The people whom this message notifies; a crowd is everybody in the channel.

    Docs, "Formatting message text": `<@U…>` and `<!here>`, `<!channel>`, `<!everyone>`, `<!subteam^…>` notify;
    plain_text and escaped text do not. When there are blocks they are what is shown, and `text` is only a summary.
    """
    shown = list(blocks)
    people: set[str] = set()
    crowd = False
    for words in marked_up(shown) if shown else [text]:
        people.update(PERSON.findall(words))
        crowd = crowd or bool(CROWD.search(words)) or (links_names and bool(TYPED_CROWD.search(words)))
    for element in _rich(shown):
        match element.get("type"):
            case "user":
                people.add(element["user_id"])
            case "broadcast" | "usergroup":
                crowd = True
            case _:
                continue
    everybody = set(members) if crowd else set[str]()
    return (people | everybody) - {author}


def marked_up(blocks: Any) -> Iterator[str]:
    """Every text in these blocks that Slack reads as mrkdwn or Markdown."""
    if isinstance(blocks, list):
        for one in blocks:
            yield from marked_up(one)
    elif isinstance(blocks, dict):
        if blocks.get("type") in ("mrkdwn", "markdown") and isinstance(blocks.get("text"), str):
            yield blocks["text"]
        for one in blocks.values():
            yield from marked_up(one)


def _rich(value: Any, inside: bool = False) -> Iterator[Json]:
    """Every element of every rich_text block."""
    if isinstance(value, list):
        for one in value:
            yield from _rich(one, inside)
    elif isinstance(value, dict):
        inside = inside or value.get("type") == "rich_text"
        if inside:
            yield value
        for name in ("elements", "rows", "title", "text"):
            yield from _rich(value.get(name), inside)


def escaped(text: str) -> str:
    """Text as a person's client sends it (docs: Formatting message text, "Escaping text")."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def typed(text: str, users: Iterable[Json], channels: Iterable[Json], *, with_names: bool) -> str:
    """What a person typed, as Slack passes it on: escaped, with @names and #channels turned into references."""
    names: dict[str, str] = {}
    for user in users:
        label = f"|{user['name']}" if with_names else ""
        for name in (user["real_name"], user["profile"]["display_name"], user["name"]):
            names.setdefault(f"@{name}", f"<@{user['id']}{label}>")
    for channel in channels:
        if "name" in channel:
            names.setdefault(f"#{channel['name']}", f"<#{channel['id']}|{channel['name']}>")
    if not with_names:
        names |= {"@here": "<!here>", "@channel": "<!channel>", "@everyone": "<!everyone>"}
    known = "|".join(re.escape(escaped(name)) for name in sorted(names, key=len, reverse=True) if len(name) > 1)
    lookup = {escaped(name): reference for name, reference in names.items()}
    pattern = re.compile(rf"(?<!\w)(?:{known})(?!\w)") if known else None
    return pattern.sub(lambda found: lookup[found[0]], escaped(text)) if pattern else escaped(text)
