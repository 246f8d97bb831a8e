"""Asking: a poll from the first word to its card, in one line or through a form with a preview."""

from dataclasses import replace
from datetime import datetime
from typing import Annotated

from bot import codes
from bot.calls import Call, Door, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.choices import Unusable, read_choices
from bot.domain.events import EventId
from bot.domain.moments import Unreadable, read_moment, show_moment
from bot.domain.people import Role
from bot.domain.places import Chapter, ChapterId
from bot.domain.polls import (
    Additions,
    Anonymity,
    ChoiceState,
    Poll,
    PollId,
    PollKind,
    PollState,
    Question,
    Rules,
    Showing,
    Voters,
)
from bot.features import picks
from bot.features.polls.cards import picture
from bot.features.polls.papers import abstaining
from bot.features.polls.picks import found, may_ask, own
from bot.features.polls.places import cards_of, named, places_of
from bot.messages import Button, Buttons, Divider, Message, Note, Paragraph, Tone, line, say
from bot.ports import Transaction

QuestionText = Annotated[str, Ask("What do you ask?", most=200)]
Choices = Annotated[
    str, Ask("What can be chosen?", "One a line, or A | B | C; empty for yes or no, or 1 to 5", most=10_200, lines=True)
]
Kind = Annotated[PollKind | None, Ask("What kind of poll?", "One choice, if you do not say")]
Ballots = Annotated[Anonymity | None, Ask("Who sees who chose what?", "Counts only, if you do not say")]
Results = Annotated[Showing | None, Ask("When are the results shown?", "Always, if you do not say")]

UNTIL = "For example: Fri 18 Sep 18:00; empty for no deadline"
_until = Ask("Until when?", UNTIL, most=80)
_most = Ask("How many may one person choose?", "Empty for no limit", most=4)
_room = Ask("How many may choose the same?", "Such as seats at a table; empty for no limit", most=6)
_quorum = Ask("How many must vote for it to count?", "Empty for no quorum", most=6)
_voters = Ask("Who may vote?")
_additions = Ask("May members add choices?")
_event = Ask("Of which event must they be guests?", pick=picks.upcoming)


@command(
    "poll ask",
    "Ask a question",
    needs=Role.ORGANISER,
    unless=may_ask,
    bare=True,
    submit="Preview",
)
async def ask(
    call: Call,
    tx: Transaction,
    question: QuestionText,
    choices: Choices = "",
    kind: Kind = None,
    ballots: Ballots = None,
    results: Results = None,
    until: Annotated[str, replace(_until, quiet=True)] = "",
    most: Annotated[int | None, replace(_most, quiet=True)] = None,
    room: Annotated[int | None, replace(_room, quiet=True)] = None,
    quorum: Annotated[int | None, replace(_quorum, quiet=True)] = None,
    voters: Annotated[Voters | None, replace(_voters, quiet=True)] = None,
    additions: Annotated[Additions | None, replace(_additions, quiet=True)] = None,
    event: Annotated[EventId | None, replace(_event, quiet=True)] = None,
    *,
    chapter: Annotated[
        ChapterId,
        Ask(
            "Which chapter?",
            pick=picks.chapters,
            known=picks.chapter_here,
            nothing="There is no chapter yet: write one into [[chapters]] in config.toml and start the bot again.",
        ),
    ],
) -> Reply:
    """Put a poll on record: a line that says everything posts it at once, a form shows what it will look like."""
    home = await tx.chapters.get(chapter)
    rules = Rules(
        kind or PollKind.SINGLE,
        ballots or Anonymity.COUNTS,
        results or Showing.ALWAYS,
        _usual(voters, event, call, home),
        _added(kind, additions),
        most,
        room,
        quorum,
        event,
    )
    _fair(tx, rules)
    labels = _labels(choices, rules)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    closes = _moment(until, call.at, home)
    written = Question(chapter, call.place, question, rules, closes, account.member, origin)
    poll = await tx.polls.get(await tx.polls.add(written))
    if poll.state is PollState.DRAFT:
        await _offer(tx, poll, labels)
    if call.door is Door.FORM:
        return await preview(tx, poll)
    return await posted(tx, poll, call.at)


async def _as_drafted(tx: Transaction, call: Call) -> dict[str, str]:
    draft = await _draft(tx, call)
    labels = [choice.label for choice in (await tx.polls.choices([draft.id]))[draft.id] if choice.counts]
    return {
        "question": draft.question,
        "choices": "" if draft.rules.kind is PollKind.YES_NO else "\n".join(labels),
        "kind": draft.rules.kind,
        "ballots": draft.rules.anonymity,
        "results": draft.rules.showing,
    }


@command(
    "poll redraft",
    "Change a poll",
    needs=Role.ORGANISER,
    unless=own,
    hidden=True,
    submit="Preview",
    filled=_as_drafted,
)
async def redraft(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    question: QuestionText,
    choices: Choices = "",
    kind: Kind = None,
    ballots: Ballots = None,
    results: Results = None,
) -> Reply:
    """Replace what a draft says, and show it again."""
    draft = await held(tx, poll, PollState.DRAFT)
    rules = replace(
        draft.rules,
        kind=kind or PollKind.SINGLE,
        anonymity=ballots or Anonymity.COUNTS,
        showing=results or Showing.ALWAYS,
        additions=_added(kind, draft.rules.additions if draft.rules.additions is not Additions.NONE else None),
    )
    _fair(tx, rules)
    labels = _labels(choices, rules)
    changed = replace(draft, question=question, rules=rules)
    await tx.polls.put(changed)
    await _offer(tx, changed, labels)
    return await preview(tx, changed)


async def _as_set(tx: Transaction, call: Call) -> dict[str, str]:
    draft = await _draft(tx, call)
    chapter, rules = await tx.chapters.get(draft.chapter), draft.rules
    numbers = {"most": rules.most, "room": rules.room, "quorum": rules.quorum, "event": rules.event}
    return {
        "until": f"{draft.closes.astimezone(chapter.zone):%Y-%m-%d %H:%M}" if draft.closes else "",
        "voters": rules.voters,
        "additions": rules.additions,
        **{name: "" if number is None else str(number) for name, number in numbers.items()},
    }


@command(
    "poll settings",
    "Settings of a poll",
    needs=Role.ORGANISER,
    unless=own,
    hidden=True,
    submit="Preview",
    filled=_as_set,
)
async def settings(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    until: Annotated[str, _until] = "",
    most: Annotated[int | None, _most] = None,
    room: Annotated[int | None, _room] = None,
    quorum: Annotated[int | None, _quorum] = None,
    voters: Annotated[Voters | None, _voters] = None,
    additions: Annotated[Additions | None, _additions] = None,
    event: Annotated[EventId | None, _event] = None,
) -> Reply:
    """Set what a quick poll leaves as it is, and show the draft again."""
    draft = await held(tx, poll, PollState.DRAFT)
    chapter = await tx.chapters.get(draft.chapter)
    rules = replace(
        draft.rules,
        voters=voters or (Voters.GOING if event is not None else draft.rules.voters),
        additions=additions or draft.rules.additions,
        most=most,
        room=room,
        quorum=quorum,
        event=event,
    )
    _fair(tx, rules)
    changed = replace(draft, rules=rules, closes=_moment(until, call.at, chapter))
    await tx.polls.put(changed)
    return await preview(tx, changed)


@command("poll post", "Post a poll", needs=Role.ORGANISER, unless=own, hidden=True)
async def post(call: Call, tx: Transaction, poll: Annotated[PollId, Ask("Which poll?", hidden=True)]) -> Reply:
    """Open a draft to everybody it is for."""
    return await posted(tx, await held(tx, poll), call.at)


async def preview(tx: Transaction, draft: Poll) -> Message:
    """A draft as its card will look, and what can be done with it."""
    chapter = await tx.chapters.get(draft.chapter)
    where = named(places_of(draft.place, draft.rules.voters, chapter), chapter)
    echo = say("This is a preview: nothing is posted yet. It goes to {where}.", where=where)
    if draft.closes is not None:
        echo = say("{echo} It closes on **{closes}**.", echo=echo, closes=show_moment(draft.closes, chapter.zone))
    actions = Buttons(
        (
            Button("Post", post.bind(draft.id), Tone.GOOD),
            Button("Change", redraft.form(poll=draft.id)),
            Button("Settings", settings.form(poll=draft.id)),
        )
    )
    card = await picture(tx, draft, (Divider(), Note(echo), actions))
    return replace(card, gist=echo)


async def posted(tx: Transaction, poll: Poll, now: datetime) -> Message:
    """Open a poll, and promise its cards; raises Refusal."""
    chapter = await tx.chapters.get(poll.chapter)
    cards = cards_of(poll, chapter)
    if not cards:
        raise Refusal(
            "**{chapter}** has no channel to ask in, and neither is this one. Ask in a channel, or name one for it "
            "under [[chapters]] in config.toml. The poll is kept.",
            chapter=chapter.name,
        )
    if poll.closes is not None and poll.closes <= now:
        raise Refusal("**{question}** would close in the past. Change its settings first.", question=poll.question)
    where = named([card.place for card in cards], chapter)
    if poll.rules.anonymity is Anonymity.SECRET:
        await tx.polls.put(replace(poll, seal=tx.ballots.mark))
    if not await tx.polls.move(poll.id, PollState.DRAFT, PollState.OPEN, poll.revision + 1):
        return line("**{question}** is posted already.", question=poll.question)
    await tx.errands.refresh(cards, now)
    text = say("**{question}** is posted in {where}.", question=poll.question, where=where)
    close = Button("Close it", codes.pack("poll close", {"poll": str(poll.id)}))
    return Message((Paragraph(text), Buttons((close,))), text)


async def held(tx: Transaction, poll: PollId, state: PollState | None = None) -> Poll:
    """A poll, held against other writers until the transaction ends, in this state; raises Refusal."""
    return _in_state((await tx.polls.lock([poll])).get(poll), state)


async def _draft(tx: Transaction, call: Call) -> Poll:
    """The draft that is to be changed, to look at."""
    return _in_state(await found(tx, call.given.get("poll", "")), PollState.DRAFT)


def _in_state(poll: Poll | None, state: PollState | None) -> Poll:
    if poll is None:
        raise Refusal("That poll is not on record any more.")
    if state is not None and poll.state is not state:
        raise Refusal("**{question}** is {state} already.", question=poll.question, state=poll.state)
    return poll


def _usual(voters: Voters | None, event: EventId | None, call: Call, chapter: Chapter) -> Voters:
    """Who may vote where nobody has said: in a chapter's home the chapter, elsewhere everyone there."""
    if voters is not None:
        return voters
    if event is not None:
        return Voters.GOING
    at_home = call.place is None or call.place in [home.place for home in chapter.homes]
    return Voters.CHAPTER if at_home else Voters.HERE


def _added(kind: PollKind | None, additions: Additions | None) -> Additions:
    """Whether members may add choices where nobody has said: open answers come from them."""
    return additions or (Additions.FREE if kind is PollKind.ANSWERS else Additions.NONE)


def _fair(tx: Transaction, rules: Rules) -> None:
    """Raise for rules by which no poll can be held."""
    if rules.voters is Voters.GOING and rules.event is None:
        raise Unclear("event", "Say which event, or let others vote too.")
    for name, number in (("most", rules.most), ("room", rules.room), ("quorum", rules.quorum)):
        if number is not None and not 1 <= number <= 1_000_000:
            raise Unclear(name, "This is 1 or more; leave it empty for no limit.")
    if rules.most is not None and rules.sole:
        raise Unclear("most", "In this kind of poll everybody chooses one; leave this empty, or take several choices.")
    if rules.anonymity is Anonymity.SECRET and not tx.ballots.mark:
        raise Refusal("Secret polls need a key, which this bot was started without; see FLASHMOB_BALLOT_KEY.")


def _labels(choices: str, rules: Rules) -> list[str]:
    try:
        return read_choices(choices, rules.kind)
    except Unusable as unusable:
        raise Unclear("choices", str(unusable)) from None


def _moment(written: str, now: datetime, chapter: Chapter) -> datetime | None:
    try:
        return read_moment(written, now, chapter.zone) if written else None
    except Unreadable as unreadable:
        raise Unclear("until", str(unreadable)) from None


async def _offer(tx: Transaction, poll: Poll, labels: list[str]) -> None:
    """Make these a draft's choices, and abstaining one more where it makes sense."""
    await tx.polls.clear(poll.id)
    for position, label in enumerate(labels):
        await tx.polls.offer(poll.id, position, label, ChoiceState.OFFERED)
    if poll.rules.kind is PollKind.YES_NO or poll.rules.showing is Showing.VOTED:
        await tx.polls.offer(poll.id, len(labels), abstaining(poll.rules.showing), ChoiceState.ABSTENTION)
