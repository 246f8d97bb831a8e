"""Picks of polls: which there are to choose from, and whose they are."""

from collections.abc import Collection, Sequence

from bot import codes
from bot.calls import Call, Candidate, Refusal
from bot.domain.places import ChapterId
from bot.domain.polls import Poll, PollId, PollState
from bot.features import picks
from bot.features.organisers import plans_for
from bot.messages import Slash
from bot.ports import Transaction

MOST = 100
"""Polls offered at once; whoever seeks an older one has its number."""


async def opened(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Open polls, newest first."""
    return _candidates(call, await tx.polls.all([PollState.OPEN]))


async def closed(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Closed polls, newest first."""
    return _candidates(call, await tx.polls.all([PollState.CLOSED]))


async def posted(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Open polls, then closed ones, newest first."""
    return [*await opened(tx, call), *await closed(tx, call)][:MOST]


async def may_ask(tx: Transaction, call: Call) -> bool:
    """Whether any member may ask in the chapter that is meant."""
    meant = call.given.get("chapter") or await picks.chapter_here(tx, call) or ""
    chapters = await tx.chapters.all()
    named = [each for each in chapters if meant.casefold() in (str(each.id), each.name.casefold())]
    return len(named) == 1 and await tx.polls.free(named[0].id)


async def not_elsewhere(tx: Transaction, call: Call, chapter: ChapterId) -> None:
    """Raises Refusal for whoever may not ask in a chapter, or in the one in whose home they are."""
    known = await tx.chapters.all()
    at_home = [each for each in known if any(home.place == call.place for home in each.homes)]
    if at_home and chapter not in [each.id for each in at_home] and not await _may_ask_in(tx, call, at_home[0].id):
        raise Refusal("This is the home of **{chapter}**, for which you do not plan.", chapter=at_home[0].name)
    if not await _may_ask_in(tx, call, chapter):
        name = next(each.name for each in known if each.id == chapter)
        raise Refusal(
            "In **{chapter}** only organisers ask. {command} shows who they are.",
            chapter=name,
            command=Slash("organiser list"),
        )


async def _may_ask_in(tx: Transaction, call: Call, chapter: ChapterId) -> bool:
    return await tx.polls.free(chapter) or await plans_for(call, tx, chapter)


async def own(tx: Transaction, call: Call) -> bool:
    """Whether the poll that is meant is the caller's own; where none is named yet, whether they have any."""
    account = await tx.members.find(call.caller.person)
    if account is None:
        return False
    meant = call.given.get("poll", "").strip()
    if codes.row(meant):
        named = await found(tx, meant)
        return named is not None and named.asker == account.member
    asked = await tx.polls.all(list(PollState), account.member)
    return any(meant.casefold() in ("", _label(poll).casefold()) for poll in asked)


async def found(tx: Transaction, text: str) -> Poll | None:
    """The poll with this number, where there is one."""
    try:
        return await tx.polls.get(PollId(codes.row(text) or 0))
    except KeyError:
        return None


def _candidates(call: Call, polls: Collection[Poll]) -> list[Candidate]:
    return [Candidate(_label(poll), str(poll.id)) for poll in polls if call.reaches(poll.chapter)][:MOST]


def _label(poll: Poll) -> str:
    return poll.question
