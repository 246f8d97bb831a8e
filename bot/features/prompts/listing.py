"""Listing: a chapter's prompts in short cards with buttons, a page at a time, as they are held in one hand."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.domain.moments import show_moment
from bot.domain.occasions import said
from bot.domain.people import MemberId, Role
from bot.domain.places import Chapter, ChapterId
from bot.domain.prompts import Deck, Priority, Prompt, PromptState, queue
from bot.features.prompts import buttons, wording
from bot.features.prompts.buttons import Shelf
from bot.messages import (
    Button,
    Buttons,
    Heading,
    Menu,
    Message,
    Note,
    Option,
    Paragraph,
    Part,
    Slash,
    Text,
    Tone,
    When,
    join,
    say,
)
from bot.ports import Transaction

TAGS = 25
"""Tags to choose from: as many as a menu on Discord holds."""

PAGE = 3
"""Prompts on a page: about as many as a phone shows at once."""

Tagged = Annotated[str, Ask("With the tag of which mark?", most=10, hidden=True)]

_STATES = {
    Shelf.WAITING: [PromptState.WAITING],
    Shelf.NEXT: [PromptState.READY],
    Shelf.ASKED: [PromptState.READY, PromptState.REMOVED],
    Shelf.DECLINED: [PromptState.DECLINED, PromptState.REMOVED],
}


@command(buttons.LIST, "See the queue of prompts", needs=Role.ORGANISER, reads=True)
async def list_prompts(
    call: Call,
    tx: Transaction,
    show: Annotated[Shelf | None, Ask("Which prompts?", "What waits for a decision, if anything does")] = None,
    tag: Annotated[str, Ask("With which tag?", most=30)] = "",
    page: Annotated[int, Ask("Which page?", hidden=True)] = 1,
    tagged: Tagged = "",
    *,
    chapter: wording.Chapter,
) -> Reply:
    """The queue: what waits for a decision, what comes next, what was asked, and what was left out."""
    if show is None:
        show = Shelf.WAITING if await tx.prompts.all([PromptState.WAITING], chapter) else Shelf.NEXT
    return await shelf(tx, call, chapter, show, page, tagged or mark_of(tag))


def mark_of(written: str) -> str:
    """The mark of a tag as somebody has written it; of none, none."""
    tag = " ".join(written.split()).strip("# ").casefold()
    return buttons.mark(tag) if tag else ""


async def shelf(
    tx: Transaction, call: Call, chapter: ChapterId, show: Shelf, page: int, tagged: str = "", head: Text | None = None
) -> Message:
    """A page of a chapter's prompts, of one tag where its mark is given; beyond the last page, the last one."""
    named, deck = await tx.chapters.get(chapter), await tx.prompts.deck(chapter)
    there = await _found(tx, deck, show)
    tags = Counter(tag for each in there for tag in each.tags)
    tag = next((each for each in tags if buttons.mark(each) == tagged), "")
    found = [each for each in there if not tagged or tag in each.tags]
    pages = max(1, -(-len(found) // PAGE))
    page = min(max(1, page), pages)
    shown = found[(page - 1) * PAGE : page * PAGE]
    names = await _names(tx, shown)
    which = f", #{tag}" if tag else ", with that tag" if tagged else ""
    title = say(
        "{words} in {chapter}{which}: {number}", words=show.words, chapter=named.name, which=which, number=len(found)
    )
    parts: list[Part] = [] if head is None else [Paragraph(head)]
    parts.append(Heading(title))
    if show is Shelf.NEXT:
        parts.append(Note(_rhythm(named, deck)))
    if not found:
        parts += _nothing(show, chapter)
    for number, prompt in enumerate(shown, (page - 1) * PAGE + 1):
        parts.append(Paragraph(say("{number}. **{text}**", number=number, text=prompt.text)))
        if about := await _about(tx, named, prompt, show, names):
            parts.append(Note(about))
        parts.append(Buttons(_actions(prompt, show, page, tag)))
    if show is Shelf.NEXT and (tagged or pages > 1) and tags:
        parts.append(_tags(chapter, tags, bool(tagged)))
    parts.append(Buttons(_ways(chapter, show, page, pages, tag)))
    return Message(tuple(parts), title if head is None else head)


def _rhythm(chapter: Chapter, deck: Deck) -> Text:
    """When the next one is posted by itself."""
    if deck.rhythm is None or deck.due is None:
        return say("Posted by hand; {schedule} sets a rhythm.", schedule=Slash(buttons.SCHEDULE))
    due = When(deck.due, show_moment(deck.due, chapter.zone))
    words = said(deck.rhythm, chapter.zone)
    return say("{rhythm}, next {due}.", rhythm=words[:1].upper() + words[1:], due=due)


async def _found(tx: Transaction, deck: Deck, show: Shelf) -> Sequence[Prompt]:
    prompts = await tx.prompts.all(_STATES[show], deck.chapter)
    match show:
        case Shelf.NEXT:
            return queue(deck, prompts)
        case Shelf.ASKED:
            asked = [(each.asked, each) for each in prompts if each.asked is not None]
            return [each for _at, each in sorted(asked, key=lambda pair: (pair[0], pair[1].id), reverse=True)]
        case Shelf.WAITING:
            return prompts
        case Shelf.DECLINED:
            return list(reversed(prompts))


async def _about(
    tx: Transaction, chapter: Chapter, prompt: Prompt, show: Shelf, names: Mapping[MemberId, str]
) -> Text | None:
    """Small print of a prompt; its suggester only where they agreed to be named."""
    said: list[Text] = []
    if prompt.suggester is not None and prompt.credited and prompt.suggester in names:
        said.append(say("from {name}", name=names[prompt.suggester]))
    elif prompt.suggester is not None:
        said.append(say("suggested without a name"))
    if prompt.asked is not None:
        day = prompt.asked.astimezone(chapter.zone)
        said.append(say("asked on {day}", day=f"{day.day} {day:%B %Y}"))
    if prompt.priority is not Priority.USUAL:
        said.append(say("{words}", words=prompt.priority.words.lower()))
    if prompt.stance:
        said.append(say("asks where people stand"))
    said += [say("#{tag}", tag=tag) for tag in prompt.tags]
    if show is Shelf.WAITING:
        living = [PromptState.WAITING, PromptState.READY, PromptState.DECLINED]
        alike = await wording.resembling(tx, prompt.chapter, prompt.text, living, but=prompt.id)
        if alike is not None:
            text = wording.brief(alike.prompt.text)
            said.append(say("resembles “{text}”, which {where}", text=text, where=alike.whereabouts))
    return join(" · ", said) if said else None


def _actions(prompt: Prompt, show: Shelf, page: int, tag: str) -> tuple[Button, ...]:
    def button(label: str, command: str, tone: Tone = Tone.PLAIN, tag: str = "") -> Button:
        return buttons.of_prompt(label, command, prompt.id, page, tone, tag)

    match show:
        case Shelf.WAITING:
            return (
                button("Approve", buttons.APPROVE, Tone.GOOD),
                button("Decline", buttons.DECLINE),
                button("Edit", buttons.CHANGE),
            )
        case Shelf.NEXT:
            return (
                buttons.of_prompt("Post", buttons.POST, prompt.id, tone=Tone.GOOD),
                button("Sooner", buttons.SOONER),
                button("Skip", buttons.SKIP, tag=tag),
                button("Edit", buttons.CHANGE, tag=tag),
            )
        case Shelf.ASKED:
            return (buttons.of_prompt("Post again", buttons.POST, prompt.id),)
        case Shelf.DECLINED:
            return (button("Take in after all", buttons.RESTORE),)


def _tags(chapter: ChapterId, tags: Counter[str], chosen: bool) -> Menu:
    """To what is left of one tag, the most frequent first; from there, to all of it."""
    options = [Option("All of them", buttons.queue_code(chapter, Shelf.NEXT))] if chosen else []
    most = sorted(tags.items(), key=lambda each: (-each[1], each[0]))[: TAGS - len(options)]
    options += [Option(f"#{tag} ({number})", buttons.queue_code(chapter, Shelf.NEXT, 1, tag)) for tag, number in most]
    return Menu("By tag", tuple(options))


def _ways(chapter: ChapterId, show: Shelf, page: int, pages: int, tag: str) -> tuple[Button, ...]:
    """To the pages beside this one, and to the other shelves."""
    ways: list[Button] = []
    if page > 1:
        ways.append(buttons.shelf(chapter, show, "‹ Back", page - 1, tag))
    if page < pages:
        ways.append(buttons.shelf(chapter, show, f"More ({page} of {pages}) ›", page + 1, tag))
    others = [each for each in (Shelf.WAITING, Shelf.NEXT, Shelf.ASKED) if each is not show]
    labels = {Shelf.WAITING: "Suggestions", Shelf.NEXT: "Queue", Shelf.ASKED: "Asked"}
    ways += [buttons.shelf(chapter, each, labels[each]) for each in others]
    return tuple(ways[:4]) + ((buttons.of_chapter("Add", buttons.ADD, chapter),) if len(ways) <= 4 else ())


def _nothing(show: Shelf, chapter: ChapterId) -> list[Part]:
    match show:
        case Shelf.WAITING:
            return [
                Paragraph(
                    say("Nothing waits for a decision. Members suggest with {suggest}.", suggest=Slash(buttons.SUGGEST))
                )
            ]
        case Shelf.NEXT:
            text = say(
                "Nothing is left in this deck. Begin with the starter deck, add prompts, or begin the cycle again."
            )
            starter = buttons.of_chapter("Starter deck", buttons.STARTER, chapter, Tone.GOOD)
            return [Paragraph(text), Buttons((starter, buttons.of_chapter("Begin again", buttons.RENEW, chapter)))]
        case Shelf.ASKED:
            return [Paragraph(say("Nothing was asked yet."))]
        case Shelf.DECLINED:
            return [Paragraph(say("Nothing was left out."))]


async def _names(tx: Transaction, prompts: Sequence[Prompt]) -> dict[MemberId, str]:
    """The names of those suggesters who agreed to be named."""
    credited = [each.suggester for each in prompts if each.credited and each.suggester is not None]
    names: dict[MemberId, str] = {}
    for account in await tx.members.accounts(credited):
        names.setdefault(account.member, account.name)
    return names
