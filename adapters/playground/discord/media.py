"""Pictures and files in components: a URL or an attachment of the same message (D components/reference.mdx)."""

from collections.abc import Callable, Mapping
from typing import Any

from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json

ATTACHMENT = "attachment://"


def item(
    part: Part, name: str, attachments: Mapping[str, Json], mint: Callable[[], str], *, only_attachments: bool = False
) -> Json | None:
    """An unfurled media item; an `attachment://` reference must name a file of this message."""
    if not part.required(name) or not part.part(name).is_object():
        return None
    inner = part.part(name)
    url = inner.text("url", least=1, most=2048, required=True)
    if url is None:
        return None
    if url.startswith(ATTACHMENT):
        attachment = attachments.get(url.removeprefix(ATTACHMENT))
        if attachment is None:
            words = "The referenced attachment was not found"
            inner.part("url").bad("UNFURLED_MEDIA_ITEM_REFERENCED_ATTACHMENT_NOT_FOUND", words)
            return None
        return _of(attachment)
    kept = next((one for one in attachments.values() if one["url"] == url), None)
    if kept is not None:
        return _of(kept)
    if only_attachments:
        inner.part("url").bad("UNFURLED_MEDIA_ITEM_ATTACHMENT_REQUIRED", "Only attachment:// references are supported")
        return None
    if not url.startswith(("http://", "https://")):
        words = f"Scheme \"{url.partition(':')[0]}\" is not supported. Scheme must be one of ('http', 'https')."
        inner.part("url").bad("URL_TYPE_INVALID_SCHEME", words)
        return None
    return {"id": mint(), "url": url, "proxy_url": url, "width": None, "height": None, "content_type": None}


def described(part: Part, name: str, attachments: Mapping[str, Json], mint: Callable[[], str]) -> Json:
    """A thumbnail or a picture of a gallery: what it shows, its alt text of at most 1024 characters, hidden or not."""
    drawn: Json = {"description": part.text("description", least=1, most=1024), "spoiler": part.flag("spoiler")}
    found = item(part, name, attachments, mint)
    return drawn if found is None else {"media": found, **drawn}


def shown(value: Any) -> set[str]:
    """The ids of the attachments that components show."""
    if isinstance(value, list):
        return {key for one in value for key in shown(one)}
    if not isinstance(value, dict):
        return set()
    own = {value["attachment_id"]} if "attachment_id" in value else set[str]()
    return own | {key for one in value.values() for key in shown(one)}


def _of(attachment: Json) -> Json:
    return {
        "id": attachment["id"],
        "url": attachment["url"],
        "proxy_url": attachment["proxy_url"],
        "width": attachment.get("width"),
        "height": attachment.get("height"),
        "content_type": attachment.get("content_type"),
        "attachment_id": attachment["id"],
    }
