"""The door list: however many come and whatever they are called, it can be sent."""

import csv
from io import StringIO

from adapters.discord import render as discord
from adapters.slack.render import Render
from bot.messages import Message
from tests.desk.visitors import call
from tests.features.community import Community

LONG = "*_~`" * 20


async def test_a_list_of_hundreds_with_hostile_names_fits_both_platforms(community: Community) -> None:
    """The message shows the first of them and says how many more there are; the files hold everybody."""
    event = await community.publish(seats="")
    people = [(f"{LONG}{number}", "slack" if number % 2 else "discord") for number in range(150)]
    await community.answer(event, "going", *people)
    listed = await community.desk.answer(call("event list-attendees", {"event": str(event)}, who="Ada", manages=True))
    assert isinstance(listed, Message)
    discord.message(listed)
    assert Render().message(listed)
    (sheet, _book) = listed.files
    rows = list(csv.reader(StringIO(sheet.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 151
