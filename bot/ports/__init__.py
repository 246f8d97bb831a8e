"""Ports: what the core needs of a database and of a chat platform, in its own words.

Every method states its contract here, once; `storage` and `adapters` keep it.
"""

from bot.ports.errands import Errands
from bot.ports.events import Chapters, Editions, Events, Headcount, Reminders, Rsvps
from bot.ports.forms import KeptForm, KeptForms
from bot.ports.linking import LinkCode, Links, Touched
from bot.ports.memos import Memos
from bot.ports.people import Members, Organisers
from bot.ports.platforms import Adapter, Front, Pace
from bot.ports.polls import Ballots, Polls
from bot.ports.prompts import Postings, Prompts
from bot.ports.rounds import Breakouts, Rounds
from bot.ports.storage import Storage, Transaction
from bot.ports.takeaways import Memories, Takeaways
from bot.ports.trail import Trail
from bot.ports.troubles import Busy, Gone, Refused, Uncertain, Unknown
from bot.ports.writeups import Writeups

__all__ = [
    "Adapter",
    "Ballots",
    "Breakouts",
    "Busy",
    "Chapters",
    "Editions",
    "Errands",
    "Events",
    "Front",
    "Gone",
    "Headcount",
    "KeptForm",
    "KeptForms",
    "LinkCode",
    "Links",
    "Members",
    "Memories",
    "Memos",
    "Organisers",
    "Pace",
    "Polls",
    "Postings",
    "Prompts",
    "Refused",
    "Reminders",
    "Rounds",
    "Rsvps",
    "Storage",
    "Takeaways",
    "Touched",
    "Trail",
    "Transaction",
    "Uncertain",
    "Unknown",
    "Writeups",
]
