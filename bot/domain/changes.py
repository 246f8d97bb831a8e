"""Changes: what of an event has become different, and what of that its people are told."""

from enum import Enum

from bot.domain.events import Event


class Matter(Enum):
    """What counts as a change: whatever else is edited, nobody is disturbed for it."""

    TITLE = "What"
    TIME = "When"
    PLACE = "Where"


def changes(old: Event, new: Event) -> tuple[Matter, ...]:
    """What its people should know of, between two versions of one event; what came back is no change."""
    different = {
        Matter.TITLE: old.title != new.title,
        Matter.TIME: (old.starts, old.timed, old.finish) != (new.starts, new.timed, new.finish),
        Matter.PLACE: old.venue != new.venue,
    }
    return tuple(matter for matter, is_different in different.items() if is_different)
