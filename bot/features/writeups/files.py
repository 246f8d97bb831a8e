"""Files: a write-up to keep, as Markdown and as one web page, made at the moment when somebody asks for them.

None is posted: a file that stands in a channel could not be changed any more when an author takes back what is in it.
"""

import asyncio
from datetime import datetime
from typing import Annotated

from bot.calls import Call, Refusal, Reply
from bot.commands import Ask, command
from bot.domain.writeups import Writeup, WriteupId, WriteupState
from bot.features.filing import filed
from bot.features.organisers import plans_for
from bot.features.writeups.cards import FILES
from bot.features.writeups.gathering import gathered
from bot.features.writeups.markdown import markdown
from bot.features.writeups.webpage import webpage
from bot.messages import Attachment, Message, Note, Paragraph, say
from bot.ports import Transaction


@command(FILES, "Read a write-up as a file", hidden=True, reads=True)
async def files(call: Call, tx: Transaction, writeup: Annotated[WriteupId, Ask("Which?", hidden=True)]) -> Reply:
    """Both files, as the write-up stands now: for everybody once it is published, for organisers before."""
    try:
        written = await tx.writeups.get(writeup)
    except KeyError:
        raise Refusal("There is no such write-up.") from None
    if written.state is WriteupState.DRAFT and not await plans_for(call, tx, written.chapter):
        raise Refusal("That write-up is not published.")
    text = say("**{title}** to keep: as a web page with everything in it, and as Markdown.", title=written.title)
    note = say("Whoever wrote a takeaway may withdraw it; then it is not in these any more, if you ask anew.")
    return Message((Paragraph(text), Note(note)), text, aside=True, files=await files_of(tx, written, call.at))


async def files_of(tx: Transaction, writeup: Writeup, now: datetime) -> tuple[Attachment, Attachment]:
    """The web page and the Markdown file."""
    document = await gathered(tx, writeup, now, pictures=True)
    page = await asyncio.to_thread(webpage, document)
    name = f"write-up-{filed(await tx.events.get(writeup.event), await tx.chapters.get(writeup.chapter))}"
    return (
        Attachment(f"{name}.html", page, f"{document.title} as a web page"),
        Attachment(f"{name}.md", markdown(document), f"{document.title} as Markdown"),
    )
