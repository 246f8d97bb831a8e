"""Places of polls: where a poll's cards stand, and how these places are called."""

from collections.abc import Sequence

from bot import codes
from bot.domain.places import Chapter, Place
from bot.domain.polls import Poll, PollId, Voters
from bot.errands import Card
from bot.features import announcing
from bot.ports import Transaction

POLL_CARD = "poll card"


def drawn(poll: PollId) -> str:
    """The code of a poll's card."""
    return codes.pack(POLL_CARD, {"poll": str(poll)})


def places_of(poll: Poll, chapter: Chapter) -> Sequence[Place]:
    """Where a poll is posted: asked at home, in all of the chapter's homes; elsewhere, only there.

    Whoever asks the whole chapter asks it in its homes, and so does whoever asks about an event, which is there.
    """
    homes = [home.place for home in chapter.homes]
    if poll.rules.event is not None or poll.rules.voters is Voters.CHAPTER:
        return homes
    if poll.place is None:
        return [] if poll.rules.voters is Voters.HERE else homes
    return [poll.place] if poll.rules.voters is Voters.HERE or poll.place not in homes else homes


def cards_of(poll: Poll, chapter: Chapter) -> list[Card]:
    """A poll's cards, where they are posted first; afterwards they are drawn anew wherever they stand."""
    return [Card(drawn(poll.id), place) for place in places_of(poll, chapter)]


async def threads_of(tx: Transaction, poll: Poll, chapter: Chapter) -> Sequence[Card]:
    """The cards in whose threads it is told what becomes of a poll: the event's own, where it is about one."""
    if poll.rules.event is None:
        return await tx.errands.cards([drawn(poll.id)])
    return announcing.cards_of(poll.rules.event, chapter)


def named(places: Sequence[Place], chapter: Chapter) -> str:
    """The places as people call them: "#london on Slack and #london on Discord"."""
    homes = {home.place: f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes}
    if not places:
        return "no channel yet"
    return " and ".join(
        homes.get(place, f"the channel where it was asked on {place.platform.title()}") for place in places
    )
