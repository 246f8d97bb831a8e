"""The cast: one community on both stand-ins, the same six people and three channels everywhere."""

from adapters.playground.discord import Discord
from adapters.playground.slack import SlackStandIn

MANAGER = "Ada Lovelace"
PEOPLE = (MANAGER, "Grace Hopper", "Alan Turing", "Katherine Johnson", "Mary Seacole", "Edsger Dijkstra")
CHANNELS = ("london", "birmingham", "general")


def assemble(slack: SlackStandIn, discord: Discord) -> None:
    """Put people and channels in place; Ada manages both spaces."""
    for name in PEOPLE:
        slack.add_user(name, is_admin=name == MANAGER)
        discord.add_user(name, manager=name == MANAGER)
    for channel in CHANNELS:
        slack.add_channel(channel)
        discord.add_channel(channel)
