"""People, plans and promises, made up for tests of the storage."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.events import Event, EventId, EventState, Plan
from bot.domain.leads import Lead
from bot.domain.people import Account, Caller, MemberId, Person, Platform
from bot.domain.places import ChapterId, Place
from bot.domain.rsvps import Answer, Rsvp
from bot.errands import Card, Directly, InThread, Notice
from storage.transaction import Transaction

NOW = datetime(2026, 9, 1, 12, 0, tzinfo=UTC)
SECOND, MINUTE, HOUR, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LEASE = MINUTE

SLACK, DISCORD = Platform("slack"), Platform("discord")
LONDON = Place(SLACK, "C-London")
LEEDS = Place(SLACK, "C-Leeds")
ON_DISCORD = Place(DISCORD, "1001")


def caller(number: int, name: str = "", platform: Platform = SLACK) -> Caller:
    """Somebody new for each number."""
    return Caller(Person(platform, f"U{number}"), name or f"Person {number}", direct=platform == SLACK)


def card(number: int = 1, place: Place = LONDON) -> Card:
    """The card of an event."""
    return Card(f"event card?event={number}", place)


def told(key: str, to: InThread | Directly) -> Notice:
    """Something to be told once."""
    return Notice(key, f"promoted?of={key}", to)


def direct(number: int, otherwise: Card | None = None) -> Directly:
    """To be told to somebody."""
    return Directly(caller(number).person, otherwise)


async def join(transaction: Transaction, *numbers: int) -> list[Account]:
    """The accounts of some people, in this order."""
    callers = [caller(number) for number in numbers]
    accounts = await transaction.members.recognise(callers)
    return [accounts[each.person] for each in callers]


async def chapter(transaction: Transaction, name: str = "London") -> ChapterId:
    """A chapter."""
    return await transaction.chapters.add(name, ZoneInfo("Europe/London"), [Lead(days=1), Lead(minutes=120)])


def plan(of: ChapterId, planner: MemberId, origin: str = "call 1", seats: int | None = None) -> Plan:
    """What an organiser has written."""
    return Plan(of, "Autumn meetup", NOW + 3 * DAY, "The Crown", "Talks & pizza", seats, planner, origin)


async def event(transaction: Transaction, origin: str = "call 1", seats: int | None = None) -> EventId:
    """An event on record."""
    (planner,) = await join(transaction, 0)
    return await transaction.events.add(plan(await chapter(transaction), planner.member, origin, seats))


def written(number: EventId, plan: Plan) -> Event:
    """The event that a plan becomes."""
    return Event(
        number,
        plan.chapter,
        plan.title,
        plan.starts,
        plan.venue,
        plan.about,
        plan.seats,
        EventState.DRAFT,
        1,
        plan.planner,
    )


def rsvp(event: EventId, account: Account, answer: Answer, arrived: int) -> Rsvp:
    """What somebody answered."""
    return Rsvp(event, account.member, account.id, answer, arrived)
