"""A small Discord on loopback: REST, gateway and interactions as discord.py and other clients know them.

`D` in the modules below means discord/discord-api-docs at c98d64b, with the path under `developers/`; `U` marks what is
known from use only, because Discord documents no number or wording.
"""

from adapters.playground.discord.standin import Discord

__all__ = ["Discord"]
