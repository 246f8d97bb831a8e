"""The roster: who is expected and who is here, as whoever stands at the door sees it and ticks people off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot import codes
from bot.domain.arrivals import Arrival, Attendance, attendance
from bot.domain.events import Event
from bot.domain.excerpts import shortened
from bot.domain.people import Account, MemberId
from bot.domain.rsvps import Answer, Rsvp
from bot.messages import Button, Buttons, Facts, Heading, Menu, Message, Note, Option, Paragraph, Part, Text, Tone, say
from bot.ports import Transaction

TICK, UNTICK, FIND, WALK_IN, ATTENDANCE = (
    "event tick",
    "event untick",
    "event find",
    "event add-walk-in",
    "event attendance",
)
"""The commands that the roster calls, by name: they answer with a roster themselves."""

ONE_TAP = 15
"""People who are buttons; more are menus, of which one tap opens one and another picks somebody."""

PAGE, OTHERS, RECENT, ROW = 100, 50, 25, 5
"""People on one page, people who are not going, people ticked off last, and people in a row of buttons: all of that
fits one message on every platform."""

LONGEST = 40
"""Letters of a name on a button and in a menu."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who answered an event or came to it, and the names of them all."""

    event: Event
    answered: Sequence[tuple[Rsvp, Account]]
    arrivals: Sequence[Arrival]
    names: dict[MemberId, str]

    @property
    def attendance(self) -> Attendance:
        return attendance([rsvp for rsvp, _account in self.answered if rsvp.answer is Answer.GOING], self.arrivals)

    def name(self, arrival: Arrival) -> str:
        return arrival.name if arrival.member is None else self.names.get(arrival.member, "Somebody")

    def absent(self, *answers: Answer) -> list[tuple[Rsvp, str]]:
        """Those who answered this and are not here, by name."""
        here = {arrival.member for arrival in self.arrivals}
        found = [
            (rsvp, account.name)
            for rsvp, account in self.answered
            if rsvp.answer in answers and rsvp.member not in here
        ]
        return sorted(found, key=lambda each: (each[1].casefold(), each[0].arrived))


async def roster(tx: Transaction, event: Event) -> Roster:
    """The roster of an event as it is on record."""
    listed = (Answer.GOING, Answer.WAITING, Answer.MAYBE)
    answered = [each for answer in listed for each in await tx.rsvps.answered(event.id, answer)]
    arrivals = await tx.arrivals.of(event.id)
    names = {account.member: account.name for _rsvp, account in answered}
    strangers = {each.member for each in arrivals if each.member is not None} - names.keys()
    for account in await tx.members.accounts(strangers) if strangers else ():
        names.setdefault(account.member, account.name)
    return Roster(event, answered, arrivals, names)


def heads(seen: Attendance, over: bool) -> tuple[tuple[str, Text], ...]:
    """How many came, and how many did not."""
    guests = f", {seen.guests} of them {'a guest' if seen.guests == 1 else 'guests'}" if seen.guests else ""
    return (
        ("Here" if not over else "Came", say("{here}{guests}", here=seen.here, guests=guests)),
        ("No-shows" if over else "Not here yet", say("{missing}", missing=len(seen.missing))),
        ("Walk-ins", say("{walked_in}", walked_in=len(seen.walked_in))),
    )


def drawn(seen: Roster, now: datetime, said: Text | None = None, page: int = 1, wanted: str = "") -> Message:
    """The roster as a message, after what was `said`; those whose names hold what is `wanted`, or a page of them."""
    head = say("{title}: who is here", title=seen.event.title)
    parts: list[Part] = [Heading(head)]
    if said is not None:
        parts.append(Paragraph(said))
    parts.append(Facts(heads(seen.attendance, seen.event.ended(now))))
    missing = _matching(seen.absent(Answer.GOING), wanted)
    others = _matching(seen.absent(Answer.WAITING, Answer.MAYBE), wanted)
    pages = max(1, -(-len(missing) // PAGE))
    page = min(max(1, page), pages)
    parts += _ticks(seen, missing[PAGE * (page - 1) :][:PAGE], page)
    parts += _menu(seen, others[:OTHERS], 1, "Maybe or waiting, and here")
    if wanted and not (missing or others):
        parts.append(Note(say("Nobody else whose name holds “{wanted}” is expected.", wanted=wanted)))
    elif not missing:
        parts.append(Note(say("Everybody who is going is here." if seen.attendance.taken else "Nobody is going yet.")))
    elif pages > 1:
        parts.append(Note(say("Page {page} of {pages}, by name.", page=page, pages=pages)))
    parts += _undo(seen, wanted, page)
    parts.append(_ways(seen, page, pages, wanted))
    return Message(tuple(parts), head if said is None else said)


def _matching(people: Sequence[tuple[Rsvp, str]], wanted: str) -> list[tuple[Rsvp, str]]:
    return [(rsvp, name) for rsvp, name in people if wanted.casefold() in name.casefold()]


def _ticks(seen: Roster, people: Sequence[tuple[Rsvp, str]], page: int) -> list[Part]:
    """One tap for each of a few people; of many, as many as one likes from each menu."""
    if len(people) > ONE_TAP:
        return _menu(seen, people, page, "Tick off")
    buttons = [Button(_label(rsvp, name), _tick(seen.event, rsvp, page), Tone.GOOD) for rsvp, name in people]
    return [Buttons(tuple(buttons[start : start + ROW])) for start in range(0, len(buttons), ROW)]


def _menu(seen: Roster, people: Sequence[tuple[Rsvp, str]], page: int, prompt: str) -> list[Part]:
    options = tuple(Option(_label(rsvp, name), _tick(seen.event, rsvp, page)) for rsvp, name in people)
    return [Menu(prompt, options, several=True)] if options else []


def _undo(seen: Roster, wanted: str, page: int) -> list[Part]:
    """Those ticked off last, or of the name that is wanted, to take it back."""
    here = [each for each in reversed(seen.arrivals) if wanted.casefold() in seen.name(each).casefold()][:RECENT]
    options = tuple(
        Option(
            shortened(seen.name(each), LONGEST) + (f" +{each.guests}" if each.guests else ""),
            codes.pack(UNTICK, {"event": str(seen.event.id), "arrival": str(each.id), "page": str(page)}),
        )
        for each in here
    )
    return [Menu("Take a tick back", options)] if options else []


def _ways(seen: Roster, page: int, pages: int, wanted: str) -> Buttons:
    event = {"event": str(seen.event.id)}
    buttons = [
        Button("Find a name", codes.pack(FIND, event)),
        Button("Add a walk-in", codes.pack(WALK_IN, event)),
    ]
    if wanted:
        buttons.append(Button("Everybody", codes.pack(ATTENDANCE, event)))
    if page > 1:
        buttons.append(Button("Previous", codes.pack(ATTENDANCE, {**event, "page": str(page - 1)})))
    if page < pages:
        buttons.append(Button("Next", codes.pack(ATTENDANCE, {**event, "page": str(page + 1)})))
    return Buttons(tuple(buttons))


def _tick(event: Event, rsvp: Rsvp, page: int) -> str:
    return codes.pack(TICK, {"event": str(event.id), "who": str(rsvp.member), "page": str(page)})


def _label(rsvp: Rsvp, name: str) -> str:
    guests = f" +{rsvp.guests}" if rsvp.guests else ""
    answer = "" if rsvp.answer is Answer.GOING else f" ({rsvp.answer})"
    return f"{shortened(name, LONGEST)}{guests}{answer}"
