"""Posting: a prompt leaves its deck and is put to its chapter, on every platform at once."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.events import Event, EventId
from bot.domain.memories import MemoryKind
from bot.domain.people import MemberId, Role
from bot.domain.places import Chapter, ChapterId
from bot.domain.prompts import (
    Deck,
    Post,
    PostingId,
    Prompt,
    PromptId,
    PromptState,
    asked,
    behind,
    in_front,
    queue,
    renewed,
    take,
)
from bot.errands import Card, InThread, Notice
from bot.features import picks as all_picks
from bot.features.prompts import buttons, comparing, drying, listing, picks, wording
from bot.features.prompts.buttons import Shelf
from bot.features.remembering import remember_posting
from bot.features.resemblance import announce_resemblance
from bot.features.retelling import retell
from bot.features.writing import not_private
from bot.messages import Button, Buttons, Message, Note, Paragraph, Part, Slash, Text, Tone, say
from bot.ports import Transaction

_page = Annotated[int, Ask("From which page of the queue?", hidden=True)]
Meant = Annotated[
    ChapterId,
    Ask("Which chapter?", pick=all_picks.chapters, known=picks.chapter_meant, nothing=wording.NO_CHAPTER),
]


@command(buttons.POST, "Post a prompt", needs=Role.ORGANISER, submit="Post")
async def post(
    call: Call,
    tx: Transaction,
    prompt: Annotated[PromptId | None, Ask("Which prompt?", pick=picks.queued)] = None,
    tag: Annotated[str, Ask("With which tag?", most=30)] = "",
    event: Annotated[
        EventId | None, Ask("At which event?", pick=all_picks.upcoming, known=picks.event_now, quiet=True)
    ] = None,
    again: Annotated[int, Ask("Although it was asked by this posting?", hidden=True)] = 0,
    *,
    chapter: Meant,
) -> Reply:
    """Post the prompt that is named; where none is, show whose turn it is, with the button that posts it."""
    if prompt is None:
        shown = await upcoming(tx, await tx.chapters.get(chapter), tag.strip("# ").casefold())
        return replace(shown, moot=True)  # to look whose turn it is does nothing
    await not_private(tx, event)
    found = await picks.held(tx, prompt)
    named, deck = await tx.chapters.get(found.chapter), await tx.prompts.hold(found.chapter)
    _postable(found)
    deck = await _begun_again(tx, deck, found)
    before = next((each.id for each in await tx.postings.of(prompt=found.id, most=1)), 0)
    if found.cycle == deck.cycle and found.asked is not None and again != before:
        return await _asked_already(tx, deck, found, before)
    at = None if event is None else await _at(tx, event, named)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    posted = await put_up(tx, deck, named, found, call.at, origin, event, account.member)
    if posted is None:
        raise Refusal(
            "**{chapter}** has no channel to post in. Name one by {edit}.",
            chapter=named.name,
            edit=Slash("chapter edit"),
        )
    receipt = _receipt(named, found, posted)
    elsewhere = await comparing.elsewhere(tx, found.text, found.chapter)
    notes = [Note(each) for each in elsewhere]
    if at is not None:
        notes.append(Note(say("It belongs to **{title}**.", title=at.title)))
    return replace(receipt, parts=(receipt.parts[0], *notes, *receipt.parts[1:]))


@command(buttons.SKIP, "Skip a prompt", needs=Role.ORGANISER, submit="Skip")
async def skip(
    call: Call,
    tx: Transaction,
    prompt: Annotated[
        PromptId | None, Ask("Which prompt?", "The next one, if you do not say", pick=picks.queued)
    ] = None,
    page: _page = 0,
    tagged: listing.Tagged = "",
    *,
    chapter: Meant,
) -> Reply:
    """Have everything else that is left asked before this one; nothing is lost by it."""
    if prompt is None:
        deck = await tx.prompts.hold(chapter)
        left = queue(deck, await tx.prompts.all([PromptState.READY], chapter))
        if not left:
            raise Refusal("Nothing is left in the deck, so there is nothing to skip.")
        prompt = left[0].id
    found, left = await _in_queue(tx, prompt)
    await tx.prompts.put([behind(found, left)])
    text = say("“**{text}**” waits behind the others now.", text=found.text)
    if page:
        return await listing.shelf(tx, call, found.chapter, Shelf.NEXT, page, tagged, head=text)
    return await upcoming(tx, await tx.chapters.get(found.chapter), head=text)


@command(buttons.SOONER, "Put a prompt before the others", needs=Role.ORGANISER, hidden=True)
async def sooner(
    call: Call, tx: Transaction, prompt: Annotated[PromptId, Ask("Which prompt?", hidden=True)], page: _page = 1
) -> Reply:
    """Have this one asked next."""
    found, left = await _in_queue(tx, prompt)
    await tx.prompts.put([in_front(found, left)])
    text = say("“**{text}**” is asked next.", text=found.text)
    return await listing.shelf(tx, call, found.chapter, Shelf.NEXT, 1, head=text)


@command(buttons.RENEW, "Begin a deck again", needs=Role.ORGANISER, hidden=True, submit="Begin again")
async def renew(call: Call, tx: Transaction, chapter: wording.Chapter) -> Reply:
    """Begin the next cycle of a deck that is used up."""
    deck = await tx.prompts.hold(chapter)
    ready = await tx.prompts.all([PromptState.READY], chapter)
    if left := queue(deck, ready):
        much = "1 prompt of this deck is" if len(left) == 1 else f"{len(left)} prompts of this deck are"
        raise Refusal("{much} still to be asked: it begins again once it is used up.", much=much)
    if not ready:
        raise Refusal("There is nothing in this deck yet.")
    await tx.prompts.keep(renewed(deck))
    await drying.look(tx, chapter, call.at)
    text = say("The deck begins again, with what was asked longest ago.")
    return await listing.shelf(tx, call, chapter, Shelf.NEXT, 1, head=text)


async def _at(tx: Transaction, event: EventId, chapter: Chapter) -> Event:
    """The event at which a prompt is posted; raises Unclear for another chapter's."""
    found = await tx.events.get(event)
    if found.chapter != chapter.id:
        raise Unclear("event", f"That prompt is of {chapter.name}, and this event of another chapter.")
    return found


async def put_up(
    tx: Transaction,
    deck: Deck,
    chapter: Chapter,
    prompt: Prompt,
    now: datetime,
    origin: str,
    event: EventId | None = None,
    asker: MemberId | None = None,
    turns: datetime | None = None,
) -> PostingId | None:
    """Put a prompt on record as asked, and promise its cards and threads; None where there is no place for them.

    The deck is held, and kept as it is given.
    """
    if not chapter.homes:
        return None
    posting, new = await tx.postings.add(Post(prompt, now, origin, event, asker, turns))
    if not new:
        return posting
    await tx.prompts.keep(deck)
    await tx.prompts.put([asked(prompt, deck, now)])
    await drying.look(tx, chapter.id, now)
    cards = [Card(drawn(posting), home.place) for home in chapter.homes]
    await tx.errands.refresh(cards, now)
    told = [
        Notice(
            f"prompt {posting} thread in {card.place.platform} {card.place.key}",
            codes.pack("prompt thread", {"posting": str(posting)}),
            InThread(card),
        )
        for card in cards
    ]
    await tx.errands.note(told, now)
    await remember_posting(tx, await tx.postings.get(posting))
    if event is not None:
        await retell(tx, event, now)
    await announce_resemblance(tx, (MemoryKind.PROMPT, posting), prompt.text, cards, now)
    return posting


def drawn(posting: PostingId) -> str:
    """The code of a posting's card."""
    return codes.pack(buttons.PROMPT_CARD, {"posting": str(posting)})


async def upcoming(tx: Transaction, chapter: Chapter, tag: str = "", head: Text | None = None) -> Message:
    """Whose turn it is, with what can be done about it."""
    deck, ready = await tx.prompts.deck(chapter.id), await tx.prompts.all([PromptState.READY], chapter.id)
    _deck, following = take(deck, ready, tag)
    parts: list[Part] = [] if head is None else [Paragraph(head)]
    if following is None:
        text = say("Nothing is left in the deck of **{chapter}**.", chapter=chapter.name)
        if tag and queue(deck, ready):
            text = say("Nothing with #{tag} is left in the deck of **{chapter}**.", tag=tag, chapter=chapter.name)
        ways = (
            buttons.of_chapter("Add prompts", buttons.ADD, chapter.id, Tone.GOOD),
            buttons.of_chapter("Starter deck", buttons.STARTER, chapter.id),
            buttons.of_chapter("Begin again", buttons.RENEW, chapter.id),
        )
        return Message((*parts, Paragraph(text), Buttons(ways)), text)
    text = say("Next in {chapter}: **{text}**", chapter=chapter.name, text=following.text)
    ways = (
        buttons.of_prompt("Post", buttons.POST, following.id, tone=Tone.GOOD),
        buttons.of_prompt("Skip", buttons.SKIP, following.id),
        buttons.shelf(chapter.id, Shelf.NEXT, "Queue"),
    )
    return Message((*parts, Paragraph(text), Buttons(ways)), text)


def _receipt(chapter: Chapter, prompt: Prompt, posting: PostingId) -> Message:
    """Where it went, and what its organiser can do next."""
    where = " and ".join(f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes)
    text = say("“**{text}**” is posted in {where}.", text=prompt.text, where=where)
    if not prompt.stance:
        return Message((Paragraph(text),), text)
    ways = Buttons(
        (
            buttons.of_posting("Ask once more", buttons.AGAIN, posting),
            buttons.of_posting("Close it", buttons.CLOSE, posting),
        )
    )
    note = say("Once you have talked about it, ask once more where people stand: then it can be told how many moved.")
    return Message((Paragraph(text), Note(note), ways), text)


def _postable(prompt: Prompt) -> None:
    """Raise Refusal where a prompt is neither in the deck nor was ever asked."""
    if prompt.state is PromptState.READY or (prompt.state is PromptState.REMOVED and prompt.asked is not None):
        return
    if prompt.state is PromptState.WAITING:
        raise Refusal("“**{text}**” is a suggestion that nobody has decided on yet.", text=prompt.text)
    what = "was declined" if prompt.state is PromptState.DECLINED else "was taken out"
    raise Refusal(
        "“**{text}**” {what}. {list} has what was left out: take it in first.",
        text=prompt.text,
        what=what,
        list=Slash(buttons.LIST),
    )


async def _begun_again(tx: Transaction, deck: Deck, prompt: Prompt) -> Deck:
    """The deck from which a prompt is asked: in its next cycle where it is used up and renews itself.

    Not for what was asked last of all: of two who post it at once, the second one would ask it twice.
    """
    if prompt.state is not PromptState.READY or not deck.renews:
        return deck
    if prompt.id in [last.prompt for last in await tx.postings.of(deck.chapter, most=1)]:
        return deck
    left = queue(deck, await tx.prompts.all([PromptState.READY], deck.chapter))
    return deck if left else renewed(deck)


async def _asked_already(tx: Transaction, deck: Deck, prompt: Prompt, posting: int) -> Message:
    """Nothing is asked twice before the others were, unless an organiser insists: once, however many press."""
    chapter = await tx.chapters.get(deck.chapter)
    left = len(queue(deck, await tx.prompts.all([PromptState.READY], deck.chapter)))
    asked_on = prompt.asked.astimezone(chapter.zone) if prompt.asked else None
    day = f"on {asked_on.day} {asked_on:%B %Y}" if asked_on else "before"
    others = {0: "nothing else of this deck is left", 1: "1 other of this deck was not"}
    rest = others.get(left, f"{left} others of this deck were not")
    text = say("“**{text}**” was asked {day}, and {rest}.", text=prompt.text, day=day, rest=rest)
    anyway = codes.pack(buttons.POST, {"prompt": str(prompt.id), "again": str(posting)})
    ways = (Button("Ask it again", anyway), buttons.shelf(deck.chapter, Shelf.NEXT, "Queue"))
    return Message((Paragraph(text), Buttons(ways)), text)


async def _in_queue(tx: Transaction, prompt: PromptId) -> tuple[Prompt, list[Prompt]]:
    """A prompt that is still to be asked, and everything that is; raises Refusal."""
    found = await picks.held(tx, prompt)
    deck = await tx.prompts.hold(found.chapter)
    left = queue(deck, await tx.prompts.all([PromptState.READY], found.chapter))
    if found.id not in [each.id for each in left]:
        raise Refusal("“**{text}**” is not in the queue any more.", text=found.text)
    return found, left
