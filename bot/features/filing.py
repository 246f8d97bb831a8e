"""Filing: what files about an event are called, so that they can be told apart among others."""

import re
import unicodedata

from bot.domain.events import Event
from bot.domain.places import Chapter

LONGEST = 60


def filed(event: Event, chapter: Chapter) -> str:
    """The name of an event's file without its ending: the title, as far as every system takes it, and the day."""
    plain = unicodedata.normalize("NFKD", event.title).encode("ascii", "ignore").decode()
    title = "-".join(re.findall(r"[a-z0-9]+", plain.lower()))[:LONGEST].strip("-")
    day = "" if event.starts is None else f"-{event.starts.astimezone(chapter.zone):%Y-%m-%d}"
    return f"{title or f'event-{event.id}'}{day}"
