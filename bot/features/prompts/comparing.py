"""Comparing: the same prompt in several chapters, in sentences that are made from the numbers."""

from collections.abc import Sequence

from bot.domain.likeness import SAME, likeness
from bot.domain.places import ChapterId
from bot.domain.prompts import Posting
from bot.domain.stances import Stances, movement, verdict
from bot.messages import Text, join, say
from bot.ports import Transaction

LATELY = 500
"""Postings that are looked at, the newest first."""


async def elsewhere(tx: Transaction, text: str, chapter: ChapterId) -> Sequence[Text]:
    """What came of the same prompt in other chapters: a sentence for each that was asked."""
    named = {each.id: each for each in await tx.chapters.all()}
    told: list[Text] = []
    for posting, stances in await _kin(tx, text, chapter):
        home = named[posting.chapter]
        day = posting.posted.astimezone(home.zone)
        when = f"{day.day} {day:%B %Y}"
        if posting.stance and stances.last.total:
            said = verdict(stances.last)
            told.append(say("{chapter}, asked on {when}, {said}.", chapter=home.name, when=when, said=said))
        else:
            told.append(say("{chapter} was asked the same on {when}.", chapter=home.name, when=when))
    return told


async def comparison(tx: Transaction, posting: Posting, stances: Stances) -> Text:
    """How this chapter stands beside the others that took a stance: “London was divided, 5 to 4; Birmingham …”."""
    named = {each.id: each.name for each in await tx.chapters.all()}
    rooms = [(posting, stances)]
    rooms += [(other, each) for other, each in await _kin(tx, posting.text, posting.chapter) if each.last.total]
    told = [say("{chapter} {said}", chapter=named[each.chapter], said=verdict(came.last)) for each, came in rooms]
    return say("{told}.", told=join("; ", told))


async def account(tx: Transaction, posting: Posting) -> Sequence[Text]:
    """What came of asking where people stand, sentence by sentence: beside other chapters, and how many moved."""
    stances = (await tx.postings.stances([posting.id]))[posting.id]
    moved = movement(stances)
    return [await comparison(tx, posting, stances), *([say("{moved}", moved=moved)] if moved else [])]


async def _kin(tx: Transaction, text: str, chapter: ChapterId) -> Sequence[tuple[Posting, Stances]]:
    """The posting of the same prompt in each other chapter that tells most of it, oldest first.

    That is the newest one that came to something: what has just been asked again hides nothing.
    """
    same = [
        posting
        for posting in await tx.postings.of(most=LATELY)
        if posting.chapter != chapter and likeness(text, posting.text) >= SAME
    ]
    stances = await tx.postings.stances([each.id for each in same])

    def telling(posting: Posting) -> tuple[bool, bool]:
        return stances[posting.id].last.total > 0, posting.closed

    best: dict[ChapterId, Posting] = {}
    for posting in same:  # newest first, which is kept among those that tell as much
        if posting.chapter not in best or telling(posting) > telling(best[posting.chapter]):
            best[posting.chapter] = posting
    kin = sorted(best.values(), key=lambda each: (each.posted, each.id))
    return [(each, stances[each.id]) for each in kin]
