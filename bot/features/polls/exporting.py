"""Exporting: a poll's result as files for a spreadsheet, with names only where its ballot allowed for that."""

from typing import Annotated

from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.domain.people import Role
from bot.domain.polls import PollId
from bot.features.polls import picks
from bot.features.polls.recounting import export
from bot.features.sheets import csv_of, xlsx_of
from bot.messages import Attachment, Message, Paragraph, say
from bot.ports import Transaction


@command("poll export", "Get a poll as files", needs=Role.ORGANISER, reads=True)
async def export_poll(
    call: Call,
    tx: Transaction,
    poll: Annotated[PollId, Ask("Which poll?", pick=picks.posted, nothing="There is no poll yet.")],
) -> Reply:
    """Hand out what is counted; hidden results stay hidden until the close.

    A member may have asked the poll, but the ballot promises that only organisers can look up who chose what.
    """
    rows = await export(tx, poll)
    asked = await tx.polls.get(poll)
    text = say("The result of **{question}**, as files.", question=asked.question)
    alt = f"The result of {asked.question}: {len(rows) - 1} choices with their votes"
    files = (
        Attachment(f"poll-{poll}.csv", csv_of(rows), alt),
        Attachment(f"poll-{poll}.xlsx", xlsx_of("Poll", rows), alt),
    )
    return Message((Paragraph(text),), text, files=files)
