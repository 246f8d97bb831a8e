"""Files: what was uploaded, as attachment objects, served at URLs of the stand-in's own (D reference.mdx)."""

import mimetypes
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.playground.discord.parts import Part, as_whole
from adapters.playground.discord.refused import Json, Refused

MOST = 10
PNG = b"\x89PNG\r\n\x1a\n"


@dataclass(frozen=True, slots=True)
class Upload:
    """One file of a multipart request, or one that a person puts into a form."""

    name: str
    content: bytes
    kind: str | None


class Files:
    """Every file by its path, for as long as the stand-in runs."""

    def __init__(self, mint: Callable[[], str], limit: int) -> None:
        self.root = "http://127.0.0.1"
        self._mint = mint
        self._limit = limit
        self._kept: dict[str, Upload] = {}

    def keep(self, upload: Upload, channel: str, *, key: str | None = None, description: str | None = None) -> Json:
        """An attachment object; above the size limit 413 with 40005 (D topics/opcodes-and-status-codes.mdx)."""
        if len(upload.content) > self._limit:
            raise Refused(40005)
        key = key or self._mint()
        name = re.sub(r"[^\w.\-]", "_", upload.name) or "unknown"
        kind = upload.kind or mimetypes.guess_type(name)[0]
        path = f"/attachments/{channel}/{key}/{name}"
        self._kept[path] = upload
        url = self.root + path
        attachment: Json = {"id": key, "filename": name, "size": len(upload.content), "url": url, "proxy_url": url}
        if kind is not None:
            attachment["content_type"] = kind
        if description is not None:
            attachment["description"] = description
        return attachment | _measured(upload.content)

    def find(self, path: str) -> Upload | None:
        return self._kept.get(path)


def attached(body: Part, uploads: Mapping[str, Upload], files: Files, channel: str, before: list[Json]) -> list[Json]:
    """The attachments of a message after this request: those kept from before, and those uploaded now.

    `attachments[].id` refers to `files[id]` for a new file and to an attachment's id for one to keep (D reference.mdx,
    "Uploading Files"). discord.py sends the number of a new file as an integer: permitted.
    """
    described: dict[str, Part] = {}
    kept: list[Json] = [] if body.has("attachments") else list(before)
    earlier = {one["id"]: one for one in before}
    for part in body.each("attachments", most=MOST):
        key = str(part.value.get("id")) if part.is_object() else ""
        if key in earlier:
            words = part.text("description", most=1024)
            kept.append(earlier[key] if words is None else {**earlier[key], "description": words})
        elif as_whole(key) is not None and f"files[{key}]" in uploads:
            described[key] = part
        else:
            part.bad("ATTACHMENT_NOT_FOUND", "This attachment is neither uploaded nor on the message")
    fresh: list[Json] = []
    for field, upload in uploads.items():
        number = field.removeprefix("files[").removesuffix("]")
        part = described.get(number)
        name = part.text("filename", most=1024) if part else None
        words = part.text("description", most=1024) if part else None
        fresh.append(files.keep(Upload(name or upload.name, upload.content, upload.kind), channel, description=words))
    if len(kept) + len(fresh) > MOST:
        raise Refused(30015)
    return kept + fresh


def _measured(content: bytes) -> Json:
    """Width and height of a PNG, which is all that the stand-in can measure."""
    if not content.startswith(PNG) or len(content) < 24:
        return {}
    width, height = struct.unpack(">II", content[16:24])
    return {"width": width, "height": height}
