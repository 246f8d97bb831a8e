"""Embeds: their limits, one by one and together (D resources/message.mdx, "Embed Limits")."""

from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json

MOST = 10
MOST_CHARACTERS = 6000


def checked(body: Part) -> list[Json]:
    """A message's embeds as Discord gives them back; `type` is always rich."""
    found = [_embed(part) for part in body.each("embeds", most=MOST) if part.is_object()]
    if sum(_size(one) for one in found) > MOST_CHARACTERS:
        words = f"Embed size exceeds maximum size of {MOST_CHARACTERS}"
        body.part("embeds").bad("MAX_EMBED_SIZE_EXCEEDED", words)
    return [one for one in found if len(one) > 1]


def _embed(part: Part) -> Json:
    drawn: Json = {"type": "rich"}
    for name, most in (("title", 256), ("description", 4096), ("url", 2048), ("timestamp", 64)):
        text = part.text(name, most=most)
        if text:
            drawn[name] = text
    colour = part.whole("color", least=0, most=0xFFFFFF)
    if colour is not None:
        drawn["color"] = colour
    for name, key, most in (("footer", "text", 2048), ("author", "name", 256)):
        if part.has(name) and part.part(name).is_object():
            inner = part.part(name)
            drawn[name] = {key: inner.text(key, least=1, most=most, required=True) or ""}
            if inner.has("icon_url"):
                drawn[name]["icon_url"] = inner.value["icon_url"]
            if inner.has("url"):
                drawn[name]["url"] = inner.value["url"]
    for name in ("image", "thumbnail"):
        if part.has(name) and part.part(name).is_object():
            url = part.part(name).text("url", least=1, most=2048, required=True) or ""
            drawn[name] = {"url": url, "proxy_url": url}
    fields = [_field(one) for one in part.each("fields", most=25) if one.is_object()]
    return {**drawn, "fields": fields} if fields else drawn


def _field(part: Part) -> Json:
    return {
        "name": part.text("name", least=1, most=256, required=True) or "",
        "value": part.text("value", least=1, most=1024, required=True) or "",
        "inline": part.flag("inline"),
    }


def _size(embed: Json) -> int:
    """The characters that count: title, description, fields, footer text and author name."""
    total = len(embed.get("title", "")) + len(embed.get("description", ""))
    total += len(embed.get("footer", {}).get("text", "")) + len(embed.get("author", {}).get("name", ""))
    return total + sum(len(one["name"]) + len(one["value"]) for one in embed.get("fields", ()))
