"""Words for takeaways: how one is shown, and to whom it is owed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot import codes
from bot.domain.events import Event, EventId
from bot.domain.people import MemberId
from bot.domain.places import Chapter, ChapterId
from bot.domain.takeaways import Credit, Takeaway, TakeawayId
from bot.messages import Button, Buttons, Note, Paragraph, Part, Text, say
from bot.ports import Transaction

ADD = "takeaway add"
AGREE = "takeaway agree"
LIST = "takeaway list"
MINE = "takeaway mine"
SUPPORT = "takeaway support"
WITHDRAW = "takeaway withdraw"


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to show takeaways to somebody: names, what they are from, and which the reader supports."""

    reader: MemberId | None
    names: Mapping[MemberId, str]
    events: Mapping[EventId, Event]
    chapters: Mapping[ChapterId, Chapter]
    supported: Collection[TakeawayId]

    def entry(self, takeaway: Takeaway, page: Mapping[str, str]) -> list[Part]:
        """A takeaway, with what its reader can do about it: their own is withdrawn, another's supported.

        `page` names the page of a list on which it stands, and which is shown again then.
        """
        given = {"takeaway": str(takeaway.id)}
        if takeaway.author == self.reader:
            button = Button("Withdraw", codes.pack(WITHDRAW, given))
        else:
            on = takeaway.id in self.supported
            label = "Take that back" if on else "I’d say the same"
            button = Button(label, codes.pack(SUPPORT, {**given, **page, "on": str(int(not on))}))
        return [Paragraph(say("{text}", text=takeaway.text)), Note(self.origin(takeaway)), Buttons((button,))]

    def origin(self, takeaway: Takeaway) -> Text:
        """Who said it where, and how many would say the same."""
        chapter = self.chapters[takeaway.chapter]
        where = chapter.name if takeaway.event is None else f"{self.events[takeaway.event].title}, {chapter.name}"
        asked = "" if takeaway.kept else " Its author has not agreed yet."
        return say(
            "{author}, {where}, {on}. {support}{asked}",
            author=self.author(takeaway),
            where=where,
            on=f"{takeaway.at.astimezone(chapter.zone):%d %b %Y}".lstrip("0"),
            support=supporters(takeaway.support),
            asked=asked,
        )

    def author(self, takeaway: Takeaway) -> str:
        """Who said it, where they wish that to be known."""
        own = " (you)" if takeaway.author == self.reader else ""
        named = self.names.get(takeaway.author, "Somebody") if takeaway.credit is Credit.NAMED else "No name given"
        return f"{named}{own}"


def supporters(number: int) -> str:
    """How many would say the same, in words; nothing where nobody has said so."""
    match number:
        case 0:
            return ""
        case 1:
            return "1 other would say the same."
        case _:
            return f"{number} others would say the same."


async def reading(tx: Transaction, takeaways: Sequence[Takeaway], reader: MemberId | None) -> Reading:
    """Everything that is needed to show these to somebody."""
    events = [event for event in {takeaway.event for takeaway in takeaways} if event is not None]
    accounts = await tx.members.accounts({takeaway.author for takeaway in takeaways})
    ids = [takeaway.id for takeaway in takeaways]
    return Reading(
        reader,
        {account.member: account.name for account in reversed(accounts)},
        {event: await tx.events.get(event) for event in events},
        {chapter.id: chapter for chapter in await tx.chapters.all()},
        set() if reader is None else await tx.takeaways.supported(reader, ids),
    )
