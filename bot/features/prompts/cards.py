"""The prompt card: something to talk about, where people stand, and whose idea it was."""

from bot.domain.moments import show_moment
from bot.domain.prompts import Posting, PostingId
from bot.domain.stances import Asking, Division, Stance, Stances
from bot.drawings import drawing
from bot.features.prompts import buttons, comparing, telling
from bot.messages import Buttons, Facts, Heading, Message, Note, Paragraph, Part, Text, When, say
from bot.ports import Transaction

WIDEST = 8
"""Blocks in the longest bar: it fits beside its words on a phone."""


@drawing(buttons.PROMPT_CARD)
async def prompt_card(tx: Transaction, posting: PostingId) -> Message | None:
    """The card as it stands."""
    asked = await tx.postings.get(posting)
    text = say("{text}", text=asked.text)
    parts: list[Part] = [Heading(text)]
    if asked.stance:
        parts += await _stances(tx, asked)
    talk = say("Talk about it in its thread.")
    name = await telling.credit_of(tx, asked)
    parts.append(Note(say("Suggested by {name}. {talk}", name=name, talk=talk) if name else talk))
    parts.append(_actions(asked))
    return Message(tuple(parts), text)


@drawing("prompt thread")
async def prompt_thread(tx: Transaction, posting: PostingId) -> Message | None:
    """Opens the thread in which a prompt is talked about."""
    asked = await tx.postings.get(posting)
    text = say("What do you think? Talk about it here.")
    return Message((Paragraph(text), _actions(asked)), text)


@drawing("prompt once more")
async def once_more(tx: Transaction, posting: PostingId) -> Message | None:
    """Asks once more where people stand, in the thread in which they talked about it."""
    asked = await tx.postings.get(posting)
    if not asked.open or asked.asking is not Asking.AGAIN:
        return None
    text = say("You have talked about it. Where do you stand now? **{text}**", text=asked.text)
    return Message((Paragraph(text), Buttons(buttons.stances(posting, Asking.AGAIN))), text)


@drawing("prompt outcome")
async def outcome(tx: Transaction, posting: PostingId) -> Message | None:
    """Tells in the thread what came of asking, beside other chapters that were asked the same."""
    asked = await tx.postings.get(posting)
    if not asked.stance or not asked.closed:
        return None
    stances = (await tx.postings.stances([posting]))[posting]
    told = await comparing.account(tx, asked)
    parts: list[Part] = [Paragraph(each) for each in told]
    if stances.last.total:
        parts.append(_bars(stances, again=stances.again.total > 0))
    return Message(tuple(parts), told[0])


def _actions(posting: Posting) -> Buttons:
    """What anybody can do about a prompt."""
    return Buttons((*buttons.takeaways(posting.id), buttons.suggest(posting.chapter)))


async def _stances(tx: Transaction, posting: Posting) -> list[Part]:
    """Where people stand so far, and how to say where one stands oneself."""
    stances = (await tx.postings.stances([posting.id]))[posting.id]
    parts: list[Part] = []
    if stances.first.total or stances.again.total:
        parts.append(
            _bars(stances, again=stances.again.total > 0 or (not posting.closed and posting.asking is Asking.AGAIN))
        )
    if posting.closed:
        return [*parts, *[Note(each) for each in await comparing.account(tx, posting)]]
    chapter = await tx.chapters.get(posting.chapter)
    if posting.asking is Asking.AGAIN:
        head = say("Once more, after talking about it: where do you stand **now**?")
        until = say("it is closed")
    else:
        head = say("Where do you stand, before we talk about it?")
        until = say("it is asked once more")
    if posting.turns is not None:
        until = say("{at}", at=When(posting.turns, show_moment(posting.turns, chapter.zone)))
    note = say("Only counts are shown. You can change it until {until}.", until=until)
    return [Paragraph(head), *parts, Buttons(buttons.stances(posting.id, posting.asking)), Note(note)]


def _bars(stances: Stances, again: bool) -> Facts:
    """A line for each stance; of the second asking, with what it was before."""
    shown = stances.again if again else stances.first
    longest = max(shown.of(stance) for stance in Stance)
    return Facts(
        tuple((stance.words, _bar(stances.first if again else None, shown, stance, longest)) for stance in Stance)
    )


def _bar(before: Division | None, shown: Division, stance: Stance, longest: int) -> Text:
    count = shown.of(stance)
    blocks = f" {'█' * round(WIDEST * count / longest)}" if count else ""
    if before is not None:
        return say("{count}{blocks} (before: {first})", count=count, blocks=blocks, first=before.of(stance))
    return say("{count}{blocks}", count=count, blocks=blocks)
