"""Unions: what becomes of two members' answers and votes when they turn out to be one, told before and afterwards."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from bot.domain.ballots import known_voter
from bot.domain.events import EventId, EventState
from bot.domain.linking import united
from bot.domain.people import Account
from bot.domain.polls import Anonymity, PollState
from bot.domain.rsvps import Answer, Rsvp
from bot.features import announcing, seating
from bot.features.polls import places
from bot.features.prompts.posting import drawn as posting_card
from bot.features.redirecting import redirect
from bot.features.retelling import redraw, written_up
from bot.messages import Facts, Note, Part, Text, counted, say
from bot.ports import Touched, Transaction

MOST = 8
"""Events and polls named; of more, the others are counted."""

ANSWERS = say(
    "Where both have answered an event, the answer that holds most stands: a seat before a place in line, that before "
    "a maybe, that before a no. Of two seats you keep the one you had first, with the larger party; the other goes to "
    "whoever is next in line. What you told the organisers is kept."
)
VOTES = say(
    "Where both have voted in an open poll, secret ones too, what the account chose on which you confirm stands. "
    "Closed polls stay as they were counted."
)
APPOINTMENTS = say("What either may do as an organiser, has planned, asked or wished counts for both.")
RULES = (ANSWERS, VOTES, APPOINTMENTS)

PARTING = (
    say("Each account keeps the answers to events that were given through it, and an appointment that it had before."),
    say("Votes, and what was planned or asked while they were linked, stay with the other one."),
)

_ANSWERS = {Answer.GOING: "going", Answer.WAITING: "in line", Answer.MAYBE: "maybe", Answer.NOT_GOING: "not coming"}


async def preview(tx: Transaction, me: Account, other: Account) -> Sequence[Part]:
    """What would become of answers and votes that both have given, and by which rule.

    Of secret polls only the rule is told: whoever got hold of a code must not learn who has voted.
    """
    parts = await _doubled(tx, me, other)
    asked = await _both_voted(tx, me, other)
    if asked:
        shown = ", ".join(f"“{question}”" for question in asked[:MOST])
        more = f" and {len(asked) - MOST} more" if len(asked) > MOST else ""
        parts.append(Note(say("Both have voted in {polls}.", polls=shown + more)))
    return [*parts, *map(Note, RULES)]


async def hold(tx: Transaction, now: datetime) -> None:
    """Keep everything that can be answered as it is, before it is looked at whose account is whose.

    Whoever presses just now is counted before or after, and never under a member who is gone.
    """
    await tx.events.lock([event.id for event in await tx.events.upcoming(now, EventState.PUBLISHED)])


async def join(tx: Transaction, me: Account, other: Account, now: datetime) -> Sequence[Part]:
    """Make one member of two, and let everything follow; tells what became of their answers."""
    parts = await _doubled(tx, me, other)
    # The one whom we met first stays.
    stays, goes = sorted((me.member, other.member))
    moved_up, asked = await follow(tx, await tx.links.merge(stays, goes, me.member), now)
    await redirect(tx, stays, await tx.members.accounts([stays]), now)
    if moved_up:
        parts.append(Note(say("Next in line, and going now: {number}.", number=moved_up)))
    if asked:
        parts.append(Note(say("Next in line, and asked whether they come: {number}.", number=asked)))
    return parts


async def part(tx: Transaction, leaving: Account, now: datetime) -> None:
    """Make an account a member of its own again, and let everything follow."""
    accounts = await tx.members.accounts([leaving.member])
    await follow(tx, await tx.links.part(leaving.id), now)
    for member in {account.member for account in (await tx.members.those([each.id for each in accounts])).values()}:
        await redirect(tx, member, accounts, now)


async def follow(tx: Transaction, touched: Touched, now: datetime) -> tuple[int, int]:
    """Fill the seats that came free, and have cards redrawn; how many moved up, and how many are offered a seat."""
    moved_up = asked = 0
    for number in sorted(touched.events):
        event = await tx.events.get(number)
        cards = announcing.cards_of(number, await tx.chapters.get(event.chapter))
        if event.open(now):
            next_in_line = await seating.fill(tx, event, cards, now)
            if event.offer_until(now) is None:
                moved_up += next_in_line
            else:
                asked += next_in_line
        await tx.errands.refresh(cards, now)
    postings = await tx.postings.lock(touched.postings)
    told = await written_up(tx, {each.event for each in postings.values() if each.event is not None})
    await redraw(tx, [*map(places.drawn, touched.polls), *map(posting_card, postings), *told], now)
    return moved_up, asked


async def _doubled(tx: Transaction, me: Account, other: Account) -> list[Part]:
    """The events that both have answered, with what becomes of their answers."""
    answers: defaultdict[EventId, list[Rsvp]] = defaultdict(list)
    for rsvp in await tx.rsvps.all([me.member, other.member]):
        answers[rsvp.event].append(rsvp)
    doubled = [several for several in answers.values() if len(several) > 1]
    accounts = await tx.members.those({rsvp.account for several in doubled for rsvp in several})
    rows: list[tuple[str, Text]] = []
    for several in doubled[-MOST:]:
        given = ", ".join(f"{_platform(accounts[one.account])}: {_words(one)}" for one in several)
        stands = _words(united(several, me.member))
        title = (await tx.events.get(several[0].event)).title
        rows.append((title, say("{given} → {stands}", given=given, stands=stands)))
    parts: list[Part] = [Facts(tuple(rows))] if rows else []
    if len(doubled) > MOST:
        parts.append(Note(say("And {more}.", more=counted(len(doubled) - MOST, "earlier event", "earlier events"))))
    return parts


async def _both_voted(tx: Transaction, me: Account, other: Account) -> list[str]:
    """The questions of the open polls in which both have voted, where that is no secret."""
    polls = [poll for poll in await tx.polls.all([PollState.OPEN]) if poll.rules.anonymity is not Anonymity.SECRET]
    voters = {known_voter(me.member), known_voter(other.member)}
    cast = [ballot.poll for ballot in await tx.ballots.of({(poll.id, voter) for poll in polls for voter in voters})]
    return [poll.question for poll in polls if cast.count(poll.id) > 1]


def _words(rsvp: Rsvp) -> str:
    match rsvp.guests:
        case 0:
            return _ANSWERS[rsvp.answer]
        case 1:
            return f"{_ANSWERS[rsvp.answer]} with one guest"
        case _:
            return f"{_ANSWERS[rsvp.answer]} with {rsvp.guests} guests"


def _platform(account: Account) -> str:
    return account.person.platform.title()
