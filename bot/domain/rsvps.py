"""RSVPs: who is coming, and who would if there were room."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
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
    version as they answered: what they know of it, until they are told more. `guests` come with them, each in a seat;
    `note` is for the organisers alone, and stays when somebody changes their mind. Seats are `held` for somebody who
    waits, and for their guests, until a moment: an offer, which they take up by saying that they are going.
    """

    event: EventId
    member: MemberId
    account: AccountId
    answer: Answer
    arrived: int
    seen: int = 1
    guests: int = 0
    note: str = ""
    held: datetime | None = None

    @property
    def seated(self) -> bool:
        """Whether they take seats, or have them held for them."""
        return self.answer is Answer.GOING or self.held is not None

    @property
    def party(self) -> int:
        """How many seats they take."""
        return 1 + self.guests


@dataclass(frozen=True, slots=True)
class Changes:
    """What one answer changed: the member's own RSVP, and those who moved up from the waitlist because of it.

    They moved up to a seat, or to the offer of one. `fresh` is False where the answer was given before, and nothing
    needs to be written.
    """

    own: Rsvp
    promoted: tuple[Rsvp, ...] = ()
    fresh: bool = True


class Crowded(Exception):
    """There is not room for so many guests; `left` is for how many more there is."""

    def __init__(self, left: int) -> None:
        self.left = left
        super().__init__(f"There is room for {left} more.")


class GuestList:
    """The guest list of one event while a group of answers is worked out, in the order in which they came.

    It needs no more than a few numbers and the rows that may change: how many seats are `taken` by those going and
    their guests or held for others, the RSVPs of those who are answering (`known`), the whole waitlist in order, and
    the last place given out.

    Nobody overtakes: whoever is first in line with guests waits until there is room for all of them, and so do those
    behind; but a party for which there can never be room, since seats were taken away, holds up nobody. Whoever has a
    seat already gets more for guests only while nobody waits behind the offers.

    Near the start, which is told by `now`, moving up is an offer: the seats are held for a while, and whoever does not
    take them up in time may come all the same if there is room when they say so, as everybody else.
    """

    def __init__(
        self,
        event: Event,
        taken: int,
        last: int,
        waiting: Iterable[Rsvp],
        known: Iterable[Rsvp],
        now: datetime | None = None,
    ) -> None:
        self._event = event
        self._taken = taken
        self._last = last
        self._until = None if now is None else event.offer_until(now)
        self._rsvps = {rsvp.member: rsvp for rsvp in known}
        line = {rsvp.member: rsvp for rsvp in sorted(waiting, key=lambda rsvp: rsvp.arrived)}
        self._rsvps.update(line)
        self._line = {member: rsvp for member, rsvp in line.items() if rsvp.held is None and event.holds(rsvp.party)}
        self._offered = {member: rsvp for member, rsvp in line.items() if rsvp.held is not None}

    def answer(self, member: MemberId, account: AccountId, wish: Wish) -> Changes:
        """Set a member's answer. A wish to go when full, or behind others who wait, is a place in the line."""
        before = self._rsvps.get(member)
        if before is not None and before.held is not None and wish is Wish.GOING:
            self._record(replace(before, account=account, answer=Answer.GOING, held=None))
        elif before is not None and _same(before.answer, wish):
            self._record(replace(before, account=account))
        else:
            self._leave(before)
            self._arrive(member, account, wish, "" if before is None else before.note)
        promoted = self.promote()
        # Whoever moves up by their own answer learns it from the answer.
        own = self._rsvps[member]
        return Changes(own, tuple(rsvp for rsvp in promoted if rsvp.member != member), fresh=own != before)

    def promote(self) -> tuple[Rsvp, ...]:
        """Move people up while there are free seats, first come first; near the start, offer the seats to them."""
        promoted: list[Rsvp] = []
        while self._line and self._fits((first := next(iter(self._line.values()))).party):
            del self._line[first.member]
            answer = Answer.GOING if self._until is None else Answer.WAITING
            moved = replace(first, answer=answer, held=self._until)
            self._taken += moved.party
            self._record(moved)
            promoted.append(moved)
        return tuple(promoted)

    def grant(self) -> tuple[Rsvp, ...]:
        """Turn offers into seats where seats are not offered any more, as when the start has been put off."""
        offers = () if self._until is not None else tuple(self._offered.values())
        granted = tuple(replace(offer, answer=Answer.GOING, held=None) for offer in offers)
        for seated in granted:
            self._record(seated)
        return granted

    def lapse(self, now: datetime) -> tuple[Rsvp, ...]:
        """Let go of the offers that were not taken up in time; whoever had one counts as perhaps coming."""
        lapsed: list[Rsvp] = []
        for late in [offer for offer in self._offered.values() if offer.held is not None and offer.held <= now]:
            self._leave(late)
            self._last += 1
            lapsed.append(replace(late, answer=Answer.MAYBE, arrived=self._last, guests=0, held=None))
            self._record(lapsed[-1])
        return tuple(lapsed)

    def bring(self, member: MemberId, guests: int) -> Changes:
        """Set how many come with somebody who is going or waits; raises KeyError for anybody else, or Crowded."""
        before = self._rsvps[member]
        more = guests - before.guests
        if before.seated:
            if more > 0 and (self._line or not self._fits(more)):
                raise Crowded(0 if self._line or self._event.seats is None else self._event.seats - self._taken)
            self._taken += more
        elif before.answer is Answer.WAITING:
            if self._event.seats is not None and more > 0 and guests >= self._event.seats:
                raise Crowded(self._event.seats - before.party)
        else:
            raise KeyError(member)
        self._record(replace(before, guests=guests))
        promoted = self.promote()
        own = self._rsvps[member]
        return Changes(own, tuple(rsvp for rsvp in promoted if rsvp.member != member), fresh=own != before)

    def answered(self, member: MemberId) -> Answer | None:
        """What one of those who are known has answered."""
        rsvp = self._rsvps.get(member)
        return None if rsvp is None else rsvp.answer

    def place_in_line(self, member: MemberId) -> int:
        """1 for the first in line behind the offers; raises KeyError for somebody who does not wait there.

        So it does for somebody with more guests than there are seats.
        """
        if self._line and member == next(reversed(self._line)):
            return len(self._line)  # most who ask have just come
        for place, waiting in enumerate(self._line, start=1):
            if waiting == member:
                return place
        raise KeyError(member)

    def _arrive(self, member: MemberId, account: AccountId, wish: Wish, note: str) -> None:
        crowded = bool(self._line) or not self._fits(1)
        answer = Answer.WAITING if wish is Wish.GOING and crowded else Answer(wish.value)
        self._last += 1
        rsvp = Rsvp(self._event.id, member, account, answer, self._last, self._event.version, note=note)
        if answer is Answer.GOING:
            self._taken += rsvp.party
        self._record(rsvp)

    def _record(self, rsvp: Rsvp) -> None:
        self._rsvps[rsvp.member] = rsvp
        self._offered.pop(rsvp.member, None)
        if rsvp.held is not None:
            self._offered[rsvp.member] = rsvp
        elif rsvp.answer is Answer.WAITING:
            self._wait(rsvp)

    def _wait(self, rsvp: Rsvp) -> None:
        if not self._event.holds(rsvp.party):
            self._line.pop(rsvp.member, None)
            return
        last = next(reversed(self._line.values()), rsvp)
        returns = rsvp.member not in self._line and rsvp.arrived < last.arrived
        self._line[rsvp.member] = rsvp
        if returns:  # to the place that is theirs, now that they bring fewer guests
            self._line = dict(sorted(self._line.items(), key=lambda each: each[1].arrived))

    def _leave(self, before: Rsvp | None) -> None:
        if before is None:
            return
        if before.seated:
            self._taken -= before.party
        self._line.pop(before.member, None)
        self._offered.pop(before.member, None)

    def _fits(self, people: int) -> bool:
        return self._event.seats is None or self._taken + people <= self._event.seats


def _same(answer: Answer, wish: Wish) -> bool:
    """Whether a press changes nothing: a second *Going* neither gains nor loses a place."""
    return answer.value == wish.value or (answer is Answer.WAITING and wish is Wish.GOING)
