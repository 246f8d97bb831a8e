"""What is kept by member, by account or by person: one list, which linking, forgetting and exporting go through.

Whoever makes a table with such a column writes it here, and says what becomes of its rows when that member is
forgotten; a test fails until that is done. When two members become one, rows are moved from one to the other; where
both have a row that may be there only once, that of the member who stays is kept, with the greater or the lesser value
of both where that is said here.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Column, PrimaryKeyConstraint, UniqueConstraint

from storage import (
    chapter_tables,
    deed_tables,
    door_tables,
    member_tables,
    memo_tables,
    poll_tables,
    prompt_tables,
    round_tables,
    schema,
    takeaway_tables,
    writeup_tables,
)


class Forgotten(Enum):
    """What becomes of a row when the member is forgotten of whom it is."""

    GOES = "it is taken away"
    STAYS = "it stays, with a member who has no name any more"
    OWN = "it has a rule of its own"


class Merged(Enum):
    """What becomes of a row when two members become one."""

    MOVES = "it becomes the other's"
    WAITS = "it stays with the one who is gone, and comes back with them when they are parted"
    OWN = "it has a rule of its own"


@dataclass(frozen=True, slots=True)
class Keyed:
    """A column that tells which member a row is of. Of two that become one, the `greater` or `lesser` counts."""

    column: "Column[int]"
    forgotten: Forgotten
    merged: Merged = Merged.MOVES
    greater: "Column[Any] | None" = None
    lesser: "Column[Any] | None" = None

    @property
    def rest(self) -> "list[list[Column[object]]]":
        """For each rule that rows are there only once: the columns that make up the rule beside this one."""
        table = self.column.table
        constraints = [each for each in table.constraints if isinstance(each, PrimaryKeyConstraint | UniqueConstraint)]
        indexes = [each for each in table.indexes if each.unique]
        unique = [list(each.columns) for each in (*constraints, *indexes)]
        return [[each for each in rule if each is not self.column] for rule in unique if self.column in rule]


BY_MEMBER: tuple[Keyed, ...] = (
    Keyed(schema.accounts.c.member_id, Forgotten.OWN, Merged.OWN),
    Keyed(member_tables.links.c.member_id, Forgotten.OWN, Merged.OWN),
    Keyed(schema.organisers.c.member_id, Forgotten.GOES, Merged.WAITS),
    Keyed(chapter_tables.chapter_organisers.c.member_id, Forgotten.GOES, Merged.WAITS),
    # Whoever has left with one account only is a member.
    Keyed(chapter_tables.chapter_members.c.member_id, Forgotten.GOES, lesser=chapter_tables.chapter_members.c.gone),
    Keyed(schema.rsvps.c.member_id, Forgotten.OWN, Merged.OWN),
    Keyed(door_tables.arrivals.c.member_id, Forgotten.STAYS, greater=door_tables.arrivals.c.guests),
    Keyed(schema.events.c.planner_id, Forgotten.STAYS),
    Keyed(poll_tables.polls.c.asker_id, Forgotten.STAYS),
    Keyed(prompt_tables.decks.c.keeper_id, Forgotten.STAYS),
    Keyed(prompt_tables.prompts.c.suggester_id, Forgotten.STAYS),
    Keyed(prompt_tables.prompts.c.decider_id, Forgotten.STAYS),
    Keyed(prompt_tables.postings.c.asker_id, Forgotten.STAYS),
    Keyed(prompt_tables.stances.c.member_id, Forgotten.STAYS),
    Keyed(deed_tables.deeds.c.member_id, Forgotten.STAYS),
    Keyed(deed_tables.deeds.c.whom_id, Forgotten.STAYS),
    Keyed(memo_tables.memos.c.setter_id, Forgotten.STAYS),
    Keyed(takeaway_tables.takeaways.c.author_id, Forgotten.STAYS),  # withdrawn before, and without their words
    Keyed(takeaway_tables.takeaways.c.keeper_id, Forgotten.STAYS),
    Keyed(takeaway_tables.supports.c.member_id, Forgotten.STAYS),
    Keyed(round_tables.rounds.c.starter_id, Forgotten.STAYS),
    Keyed(round_tables.entries.c.author_id, Forgotten.STAYS),  # taken away before
    Keyed(round_tables.entry_supports.c.member_id, Forgotten.STAYS, greater=round_tables.entry_supports.c.wrote),
    Keyed(round_tables.breakouts.c.starter_id, Forgotten.STAYS),
    Keyed(round_tables.breakout_people.c.member_id, Forgotten.GOES),
    Keyed(writeup_tables.writeups.c.writer_id, Forgotten.STAYS),
    Keyed(member_tables.manners.c.member_id, Forgotten.GOES),
)
"""Every column that holds a member's id."""

BY_ACCOUNT: tuple[tuple["Column[int]", Forgotten], ...] = (
    (member_tables.links.c.account_id, Forgotten.OWN),
    (schema.rsvps.c.account_id, Forgotten.OWN),
    (memo_tables.memos.c.account_id, Forgotten.OWN),
    (member_tables.link_codes.c.account_id, Forgotten.GOES),
    (member_tables.link_codes.c.entered_id, Forgotten.GOES),
    (member_tables.link_misses.c.account_id, Forgotten.GOES),
    (member_tables.manners.c.account_id, Forgotten.OWN),  # it goes with the member's own row
)
"""Every column that holds an account's id: an account takes its rows along, to whichever member it belongs."""

BY_PERSON: "tuple[Column[str], ...]" = (schema.kept_forms.c.person_key, schema.errands.c.person_key)
"""Every column that holds a platform's key of somebody: drafts go, and errands forget for whom they were."""
