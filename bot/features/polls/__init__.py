"""Polls: one ballot box for every platform, which everybody can check. Everything they do is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.polls import (
    adding,
    asking,
    cards,
    charting,
    closing,
    counting,
    drafts,
    editing,
    exporting,
    making,
    nudging,
    showing,
    voting,
)

ASKED: tuple[Declared, ...] = (
    asking.ask,
    asking.redraft,
    asking.settings,
    asking.post,
    counting.count,
    drafts.drafts,
    drafts.draft,
    drafts.call_off,
    voting.vote,
    showing.ballot,
    showing.mine,
    showing.show,
    closing.close,
    closing.reopen,
    editing.edit,
    editing.revise,
    editing.clone,
    exporting.export_poll,
    nudging.nudge,
    adding.add,
    adding.decide,
    showing.allow,
    making.make,
)

DRAWN: tuple[AnyDrawing, ...] = (
    cards.poll_card,
    closing.poll_result,
    charting.poll_chart,
    drafts.poll_unposted,
    adding.proposal,
    nudging.poll_nudge,
)

BELLS = (drafts.Openings(), closing.Deadlines())
