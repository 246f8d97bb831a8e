"""Files: uploads in their three real steps (docs: Working with files, "Uploading files")."""

import mimetypes
from copy import deepcopy
from dataclasses import dataclass, field
from secrets import token_urlsafe

from adapters.playground.slack.refused import Refused
from adapters.playground.slack.world import Json, World
from adapters.playground.time import Stopwatch

LARGEST = 1_000_000_000
LONGEST_ALT = 1000
READY_SECONDS = 0.5
"""How long Slack looks at a new file; until then files.info tells no media type, and no block may show it.

That it takes a while is known from bug reports about `slack_file` and `invalid_blocks`; how long is our choice.
"""


@dataclass(slots=True)
class Upload:
    """A file on its way: announced, then sent, then completed."""

    file: Json
    length: int
    content: bytes | None = None
    ready: float | None = None
    channels: set[str] = field(default_factory=set[str])


class Files:
    """All files of the workspace, with their content."""

    def __init__(self, world: World, stopwatch: Stopwatch) -> None:
        self._world = world
        self._stopwatch = stopwatch
        self._uploads: dict[str, Upload] = {}
        self._tickets: dict[str, str] = {}
        self.origin = ""

    def announce(self, name: str, length: int, alt_txt: str, user: str) -> tuple[str, str]:
        """Step one: a file of this name and length will come; the URL to send it to, and its id."""
        if length > LARGEST:
            raise Refused("file_upload_size_restricted")
        if len(alt_txt) > LONGEST_ALT:
            raise Refused("alt_txt_too_large")
        key, ticket = self._world.key("F"), token_urlsafe(24)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        filetype = name.rpartition(".")[2] if "." in name else "text"
        team = self._world.team["id"]
        file: Json = {
            "id": key,
            "created": self._world.seconds(),
            "timestamp": self._world.seconds(),
            "name": name,
            "title": name,
            "mimetype": kind,
            "filetype": filetype,
            "pretty_type": filetype.upper(),
            "user": user,
            "user_team": team,
            "editable": False,
            "size": length,
            "mode": "hosted",
            "is_external": False,
            "external_type": "",
            "is_public": False,
            "public_url_shared": False,
            "display_as_bot": False,
            "username": "",
            "url_private": f"{self.origin}/files-pri/{team}-{key}/{name}",
            "url_private_download": f"{self.origin}/files-pri/{team}-{key}/download/{name}",
            "media_display_type": "unknown",
            "permalink": f"{self._world.team['url']}files/{user}/{key}/{name}",
            "permalink_public": f"https://slack-files.com/{team}-{key}-0000000000",
            "has_rich_preview": False,
            "file_access": "visible",
            "alt_txt": alt_txt,
        }
        self._uploads[key] = Upload(file, length)
        self._tickets[ticket] = key
        return f"{self.origin}/upload/v1/{ticket}", key

    def receive(self, ticket: str, content: bytes) -> int:
        """Step two: the content itself, of the announced length, once."""
        key = self._tickets.pop(ticket, None)
        if key is None:
            raise Refused("invalid_upload_url")
        upload = self._uploads[key]
        if len(content) != upload.length:
            raise Refused("incorrect_length")
        upload.content = content
        return len(content)

    def complete(self, key: str, title: str | None) -> Json:
        """Step three: the file is there."""
        upload = self._uploads.get(key)
        if upload is None or upload.content is None or upload.ready is not None:
            raise Refused("file_not_found")
        upload.ready = self._stopwatch() + READY_SECONDS
        upload.file["title"] = title or upload.file["title"]
        self._show(key)
        return upload.file

    def of_person(self, user: str, name: str, content: bytes) -> Json:
        """A file that a person put into a form: it is there at once (docs: File input element)."""
        url, key = self.announce(name, len(content), "", user)
        self.receive(url.rpartition("/")[2], content)
        return self.complete(key, None)

    def found(self, key: str) -> Json:
        """The file as files.info tells it."""
        upload = self._uploads.get(key)
        if upload is None or upload.ready is None:
            raise Refused("file_not_found")
        return (
            upload.file if self._ready(upload) else {**upload.file, "mimetype": "", "filetype": "", "pretty_type": ""}
        )

    def problems_in(self, blocks: list[Json]) -> list[str]:
        """Pictures in blocks that Slack does not have, or has not looked at yet (docs: Slack file object)."""
        problems: list[str] = []
        for n, block in enumerate(blocks):
            shown = [
                block,
                block.get("accessory", {}),
                *(block.get("elements", []) if block["type"] == "context" else []),
            ]
            for one in shown:
                picture = one.get("slack_file")
                if picture is not None and not any(self._shows(upload, picture) for upload in self._uploads.values()):
                    problems.append(f"[ERROR] invalid slack file [json-pointer:/blocks/{n}/slack_file]")
        return problems

    def _shows(self, upload: Upload, picture: Json) -> bool:
        named = upload.file["id"] == picture.get("id") or picture.get("url") in (
            upload.file["url_private"],
            upload.file["permalink"],
        )
        return named and self._ready(upload)

    def _ready(self, upload: Upload) -> bool:
        return upload.ready is not None and self._stopwatch() >= upload.ready

    def content(self, path: str) -> tuple[bytes, str] | None:
        """What lies at a file's private URL, with its media type."""
        for upload in self._uploads.values():
            if upload.content is not None and path.partition("/")[0].endswith(f"-{upload.file['id']}"):
                return upload.content, upload.file["mimetype"]
        return None

    def shared(self, key: str, channel: str, ts: str, public: bool) -> None:
        """Note that a file was shared in a message."""
        file = self._uploads[key].file
        self._uploads[key].channels.add(channel)
        file["is_public"] = file["is_public"] or public
        shares = file.setdefault("shares", {}).setdefault("public" if public else "private", {})
        shares.setdefault(channel, []).append({"ts": ts, "reply_users": [], "reply_count": 0})
        file["channels"] = sorted(self._uploads[key].channels)
        self._show(key)

    def _show(self, key: str) -> None:
        self._world.board.put(f"slack/file/{key}", deepcopy(self._uploads[key].file))
