"""A transaction: everything on record, as one connection sees it."""

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.arrivals import Arrivals
from storage.ballots import Ballots
from storage.breakouts import Breakouts
from storage.chapters import Chapters
from storage.editions import Editions
from storage.errands import Errands
from storage.events import Events
from storage.forms import KeptForms
from storage.linking import Links
from storage.members import Members
from storage.memories import Memories
from storage.memos import Memos
from storage.organisers import Organisers
from storage.polls import Polls
from storage.postings import Postings
from storage.prompts import Prompts
from storage.reminders import Reminders
from storage.rounds import Rounds
from storage.rsvps import Rsvps
from storage.seal import Seal
from storage.takeaways import Takeaways
from storage.trail import Trail
from storage.writeups import Writeups


class Transaction:
    """One transaction's view of everything on record."""

    def __init__(self, connection: AsyncConnection, seal: Seal | None = None) -> None:
        self.connection = connection
        self.members = Members(connection)
        self.organisers = Organisers(connection)
        self.trail = Trail(connection)
        self.chapters = Chapters(connection)
        self.events = Events(connection)
        self.editions = Editions(connection)
        self.rsvps = Rsvps(connection)
        self.arrivals = Arrivals(connection)
        self.reminders = Reminders(connection)
        self.memos = Memos(connection)
        self.polls = Polls(connection)
        self.ballots = Ballots(connection, seal)
        self.prompts = Prompts(connection)
        self.postings = Postings(connection)
        self.takeaways = Takeaways(connection)
        self.memories = Memories(connection)
        self.links = Links(connection, self.ballots)
        self.rounds = Rounds(connection)
        self.breakouts = Breakouts(connection)
        self.writeups = Writeups(connection)
        self.errands = Errands(connection)
        self.forms = KeptForms(connection)
