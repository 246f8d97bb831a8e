"""Drafts: the body of a request to post or edit a message, checked, before it becomes one (D resources/message.mdx)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from adapters.playground.discord import components, embeds, media, mentions, polls
from adapters.playground.discord.files import Files, Upload, attached
from adapters.playground.discord.mentions import Allowed
from adapters.playground.discord.parts import Part, Problems
from adapters.playground.discord.refused import Json, Refused

MOST_CONTENT = 2000
"""For bots; the OpenAPI specification says 4000 (D resources/message.mdx, "Create Message")."""

SUPPRESS_EMBEDS, EPHEMERAL, LOADING, SILENT, VOICE, VERSION_2 = 1 << 2, 1 << 6, 1 << 7, 1 << 12, 1 << 13, 1 << 15
IN_CHANNELS = SUPPRESS_EMBEDS | SILENT | VERSION_2
IN_INTERACTIONS = IN_CHANNELS | EPHEMERAL
ON_EDIT = SUPPRESS_EMBEDS | VERSION_2
LEGACY = ("content", "embeds", "sticker_ids", "poll")


@dataclass(frozen=True, slots=True)
class Draft:
    """What a message will say, with attachments in place and components numbered."""

    content: str
    embeds: list[Json]
    components: list[Json]
    attachments: list[Json]
    flags: int
    allowed: Allowed
    poll: Json | None = None

    @property
    def empty(self) -> bool:
        return not (self.content or self.embeds or self.components or self.attachments or self.poll)

    def text(self) -> str:
        return mentions.written(self.content, self.components)

    def fields(self) -> Json:
        """The draft as fields of a message; files that components show are not listed again."""
        shown = media.shown(self.components)
        loose = [one for one in self.attachments if one["id"] not in shown]
        fields: Json = {
            "content": self.content,
            "embeds": self.embeds,
            "components": self.components,
            "attachments": loose,
            "flags": self.flags,
        }
        return fields if self.poll is None else {**fields, "poll": self.poll}


@dataclass(frozen=True, slots=True)
class Paper:
    """What a draft is written on: where its files go, and where ids come from."""

    files: Files
    mint: Callable[[], str]
    poll_ends: Callable[[int], str]


def fresh(
    body: Part, uploads: Mapping[str, Upload], paper: Paper, channel: str, *, flags: int, default: Allowed
) -> Draft:
    """A new message; refused as a whole with 50035, 50006 or 40005."""
    given = (body.whole("flags", least=0, most=2**53) or 0) & flags
    draft = _read(body, uploads, paper, channel, given, default, before=[])
    if given & VERSION_2:
        _no_legacy(body, draft)
    body.problems.refuse()
    if draft.empty:
        raise Refused(50006)
    return draft


def changed(body: Part, uploads: Mapping[str, Upload], paper: Paper, message: Json, *, default: Allowed) -> Draft:
    """A message after an edit: what the request leaves out stays, and IS_COMPONENTS_V2 can only be set."""
    before = message["flags"] & ~LOADING
    given = body.whole("flags", least=0, most=2**53)
    kept = before if given is None else (before & ~SUPPRESS_EMBEDS) | (given & ON_EDIT)
    held = message.get("_attachments", message["attachments"])
    draft = _read(body, uploads, paper, message["channel_id"], kept, default, before=held)
    content = draft.content if "content" in body.value else message["content"]
    shown = draft.embeds if "embeds" in body.value else message["embeds"]
    rows = draft.components if "components" in body.value else message["components"]
    poll = draft.poll or message.get("poll")
    after = Draft(content, shown, rows, draft.attachments, kept, draft.allowed, poll)
    if kept & VERSION_2:
        _no_legacy(body, after)
    body.problems.refuse()
    if after.empty:
        raise Refused(50006)
    return after


def whole(value: Json) -> Part:
    """A body as the root of its own list of problems."""
    part = Part(value, Problems())
    if not part.is_object():
        part.problems.refuse()
    return part


def _read(
    body: Part,
    uploads: Mapping[str, Upload],
    paper: Paper,
    channel: str,
    flags: int,
    default: Allowed,
    before: list[Json],
) -> Draft:
    files = attached(body, uploads, paper.files, channel, before)
    by_name = {one["filename"]: one for one in files}
    return Draft(
        (body.text("content", most=MOST_CONTENT) or "").strip(),
        embeds.checked(body),
        components.checked(body, version_2=bool(flags & VERSION_2), attachments=by_name, mint=paper.mint),
        files,
        flags,
        mentions.allowed(body, default),
        polls.checked(body, paper.poll_ends),
    )


def _no_legacy(body: Part, draft: Draft) -> None:
    """With IS_COMPONENTS_V2 only components may be there, in the request and on an edited message."""
    left = {"content": draft.content, "embeds": draft.embeds, "poll": draft.poll}
    for name in LEGACY:
        if body.value.get(name) or left.get(name):
            words = f"The '{name}' field cannot be used when using MessageFlags.IS_COMPONENTS_V2"
            body.part(name).bad("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", words)
