"""The personas: one community on both stand-ins, the same six people and three channels everywhere."""

from adapters.playground.discord import Discord
from adapters.playground.slack import SlackStandIn

COMMUNITY = "Flashmob"
"""What both spaces are called: one community lives in them."""
MANAGER = "Ada Lovelace"
PEOPLE = (MANAGER, "Grace Hopper", "Alan Turing", "Katherine Johnson", "Mary Seacole", "Edsger Dijkstra")
CHANNELS = ("london", "birmingham", "general")

FIRST = 1456074443980800000
"""Discord's ids are moments; those of the personas are of the first millisecond of 2026, so that they never change."""
SERVER, BOT = str(FIRST), str(FIRST + 1)


def assemble(slack: SlackStandIn, discord: Discord) -> None:
    """Put people and channels in place; Ada manages both spaces."""
    for n, name in enumerate(PEOPLE):
        slack.add_user(name, is_admin=name == MANAGER)
        discord.add_user(name, key=str(FIRST + 10 + n), manager=name == MANAGER)
    for n, channel in enumerate(CHANNELS):
        slack.add_channel(channel)
        discord.add_channel(channel, key=str(FIRST + 30 + n))
