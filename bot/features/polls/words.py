"""Words of polls: what is promised on the ballot, how long it takes votes, and the results as people read them."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from bot.domain.ballots import Ballot, Result, Tally, Voice, median
from bot.domain.moments import show_moment
from bot.domain.polls import Anonymity, Choice, Poll, PollKind, PollState, Rules, Showing
from bot.messages import Text, When, join, say

MOST_DATES = 8
"""Dates that a receipt names; more are counted."""

WIDEST = 10
"""Blocks in the longest bar: it fits beside its words on a phone, and is soon over when it is read aloud."""


def promise(anonymity: Anonymity) -> Text:
    """Who can see who chose what, in one honest sentence."""
    match anonymity:
        case Anonymity.NAMES:
            return say("Everybody can see who chose what.")
        case Anonymity.COUNTS:
            return say("Only counts are shown here; organisers can look up who chose what.")
        case Anonymity.SECRET:
            return say(
                "Secret: nobody can look up who chose what, organisers included. Only whoever runs me and has my key "
                "could find it out, by trying every member."
            )


def rules_of(rules: Rules) -> Text:
    """What a ballot may hold, and when the results can be seen."""
    said: list[Text] = []
    if rules.kind is PollKind.DATES:
        said.append(say("Press the dates on which you can; your ballot also takes “if need be” and “no”."))
    if rules.kind is PollKind.DATES and rules.anonymity is Anonymity.NAMES:
        said.append(say("Names in brackets can if need be."))
    if rules.kind is PollKind.ANSWERS:
        said.append(say("Add your own answer, and support those of others."))
    if rules.kind is PollKind.SEVERAL or (rules.kind is PollKind.ANSWERS and rules.most):
        said.append(say("Choose up to {most}.", most=rules.most) if rules.most else say("Choose as many as you like."))
    if rules.room is not None:
        said.append(say("Each choice has room for {room}.", room=rules.room))
    if rules.quorum is not None:
        said.append(say("It counts if at least {quorum} vote.", quorum=rules.quorum))
    if rules.showing is Showing.VOTED:
        said.append(say("Results are shown to those who have voted, and to all at the close."))
    if rules.showing is Showing.CLOSE:
        said.append(say("Results are shown at the close."))
    return join(" ", said)


def until(poll: Poll, zone: ZoneInfo) -> When | Text:
    """Until when votes are taken, to stand after “until”."""
    if poll.closes is None:
        return say("it is closed")
    return When(poll.closes, show_moment(poll.closes, zone))


def bars(ranked: Sequence[tuple[Choice, int]], voted: int) -> tuple[tuple[str, Text], ...]:
    """A line for each choice, words first and then a bar: "The Crown: 5 (56%) █████▌"."""
    longest = max((count for _choice, count in ranked), default=0)
    return tuple(
        (
            choice.label,
            say("{count} ({share}%) {bar}", count=count, share=share(count, voted), bar=_bar(count, longest)),
        )
        for choice, count in ranked
    )


def table(ranked: Sequence[tuple[Choice, int]], tally: Tally) -> tuple[tuple[str, Text], ...]:
    """A line for each date, words first: "Thu 17 Sep 2026 18:30: 5 can, 2 if need be, 1 cannot █████▌▒▒"."""
    longest = max((count for _choice, count in ranked), default=0)
    return tuple((choice.label, _can(tally, choice, longest)) for choice, _count in ranked)


def share(count: int, voted: int) -> int:
    """So many of those who voted, in whole percent, a half rounded up."""
    return 0 if not voted else (200 * count + voted) // (2 * voted)


def turnout(poll: Poll, result: Result) -> Text:
    """How many voted, and whether that is enough."""
    number = {0: "Nobody has voted", 1: "1 person has voted"}.get(result.voted, f"{result.voted} people have voted")
    said = say("{number}", number=number)
    if result.abstained:
        said = say("{said}, of whom {abstained} abstained", said=said, abstained=result.abstained)
    if poll.rules.quorum is not None and not result.quorate:
        return say("{said}; at least {quorum} are needed.", said=said, quorum=poll.rules.quorum)
    return say("{said}.", said=said)


def outcome(poll: Poll, choices: Sequence[Choice], tally: Tally, result: Result) -> Text:
    """What a closed poll came to, in a sentence or two."""
    if not result.first:
        return say("Nobody chose anything.")
    count = result.ranked[0][1]
    if poll.rules.kind is PollKind.DATES:
        said = _dated(result.first, tally)
    elif poll.rules.kind is PollKind.SCALE:
        middle = " or ".join(step.label for step in median(choices, tally))
        said = say("The middle answer is **{middle}**.", middle=middle)
    elif len(result.first) == 1:
        said = say("**{winner}** wins with {votes}.", winner=result.first[0].label, votes=_votes(count))
    else:
        said = say("It is a tie between {tied}, with {votes} each.", tied=_tied(result.first), votes=_votes(count))
    if not result.quorate:
        quorum = poll.rules.quorum or 0
        return say("The quorum of {quorum} was missed, so this does not count. {said}", quorum=quorum, said=said)
    return said


def said_of(poll: Poll, choices: Sequence[Choice], ballot: Ballot) -> Text:
    """What a ballot says: the choices by name; of dates what of which, unless there are very many."""
    chosen = [choice for choice in choices if choice.id in ballot.choices]
    if poll.rules.kind is not PollKind.DATES or any(not choice.counts for choice in chosen):
        return join(", ", [say("**{label}**", label=choice.label) for choice in chosen])
    said: list[Text] = []
    for voice in Voice:
        dates = [say("**{date}**", date=choice.label) for choice in choices if choice.id in ballot.of(voice)]
        if dates:
            shown = join(", ", dates) if len(dates) <= MOST_DATES else say("{number} dates", number=len(dates))
            said.append(say("{voice} to {shown}", voice=voice.value, shown=shown))
    return join(", ", said)


def state(poll: Poll) -> str:
    """A poll's state as people say it."""
    return {
        PollState.DRAFT: "not posted yet",
        PollState.PLANNED: "waiting to be posted",
        PollState.OPEN: "open",
        PollState.CLOSED: "closed",
    }[poll.state]


def _votes(count: int) -> str:
    return "1 vote" if count == 1 else f"{count} votes"


def _tied(first: Sequence[Choice]) -> Text:
    """Those who share the first place; of very many, some by name."""
    shown = [say("**{label}**", label=choice.label) for choice in first[:10]]
    rest = len(first) - len(shown)
    if rest:
        return say("{shown} and {rest} more", shown=join(", ", shown), rest=rest)
    return say("{shown} and {last}", shown=join(", ", shown[:-1]), last=shown[-1])


def _dated(first: Sequence[Choice], tally: Tally) -> Text:
    """On which date, or dates, most people can."""
    yes, need = tally.of(first[0]), tally.needs.get(first[0].id, 0)
    can = f"{yes} can" + (f", and {need} more if need be" if need else "")
    if len(first) == 1:
        return say("**{date}** suits most: {can}.", date=first[0].label, can=can)
    return say("It is a tie between {tied}: on each {can}.", tied=_tied(first), can=can)


def _can(tally: Tally, choice: Choice, longest: int) -> Text:
    yes, need, no = tally.of(choice), tally.needs.get(choice.id, 0), tally.refused.get(choice.id, 0)
    said = f"{yes} can" + (f", {need} if need be" if need else "") + (f", {no} cannot" if no else "")
    whole, sure = _bar(yes + need, longest), _bar(yes, longest)
    return say("{said} {bar}", said=said, bar=sure + "▒" * (len(whole) - len(sure)))


def _bar(count: int, longest: int) -> str:
    """As many blocks as the count has of the longest one's, in half blocks; nothing for nothing."""
    halves = 0 if not count else max(1, round(2 * WIDEST * count / longest))
    return "█" * (halves // 2) + "▌" * (halves % 2)
