"""Asking: a poll from the first word to its card, in one line or through a form with a preview."""

from dataclasses import replace
from typing import Annotated

from bot.calls import Call, Door, Mistakes, Reply
from bot.commands import Ask, command
from bot.domain.choices import in_one_line
from bot.domain.events import EventId
from bot.domain.people import Role
from bot.domain.places import ChapterId
from bot.domain.polls import Additions, Anonymity, Poll, PollId, PollKind, PollState, Question, Rules, Showing, Voters
from bot.features import picks
from bot.features.polls import evenings, writing
from bot.features.polls.picks import found, may_ask, not_elsewhere, own
from bot.features.polls.posting import UNPOSTED, held, in_state, posted, preview, put_choices
from bot.features.polls.writing import entries_read, quietly
from bot.ports import Transaction


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
    question: writing.QuestionText,
    choices: writing.Choices = "",
    kind: writing.Kind = None,
    ballots: writing.Ballots = None,
    results: writing.Results = None,
    until: Annotated[str, quietly(writing.UNTIL)] = "",
    most: Annotated[int | None, quietly(writing.MOST)] = None,
    room: Annotated[int | None, quietly(writing.ROOM)] = None,
    quorum: Annotated[int | None, quietly(writing.QUORUM)] = None,
    voters: Annotated[Voters | None, quietly(writing.VOTERS)] = None,
    additions: Annotated[Additions | None, quietly(writing.ADDITIONS)] = None,
    event: Annotated[EventId | None, quietly(writing.EVENT)] = None,
    opens: Annotated[str, quietly(writing.OPENS)] = "",
    every: Annotated[str, quietly(writing.EVERY)] = "",
    *,
    chapter: Annotated[
        ChapterId,
        Ask(
            "Which chapter?",
            pick=picks.chapters,
            known=picks.chapter_here,
            nothing=picks.NO_CHAPTER,
        ),
    ],
) -> Reply:
    """Put a poll on record: a line that says everything posts it, a form shows what it will look like."""
    await not_elsewhere(tx, call, chapter)
    home = await tx.chapters.get(chapter)
    rules = Rules(
        kind or PollKind.SINGLE,
        ballots or Anonymity.COUNTS,
        results or Showing.ALWAYS,
        writing.usual(voters, event, call, home),
        writing.added(kind, additions),
        most,
        room,
        quorum,
        event,
    )
    if not choices:
        question, choices = in_one_line(question, rules.kind)
    mistakes = Mistakes()
    with mistakes.noted():
        await writing.fair(tx, rules, home)
    with mistakes.noted():
        entries = entries_read(choices, rules.kind, call.at, home, {})
    with mistakes.noted():
        closes, opening, rhythm = await writing.times_read(tx, until, opens, every, rules, call.at, home)
    mistakes.tell()
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    written = Question(home.id, call.place, question, rules, closes, account.member, origin, opening, rhythm)
    poll = await tx.polls.get(await tx.polls.add(written))
    if poll.state is PollState.DRAFT:
        await put_choices(tx, poll, entries)
        poll = await evenings.attached(tx, poll, call.at)
        await tx.polls.put(poll)
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
    question: writing.QuestionText,
    choices: writing.Choices = "",
    kind: writing.Kind = None,
    ballots: writing.Ballots = None,
    results: writing.Results = None,
) -> Reply:
    """Replace what a draft says, and show it again."""
    draft = await held(tx, poll, *UNPOSTED)
    chapter = await tx.chapters.get(draft.chapter)
    rules = replace(
        draft.rules,
        kind=kind or PollKind.SINGLE,
        anonymity=ballots or Anonymity.COUNTS,
        showing=results or Showing.ALWAYS,
        additions=writing.added(kind, None if draft.rules.additions is Additions.NONE else draft.rules.additions),
    )
    there = (await tx.polls.choices([poll]))[poll]
    known = {choice.label: choice.start for choice in there if choice.start is not None}
    mistakes = Mistakes()
    with mistakes.noted():
        await writing.fair(tx, rules, chapter)
    with mistakes.noted():
        entries = entries_read(choices, rules.kind, call.at, chapter, known)
    mistakes.tell()
    changed = replace(draft, question=question, rules=rules)
    await tx.polls.put(changed)
    await put_choices(tx, changed, entries)
    same = changed == draft and [(each.label, each.position) for each in there] == [
        (each.label, each.position) for each in (await tx.polls.choices([poll]))[poll]
    ]
    return replace(await preview(tx, changed), moot=same)


async def _as_set(tx: Transaction, call: Call) -> dict[str, str]:
    draft = await _draft(tx, call)
    chapter, rules = await tx.chapters.get(draft.chapter), draft.rules
    numbers = {"most": rules.most, "room": rules.room, "quorum": rules.quorum, "event": rules.event}
    return {
        "until": writing.moment_written(draft.closes, chapter),
        "voters": rules.voters,
        "additions": rules.additions,
        "opens": writing.moment_written(draft.opens, chapter),
        "every": writing.rhythm_written(draft.rhythm),
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
    until: Annotated[str, writing.UNTIL] = "",
    most: Annotated[int | None, writing.MOST] = None,
    room: Annotated[int | None, writing.ROOM] = None,
    quorum: Annotated[int | None, writing.QUORUM] = None,
    voters: Annotated[Voters | None, writing.VOTERS] = None,
    additions: Annotated[Additions | None, writing.ADDITIONS] = None,
    event: Annotated[EventId | None, writing.EVENT] = None,
    opens: Annotated[str, writing.OPENS] = "",
    every: Annotated[str, writing.EVERY] = "",
) -> Reply:
    """Set what a quick poll leaves as it is, and show the draft again."""
    draft = await held(tx, poll, *UNPOSTED)
    home = await tx.chapters.get(draft.chapter)
    newly = event is not None and draft.rules.event is None and voters in (None, draft.rules.voters)
    rules = replace(
        draft.rules,
        voters=Voters.GOING if newly else voters or draft.rules.voters,
        additions=additions or draft.rules.additions,
        most=most,
        room=room,
        quorum=quorum,
        event=event,
    )
    mistakes = Mistakes()
    with mistakes.noted():
        await writing.fair(tx, rules, home)
    with mistakes.noted():
        times = await writing.times_read(tx, until, opens, every, rules, call.at, home, draft.rhythm)
    mistakes.tell()
    closes, opening, rhythm = times
    changed = replace(draft, rules=rules, closes=closes, opens=opening, rhythm=rhythm)
    changed = await evenings.attached(tx, changed, call.at)
    await tx.polls.put(changed)
    return replace(await preview(tx, changed), moot=changed == draft)


@command("poll post", "Post a poll", needs=Role.ORGANISER, unless=own, hidden=True)
async def post(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", hidden=True)],
    now: Annotated[int, Ask("At once?", hidden=True)] = 0,
) -> Reply:
    """Open a draft to everybody it is for, or let it wait for its time."""
    draft = await held(tx, poll)
    if draft.state in UNPOSTED:
        draft = await evenings.attached(tx, replace(draft, opens=None) if now else draft, call.at)
        await tx.polls.put(draft)
    return await posted(tx, draft, call.at)


async def _draft(tx: Transaction, call: Call) -> Poll:
    """The draft that is to be changed, to look at."""
    return in_state(await found(tx, call.given.get("poll", "")), *UNPOSTED)
