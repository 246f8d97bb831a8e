"""My data: everything that is on record of somebody as one file, and forgetting who they are."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.calls import Call, Reply
from bot.commands import command
from bot.domain.ballots import known_voter
from bot.domain.events import EventState
from bot.domain.memories import MemoryKind
from bot.domain.memos import MemoState
from bot.domain.people import Account, MemberId
from bot.domain.polls import Anonymity, PollState
from bot.domain.takeaways import TakeawayState
from bot.features import unions, wishes
from bot.features.breakouts.cards import drawn as breakout_card
from bot.features.memos import audiences
from bot.features.retelling import redraw, written_up
from bot.features.rounds.adding import take_all_back
from bot.features.rounds.words import drawn as round_card
from bot.messages import Attachment, Button, Buttons, Heading, Message, Note, Paragraph, Part, Slash, Tone, line, say
from bot.ports import Transaction

EXPORT, ERASE = "my data", "my erase"

GOES = (
    say("Your names and keys on both platforms, your wishes, your appointments, and whatever you typed into forms."),
    say("Your answers to what is to come: your seats go to whoever is next in line."),
    say("What you told the organisers, your votes in open polls, your entries in rounds, and your takeaways."),
)
STAYS = (
    say("Past answers and votes in closed polls stay counted, as those of “somebody who left”."),
    say("Secret ballots stay as they are: they hold no name. If you come back as the same person you still vote once."),
    say(
        "What you planned, asked or suggested for the community stays, and so does the audit trail, without your name."
    ),
    say(
        "I cannot take back what was posted or sent already: messages on Slack and Discord, calendar files and lists "
        "that somebody saved, and backups and logs of whoever runs me. My cards are drawn anew, without your name."
    ),
)


@command(EXPORT, "Get everything I keep about you", reads=True)
async def my_data(call: Call, tx: Transaction) -> Reply:
    """One file, for the caller alone."""
    account = await tx.members.find(call.caller.person)
    if account is None:
        return line("I keep nothing about you.")
    told = {"made": call.at.isoformat(), **await _told(tx, account)}
    content = json.dumps(told, ensure_ascii=False, indent=2).encode()
    text = say("Everything I keep about you, on both platforms if your accounts are linked.")
    note = say(
        "Ballots of secret polls are not in it, since they are kept without a name; {mine} shows them to you.",
        mine=Slash("poll mine"),
    )
    buttons = Buttons((Button("Erase it", erase.bind(), Tone.BAD),))
    files = (Attachment("my-data.json", content, "Everything kept about you, as JSON"),)
    return Message((Paragraph(text), Note(note), buttons), text, files=files)


@command(ERASE, "Have everything about you erased", reads=True)
async def erase(call: Call, tx: Transaction) -> Reply:
    """Say what would go and what would stay, and ask once more."""
    account = await tx.members.find(call.caller.person)
    if account is None:
        return line("I keep nothing about you.")
    accounts = await tx.members.accounts([account.member])
    names = ", ".join(f"{each.name} on {each.person.platform.title()}" for each in accounts)
    head = say("Erase everything about {names}?", names=names)
    parts: list[Part] = [Heading(head), Paragraph(say("**This goes, for good**")), *map(Paragraph, GOES)]
    parts += [Paragraph(say("**This stays**")), *map(Paragraph, STAYS)]
    parts.append(
        Buttons((Button("Erase everything", erase_now.bind(), Tone.BAD), Button("Get it as a file", my_data.bind())))
    )
    return Message(tuple(parts), head)


@command("my erase-now", "Have everything erased at once", hidden=True)
async def erase_now(call: Call, tx: Transaction) -> Reply:
    """Forget who the caller is, and let everything follow."""
    account = await tx.members.find(call.caller.person)
    if account is None:
        return line("I keep nothing about you.")
    upcoming = [
        event.id
        for state in (EventState.PUBLISHED, EventState.CANCELLED)
        for event in await tx.events.upcoming(call.at, state)
    ]
    await tx.events.lock(upcoming)
    # What is to be drawn anew comes last: those who hold it meanwhile may wait for what is changed here.
    rounds = await take_all_back(tx, account.member)
    takeaways = [await tx.takeaways.lock(each.id) for each in await tx.takeaways.of_author(account.member, _ALL)]
    for takeaway in takeaways:
        await tx.takeaways.move(takeaway.id, takeaway.state, TakeawayState.WITHDRAWN, takeaway.credit)
        await tx.memories.forget(MemoryKind.TAKEAWAY, takeaway.id)
    splits = await tx.breakouts.with_member(account.member)
    set_ = [memo for memo in await tx.memos.all(list(MemoState)) if memo.setter == account.member and memo.rung]
    await unions.follow(tx, await tx.links.forget(account.member, upcoming), call.at)
    told = await written_up(tx, {each.event for each in (*rounds, *takeaways) if each.event is not None})
    drawn = [*told, *(round_card(each.id) for each in rounds), *(breakout_card(each.id) for each in splits)]
    await redraw(tx, drawn, call.at)
    for memo in set_:
        await tx.errands.refresh(await audiences.posted(tx, memo), call.at)
    text = say("Everything I kept about you is erased. If you use me again, we meet for the first time.")
    return Message((Paragraph(text), *map(Note, STAYS)), text)


_ALL = 100_000
"""More takeaways than anybody has."""


async def _told(tx: Transaction, account: Account) -> Mapping[str, Any]:
    """What is kept of somebody, first in words, then row by row."""
    member = account.member
    accounts = await tx.members.accounts([member])
    manner = (await tx.members.manners([member]))[member]
    return {
        "accounts": [
            {"platform": each.person.platform, "key": each.person.key, "name": each.name, "told directly": each.direct}
            for each in accounts
        ],
        "organiser": await tx.organisers.includes(account.person),
        "reminded": wishes.when(manner),
        "answers": await _answers(tx, member),
        "votes": await _votes(tx, member),
        "rows": await tx.links.records(member),
    }


async def _answers(tx: Transaction, member: MemberId) -> Sequence[Mapping[str, Any]]:
    told: list[Mapping[str, Any]] = []
    for rsvp in await tx.rsvps.all([member]):
        event = await tx.events.get(rsvp.event)
        told.append(
            {
                "event": event.title,
                "starts": None if event.starts is None else event.starts.isoformat(),
                "answer": rsvp.answer.value,
                "guests": rsvp.guests,
                "told the organisers": rsvp.note,
            }
        )
    return told


async def _votes(tx: Transaction, member: MemberId) -> Sequence[Mapping[str, Any]]:
    polls = {poll.id: poll for poll in await tx.polls.all([PollState.OPEN, PollState.CLOSED])}
    known = [poll.id for poll in polls.values() if poll.rules.anonymity is not Anonymity.SECRET]
    told: list[Mapping[str, Any]] = []
    for ballot in await tx.ballots.of({(poll, known_voter(member)) for poll in known}):
        labels = {choice.id: choice.label for choice in (await tx.polls.choices([ballot.poll]))[ballot.poll]}
        marks = [{"choice": labels[choice], "says": voice.value} for choice, voice in ballot.marks()]
        told.append({"poll": polls[ballot.poll].question, "chosen": marks})
    return told
