"""Storage: the database, as transactions on everything on record."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from bot.ports.arrivals import Arrivals
from bot.ports.errands import Errands
from bot.ports.events import Chapters, Editions, Events, Reminders, Rsvps
from bot.ports.forms import KeptForms
from bot.ports.linking import Links
from bot.ports.memos import Memos
from bot.ports.people import Members, Organisers
from bot.ports.polls import Ballots, Polls
from bot.ports.prompts import Postings, Prompts
from bot.ports.rounds import Breakouts, Rounds
from bot.ports.takeaways import Memories, Takeaways
from bot.ports.trail import Trail
from bot.ports.writeups import Writeups


class Transaction(Protocol):
    """One transaction's view of everything on record."""

    @property
    def trail(self) -> Trail: ...
    @property
    def members(self) -> Members: ...
    @property
    def links(self) -> Links: ...
    @property
    def organisers(self) -> Organisers: ...
    @property
    def chapters(self) -> Chapters: ...
    @property
    def events(self) -> Events: ...
    @property
    def editions(self) -> Editions: ...
    @property
    def rsvps(self) -> Rsvps: ...
    @property
    def arrivals(self) -> Arrivals: ...
    @property
    def reminders(self) -> Reminders: ...
    @property
    def memos(self) -> Memos: ...
    @property
    def polls(self) -> Polls: ...
    @property
    def ballots(self) -> Ballots: ...
    @property
    def prompts(self) -> Prompts: ...
    @property
    def postings(self) -> Postings: ...
    @property
    def takeaways(self) -> Takeaways: ...
    @property
    def memories(self) -> Memories: ...
    @property
    def rounds(self) -> Rounds: ...
    @property
    def breakouts(self) -> Breakouts: ...
    @property
    def writeups(self) -> Writeups: ...
    @property
    def errands(self) -> Errands: ...
    @property
    def forms(self) -> KeptForms: ...


class Storage(Protocol):
    """The database. A transaction commits when its block ends and is undone when the block raises."""

    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Takes the write lock at once; raises Busy when it cannot be had in time or the database is out of reach.

        Raises Uncertain where the connection breaks during the commit.
        """
        ...

    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Sees one state of everything and never takes the write lock."""
        ...
