"""Features: what people can ask of the bot, and what they see. Everything it does is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features import (
    acting,
    answers,
    attending,
    audit,
    cards,
    copying,
    doorlist,
    edits,
    helping,
    lists,
    notices,
    organisers,
    parties,
    plans,
    polls,
    prompts,
    recalling,
    resemblance,
    seating,
    settling,
    takeaways,
    wishes,
)

_ASKED: tuple[Declared, ...] = (
    plans.create,
    plans.publish,
    edits.edit,
    edits.revise,
    copying.copy,
    doorlist.list_attendees,
    attending.attendance,
    attending.find,
    attending.tick,
    attending.untick,
    attending.add_walk_in,
    parties.party,
    parties.bring,
    acting.add_person,
    acting.move_person,
    acting.remove_person,
    plans.cancel,
    plans.call_off,
    lists.list_events,
    lists.show,
    lists.drafts,
    answers.rsvp,
    organisers.add,
    organisers.remove,
    organisers.list_organisers,
    audit.audit,
    wishes.tell_directly,
    *polls.ASKED,
    *prompts.ASKED,
    *takeaways.ASKED,
    recalling.recall,
    recalling.show,
)

COMMANDS: tuple[Declared, ...] = (*_ASKED, helping.help_with(_ASKED))

DRAWINGS: tuple[AnyDrawing, ...] = (
    cards.event_card,
    seating.promotion,
    seating.offer,
    notices.reminder,
    notices.cancellation,
    settling.changed,
    acting.put_down,
    notices.missed,
    notices.undelivered,
    *polls.DRAWN,
    *prompts.DRAWN,
    *takeaways.DRAWN,
    resemblance.reminded,
)

BELLS = (seating.Offers(), *polls.BELLS, *prompts.BELLS)
