"""Charting: the picture of a result, posted beside its words, with words of its own for those who cannot see it."""

import asyncio

from bot.domain.ballots import Result, Tally, result
from bot.domain.polls import Choice, Poll, PollId, PollKind, PollState
from bot.drawings import drawing
from bot.features.polls import charts, words
from bot.features.polls.charts import Bar, Chart
from bot.messages import Attachment, Message, Paragraph, say
from bot.ports import Transaction

LONGEST = 1000
"""Letters that a picture's description may have, on Slack; Discord takes 1,024."""


@drawing("poll chart")
async def poll_chart(tx: Transaction, poll: PollId, revision: int) -> Message | None:
    """The picture of a closed poll; none where it was opened again, or where nobody chose anything."""
    asked = await tx.polls.get(poll)
    if asked.state is not PollState.CLOSED or asked.revision != revision:
        return None
    choices = (await tx.polls.choices([poll]))[poll]
    tally = (await tx.ballots.tallies([poll]))[poll]
    counted = result(asked, choices, tally)
    if not counted.first:
        return None
    chart = chart_of(asked, counted, tally)
    content = await asyncio.to_thread(charts.png, chart)
    text = say("The result of **{question}** as a picture.", question=asked.question)
    picture = Attachment(f"poll-{poll}-{revision}.png", content, described(asked, chart))
    return Message((Paragraph(text),), text, files=(picture,))


def chart_of(poll: Poll, counted: Result, tally: Tally) -> Chart:
    """A bar for each choice, from the first; a scale keeps its steps in their order."""
    ranked = counted.ranked
    if poll.rules.kind is PollKind.SCALE:
        ranked = tuple(sorted(ranked, key=lambda each: each[0].position))
    bars = tuple(_bar(poll, choice, counted, tally) for choice, _count in ranked[: charts.MOST])
    foot = str(words.turnout(poll, counted))
    if rest := len(ranked) - len(bars):
        foot = f"And {rest} more choices. {foot}"
    return Chart(poll.question, bars, foot)


def described(poll: Poll, chart: Chart) -> str:
    """The same in words; where no font has the letters of a choice, which number it has in the picture."""
    shown = zip(chart.bars, charts.names(chart), strict=True)
    told = [f"{bar.label}{_called(bar, name)}: {bar.words}" for bar, name in shown]
    text = f"Bars for “{poll.question}”. {'; '.join(told)}. {chart.foot}"
    while len(text) > LONGEST:
        told.pop()
        rest = len(chart.bars) - len(told)
        text = f"Bars for “{poll.question}”. {'; '.join(told)}; and {rest} more in the message. {chart.foot}"
    return text


def _called(bar: Bar, name: str) -> str:
    """What a choice is called in the picture, where that is not as it is written."""
    return f" (in the picture: {name})" if name == bar.instead else ""


def _bar(poll: Poll, choice: Choice, counted: Result, tally: Tally) -> Bar:
    count, need = tally.of(choice), tally.needs.get(choice.id, 0)
    said = f"{count} ({words.share(count, counted.voted)}%)"
    if poll.rules.kind is PollKind.DATES:
        said = f"{count} can" + (f", {need} if need be" if need else "")
    best = choice in counted.first
    return Bar(choice.label, count, count + need, said, f"Choice {choice.position + 1}", best)
