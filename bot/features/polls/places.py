"""Places of polls: where a poll's cards stand, and how these places are called."""

from collections.abc import Sequence

from bot import codes
from bot.domain.places import Chapter, Place
from bot.domain.polls import Poll, PollId, Voters
from bot.errands import Card

POLL_CARD = "poll card"


def drawn(poll: PollId) -> str:
    """The code of a poll's card."""
    return codes.pack(POLL_CARD, {"poll": str(poll)})


def places_of(place: Place | None, voters: Voters, chapter: Chapter) -> Sequence[Place]:
    """Where a poll asked in this place is posted: asked at home, in all of the chapter's homes; elsewhere, only there.

    Whoever asks the whole chapter asks it in its homes.
    """
    homes = [home.place for home in chapter.homes]
    if voters is Voters.HERE:
        return [] if place is None else [place]
    if voters is Voters.CHAPTER or place is None or place in homes:
        return homes
    return [place]


def cards_of(poll: Poll, chapter: Chapter) -> list[Card]:
    """A poll's cards."""
    return [Card(drawn(poll.id), place) for place in places_of(poll.place, poll.rules.voters, chapter)]


def named(places: Sequence[Place], chapter: Chapter) -> str:
    """The places as people call them: "#london on Slack and #london on Discord"."""
    homes = {home.place: f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes}
    if not places:
        return "no channel yet"
    return " and ".join(
        homes.get(place, f"the channel where it was asked on {place.platform.title()}") for place in places
    )
