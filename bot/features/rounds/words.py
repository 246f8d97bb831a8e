"""Words for rounds: the names of what can be asked, where a round's cards stand, and how an entry is shown."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot import codes
from bot.calls import Refusal
from bot.domain.people import MemberId
from bot.domain.places import Chapter
from bot.domain.rounds import Entry, EntryId, Round, RoundId
from bot.domain.takeaways import Credit
from bot.errands import Card
from bot.features import retelling
from bot.features.retelling import written_up
from bot.messages import Slash
from bot.ports import Transaction

START, SHOW, CLOSE, ADD = "round start", "round show", "round close", "round add"
NAME, WITHDRAW, SUPPORT, LEAVE_OUT = "round name", "round withdraw", "round support", "round leave-out"
CARD = "round card"


def drawn(number: RoundId) -> str:
    """The code of a round's card."""
    return codes.pack(CARD, {"round": str(number)})


def cards_of(number: RoundId, chapter: Chapter) -> list[Card]:
    """A round's card in each of its chapter's homes, where it is posted first."""
    return [Card(drawn(number), home.place) for home in chapter.homes]


async def redraw(tx: Transaction, collected: Round, now: datetime) -> None:
    """Have everything drawn anew that shows a round: its cards, and the write-up of its event."""
    told = [] if collected.event is None else await written_up(tx, [collected.event])
    await retelling.redraw(tx, [drawn(collected.id), *told], now)


async def seen(tx: Transaction, number: RoundId) -> Round:
    """Raises Refusal where there is none of this number."""
    try:
        return await tx.rounds.get(number)
    except KeyError:
        raise Refusal("There is no such round. {show} shows what there is.", show=Slash(SHOW)) from None


async def held(tx: Transaction, number: RoundId) -> Round:
    """The same, held against other writers, and open; raises Refusal."""
    await seen(tx, number)
    collected = await tx.rounds.lock(number)
    if not collected.open:
        raise Refusal("**{title}** is closed; nothing is changed in it any more.", title=collected.title)
    return collected


async def entry_of(tx: Transaction, collected: Round, entry: EntryId) -> Entry:
    """An entry of this very round; raises Refusal for one that is gone, or of another."""
    found = next((each for each in await tx.rounds.entries(collected.id) if each.id == entry), None)
    if found is None:
        raise Refusal("That is not there any more: its author took it back, or an organiser left it out.")
    return found


async def names_of(tx: Transaction, entries: Sequence[Entry]) -> Mapping[MemberId, str]:
    """The names of those who wish theirs to be shown."""
    named = {entry.author for entry in entries if entry.credit is Credit.NAMED}
    return {account.member: account.name for account in reversed(await tx.members.accounts(named))}


def by(entry: Entry, names: Mapping[MemberId, str]) -> str:
    """Whose it is, where they wish that to be known."""
    return names.get(entry.author, "") if entry.credit is Credit.NAMED else ""


def backing(number: int) -> str:
    """How many others would say the same; nothing where nobody has said so."""
    return "" if not number else "1 supports it" if number == 1 else f"{number} support it"
