"""RSVPs: who is coming, and who would if there were room."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.events import Event, EventId
from bot.domain.people import AccountId, MemberId


class Answer(StrEnum):
    GOING = "going"
    MAYBE = "maybe"
    WAITING = "waiting"
    NOT_GOING = "not going"


class Wish(StrEnum):
    """What somebody may say; whether a wish to go becomes a seat or a place in line is not theirs to choose."""

    GOING = "going"
    MAYBE = "maybe"
    NOT_GOING = "not going"

    @property
    def words(self) -> str:
        """As it stands on a button."""
        return {Wish.GOING: "Going", Wish.MAYBE: "Maybe", Wish.NOT_GOING: "Can’t make it"}[self]


@dataclass(frozen=True, slots=True)
class Rsvp:
    """One member's answer to an event; `arrived` is its place in the order of arrival, counted within the event.

    `account` is the one through which they answered last, which is where they are told things. `seen` is the event's
    version as they answered: what they know of it, until they are told more.
    """

    event: EventId
    member: MemberId
    account: AccountId
    answer: Answer
    arrived: int
    seen: int = 1


@dataclass(frozen=True, slots=True)
class Changes:
    """What one answer changed: the member's own RSVP, and those who moved up from the waitlist because of it.

    `fresh` is False where the answer was given before, and nothing needs to be written.
    """

    own: Rsvp
    promoted: tuple[Rsvp, ...] = ()
    fresh: bool = True


class GuestList:
    """The guest list of one event while a group of answers is worked out, in the order in which they came.

    It needs no more than a few numbers and the rows that may change: how many are going, the RSVPs of those who are
    answering (`known`), the whole waitlist in order, and the last place given out.
    """

    def __init__(self, event: Event, going: int, last: int, waiting: Iterable[Rsvp], known: Iterable[Rsvp]) -> None:
        self._event = event
        self._going = going
        self._last = last
        self._rsvps = {rsvp.member: rsvp for rsvp in known}
        self._line = {rsvp.member: rsvp for rsvp in sorted(waiting, key=lambda rsvp: rsvp.arrived)}
        self._rsvps.update(self._line)

    def answer(self, member: MemberId, account: AccountId, wish: Wish) -> Changes:
        """Set a member's answer. A wish to go when full, or behind others who wait, is a place in the line."""
        before = self._rsvps.get(member)
        if before is not None and _same(before.answer, wish):
            self._record(replace(before, account=account))
        else:
            self._leave(before)
            self._arrive(member, account, wish)
        promoted = self.promote()
        # Whoever moves up by their own answer learns it from the answer.
        own = self._rsvps[member]
        return Changes(own, tuple(rsvp for rsvp in promoted if rsvp.member != member), fresh=own != before)

    def promote(self) -> tuple[Rsvp, ...]:
        """Move people up while there are free seats, first come first."""
        promoted: list[Rsvp] = []
        while self._line and self._free():
            first = next(iter(self._line.values()))
            del self._line[first.member]
            moved = replace(first, answer=Answer.GOING)
            self._going += 1
            self._rsvps[first.member] = moved
            promoted.append(moved)
        return tuple(promoted)

    def place_in_line(self, member: MemberId) -> int:
        """1 for the first in line; raises KeyError for somebody who does not wait."""
        if self._line and member == next(reversed(self._line)):
            return len(self._line)  # most who ask have just come
        for place, waiting in enumerate(self._line, start=1):
            if waiting == member:
                return place
        raise KeyError(member)

    def _arrive(self, member: MemberId, account: AccountId, wish: Wish) -> None:
        crowded = bool(self._line) or not self._free()
        answer = Answer.WAITING if wish is Wish.GOING and crowded else Answer(wish.value)
        self._last += 1
        rsvp = Rsvp(self._event.id, member, account, answer, self._last, self._event.version)
        if answer is Answer.GOING:
            self._going += 1
        self._record(rsvp)

    def _record(self, rsvp: Rsvp) -> None:
        self._rsvps[rsvp.member] = rsvp
        if rsvp.answer is Answer.WAITING:
            self._line[rsvp.member] = rsvp

    def _leave(self, before: Rsvp | None) -> None:
        if before is None:
            return
        if before.answer is Answer.GOING:
            self._going -= 1
        self._line.pop(before.member, None)

    def _free(self) -> bool:
        return self._event.seats is None or self._going < self._event.seats


def _same(answer: Answer, wish: Wish) -> bool:
    """Whether a press changes nothing: a second *Going* neither gains nor loses a place."""
    return answer.value == wish.value or (answer is Answer.WAITING and wish is Wish.GOING)
