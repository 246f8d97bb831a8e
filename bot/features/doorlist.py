"""The door list: who is coming, with whom, and what they told the organisers; counts only for everybody else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from bot import codes
from bot.budget import Budget, fitting
from bot.calls import Call, Candidate, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.events import Event, EventId, EventState
from bot.domain.excerpts import in_a_line
from bot.domain.rsvps import Answer
from bot.features import picks, writing
from bot.features.copying import REMEMBERED
from bot.features.filing import filed
from bot.features.organisers import plans_for
from bot.features.roster import ATTENDANCE, Roster, heads, roster
from bot.features.sheets import Cell, csv_of, xlsx_of
from bot.messages import Attachment, Button, Buttons, Facts, Heading, Message, Note, Part, Text, say
from bot.ports import Headcount, Transaction

SHOWN = 40
BUDGET = Budget(2000, 6000)
LONGEST = 60
"""People in the message, the room for them all, and letters of one name or note; the files hold everything."""

HEAD = ("Name", "Answer", "Guests", "Told the organisers", "Platform", "Came", "Guests who came")
CAME, NO_SHOW, WALK_IN, OFFERED = "came", "no-show", "walk-in", "offered a seat"


@dataclass(frozen=True, slots=True)
class _Entry:
    """One line of the list."""

    name: str
    answer: str
    guests: int
    note: str
    platform: str
    came: str
    brought: int

    @property
    def cells(self) -> Sequence[Cell]:
        return (self.name, self.answer, self.guests, self.note, self.platform, self.came, self.brought)

    @property
    def words(self) -> str:
        number = self.brought if self.came == CAME else self.guests
        guests = f"{number} {'guest' if number == 1 else 'guests'}" if number else ""
        note = f"“{in_a_line(self.note, LONGEST)}”" if self.note else ""
        return ", ".join(word for word in (self.answer, self.came, guests, note) if word)


async def published(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """What is coming up, then what was held, the latest first."""
    held = await picks.events_since(tx, call, call.at - REMEMBERED, EventState.OVER)
    return [*await picks.upcoming(tx, call), *reversed(held)]


@command("event list-attendees", "See who is coming", reads=True, submit="List")
async def list_attendees(
    call: Call,
    tx: Transaction,
    event: Annotated[EventId, Ask("Which event?", pick=published, nothing="Nothing is planned yet.")],
) -> Reply:
    """The list as a message and as files for an organiser; how many there are for anybody else."""
    planned = await writing.seen(tx, event)
    organises = await plans_for(call, tx, planned.chapter)
    if not planned.public and not organises:  # whoever guesses numbers learns nothing of drafts
        raise writing.unknown()
    if not planned.public:
        raise Refusal("**{title}** was never published, so nobody has answered.", title=planned.title)
    headcount = (await tx.rsvps.headcounts([event]))[event]
    if not organises:
        return _counts(planned, headcount)
    known = await roster(tx, planned)
    listed = _entries(known, planned.ended(call.at))
    rows = [HEAD, *(entry.cells for entry in listed)]
    parts: list[Part] = [*_counts(planned, headcount).parts]
    if known.attendance.taken:
        parts.append(Facts(heads(known.attendance, planned.ended(call.at))))
    shown = _fitting(listed)
    if shown:
        parts.append(Facts(tuple(shown)))
    if len(listed) > len(shown):
        parts.append(Note(say("And {more} more, in the files.", more=len(listed) - len(shown))))
    if planned.state is not EventState.CANCELLED and planned.doors_open(call.at):
        parts.append(Buttons((Button("Tick off who came", codes.pack(ATTENDANCE, {"event": str(event)})),)))
    alt = f"The people who answered {planned.title} or came: {len(listed)} rows"
    name = f"attendees-{filed(planned, await tx.chapters.get(planned.chapter))}"
    files = (
        Attachment(f"{name}.csv", csv_of(rows), alt),
        Attachment(f"{name}.xlsx", xlsx_of("Attendees", rows), alt),
    )
    return Message(tuple(parts), say("Attendees of {title}", title=planned.title), files=files)


def _counts(event: Event, headcount: Headcount) -> Message:
    rows = (
        ("Going", say("{number}", number=headcount.counts[Answer.GOING])),
        ("Guests", say("{number}", number=headcount.guests)),
        ("Waiting", say("{number}", number=headcount.counts[Answer.WAITING])),
        ("Maybe", say("{number}", number=headcount.counts[Answer.MAYBE])),
    )
    head = say("{title}", title=event.title)
    return Message((Heading(head), Facts(rows)), head)


def _entries(known: Roster, over: bool) -> list[_Entry]:
    """Everybody who answered, with whether they came; then those who came without an answer."""
    here = {arrival.member: arrival for arrival in known.arrivals if arrival.member is not None}
    missing = known.attendance.missing if over and known.attendance.taken else ()
    stayed_away = {rsvp.member for rsvp in missing}
    entries: list[_Entry] = []
    for rsvp, account in known.answered:
        arrival = here.pop(rsvp.member, None)
        came = CAME if arrival is not None else NO_SHOW if rsvp.member in stayed_away else ""
        answer = rsvp.answer.value if rsvp.held is None else OFFERED
        said = (account.name, answer, rsvp.guests, rsvp.note, account.person.platform)
        entries.append(_Entry(*said, came, 0 if arrival is None else arrival.guests))
    strangers = [each for each in known.arrivals if each.member is None or each.member in here]
    return [*entries, *(_Entry(known.name(each), WALK_IN, 0, "", "", CAME, each.guests) for each in strangers)]


def _fitting(listed: Sequence[_Entry]) -> list[tuple[str, Text]]:
    """The first of the list, as far as there is room for them in a message."""
    rows = ((in_a_line(entry.name, LONGEST), say("{what}", what=entry.words)) for entry in listed[:SHOWN])
    return fitting(rows, lambda row: f"{row[0]}{row[1]}", BUDGET)
