"""Discord: reads what it tells us, renders what we say, and stays connected, with discord.py."""

from adapters.discord.adapter import Discord

__all__ = ["Discord"]
