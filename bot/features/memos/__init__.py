"""Memos: organisers' own reminders, and the digest of what is on. Everything they do is listed here."""

from bot.commands import Declared
from bot.drawings import AnyDrawing
from bot.features.memos import keeping, ringing, scheduling, setting, snoozing

ASKED: tuple[Declared, ...] = (
    setting.add,
    setting.change,
    setting.set_,
    keeping.list_reminders,
    keeping.cancel,
    keeping.pause,
    keeping.resume,
    snoozing.snooze,
    snoozing.snooze_here,
    scheduling.schedule,
    scheduling.show,
    scheduling.stop,
)

DRAWN: tuple[AnyDrawing, ...] = (ringing.memo_card, ringing.memo_told, ringing.memo_undelivered)

BELLS = (ringing.Bell(),)
