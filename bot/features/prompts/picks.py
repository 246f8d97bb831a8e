"""Picks of prompts: which there are to choose from, and what is taken for granted of a call."""

from collections.abc import Sequence

from bot import codes
from bot.calls import Call, Candidate, Refusal
from bot.domain.places import ChapterId
from bot.domain.prompts import Posting, PostingId, Prompt, PromptId, PromptState, queue
from bot.features import picks
from bot.features.prompts.wording import brief
from bot.ports import Transaction


async def waiting(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Suggestions that nobody has decided on, oldest first."""
    return [_candidate(prompt) for prompt in await _within(tx, call, PromptState.WAITING)]


async def queued(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """What is still to be asked in its deck's present cycle, next first."""
    ready = await _within(tx, call, PromptState.READY)
    decks = {each: await tx.prompts.deck(each) for each in {prompt.chapter for prompt in ready}}
    return [
        _candidate(prompt)
        for deck in decks.values()
        for prompt in queue(deck, [each for each in ready if each.chapter == deck.chapter])
    ]


async def kept(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Everything that waits or lies in a deck, newest first."""
    return [_candidate(prompt) for prompt in reversed(await _within(tx, call, PromptState.WAITING, PromptState.READY))]


async def asking(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Postings that ask where people stand and are not closed, newest first; those of the chapter here before others.

    One prompt may be asked in several chapters at once, so the others' are named with their chapter.
    """
    chapter = await here(tx, call)
    names = {each.id: each.name for each in await tx.chapters.all()}
    within = [posting for posting in await tx.postings.asking() if call.reaches(posting.chapter)]
    open_ones = sorted(within, key=lambda posting: posting.chapter != chapter)
    return [
        Candidate(brief(each.text) + ("" if each.chapter == chapter else f" ({names[each.chapter]})"), str(each.id))
        for each in open_ones
    ]


async def _within(tx: Transaction, call: Call, *states: PromptState) -> Sequence[Prompt]:
    """Prompts of the chapter that is meant; where none is, or another's, of all that the caller plans for."""
    chapter = await here(tx, call)
    if chapter is not None and not call.reaches(chapter):
        chapter = None
    return [prompt for prompt in await tx.prompts.all(states, chapter) if call.reaches(prompt.chapter)]


async def here(tx: Transaction, call: Call) -> ChapterId | None:
    """The chapter that is meant by a call, where that is known."""
    number = codes.row(call.given.get("chapter", "") or await chapter_meant(tx, call) or "")
    return None if number is None else ChapterId(number)


async def chapter_meant(tx: Transaction, call: Call) -> str | None:
    """The chapter of the prompt that a call is about; where it is about none, the one that it comes from."""
    number = codes.row(call.given.get("prompt", ""))
    if number is None:
        return await picks.chapter_here(tx, call)
    try:
        return str((await tx.prompts.get(PromptId(number))).chapter)
    except KeyError:
        return None


async def event_now(tx: Transaction, call: Call) -> str | None:
    """The event of this chapter that is going on at this moment."""
    chapter = await here(tx, call)
    event = None if chapter is None else await picks.under_way(tx, chapter, call.at)
    return None if event is None else str(event.id)


async def seen(tx: Transaction, prompt: PromptId) -> Prompt:
    """A prompt as it is on record; raises Refusal."""
    try:
        return await tx.prompts.get(prompt)
    except KeyError:
        raise Refusal("That prompt is not on record.") from None


async def held(tx: Transaction, prompt: PromptId) -> Prompt:
    """A prompt, held with its deck against other writers until the transaction ends; raises Refusal."""
    return offered(await locked(tx, prompt))


def offered(prompt: Prompt) -> Prompt:
    """A prompt that is its organisers' to see and to change; raises Refusal where its author withdrew it."""
    if prompt.state is PromptState.WITHDRAWN:
        raise Refusal("That suggestion was withdrawn by whoever made it.")
    return prompt


async def locked(tx: Transaction, prompt: PromptId) -> Prompt:
    """A prompt, withdrawn or not, held with its deck against other writers; raises Refusal."""
    # The deck first, as everybody does it: two who took them crosswise would wait for each other.
    await tx.prompts.hold((await seen(tx, prompt)).chapter)
    return await tx.prompts.lock(prompt)


async def held_posting(tx: Transaction, posting: PostingId) -> Posting:
    """A posting, held against other writers until the transaction ends; raises Refusal."""
    found = await tx.postings.lock([posting])
    if posting not in found:
        raise Refusal("That prompt is not on record.")
    return found[posting]


def _candidate(prompt: Prompt) -> Candidate:
    return Candidate(brief(prompt.text), str(prompt.id))
