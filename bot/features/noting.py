"""Noting: what an organiser did goes into the audit trail, in the transaction in which it was done."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any

from bot.calls import Call
from bot.commands import Command, Parameter
from bot.domain.deeds import ROOM, Deed, Difference
from bot.domain.excerpts import in_a_line
from bot.domain.people import MemberId, Person, Role
from bot.features import subjects
from bot.features.organisers import account_of
from bot.features.subjects import Subject
from bot.ports import Transaction


async def noted(tx: Transaction, command: Command[...], call: Call) -> bool:
    """Whether what a call does belongs into the trail: whatever organisers do that writes, and as organisers."""
    if command.needs is not Role.ORGANISER or command.reads or call.own:
        return False
    return not command.discreet or command.unless is None or not await command.unless(tx, call)


async def beforehand(tx: Transaction, command: Command[...], answers: Mapping[str, Any]) -> Subject | None:
    """What a call is about, as it is before it is answered, held so that nobody else changes it meanwhile."""
    found = await subjects.of(tx, command, answers, hold=True)
    return next((subject for subject in found if subject is not None), None)


async def note(
    tx: Transaction,
    command: Command[...],
    call: Call,
    answers: Mapping[str, Any],
    before: Subject | None,
    told: Sequence[MemberId],
) -> None:
    """Note who did what, to what and to whom, and what is different by it; for several members, once for each.

    `told` are those whom the command itself says that it was about.
    """
    caller = (await tx.members.recognise([call.caller]))[call.caller.person]
    origin = f"{call.caller.person.platform} {call.key}"
    made = await subjects.made(tx, origin)
    subject = made or before
    whom, apart = await _whom(tx, command, call, answers)
    deed = Deed(
        call.at,
        caller.member,
        call.caller.person.platform,
        command.name,
        command.summary,
        subject.kind if subject else "",
        subject.id if subject else None,
        subject.title if subject else "",
        subject.chapter.id if subject else None,
        whom,
        (*_chosen(command, answers), *await _differences(tx, before, subject)),
        origin,
    )
    if len(told) > 1:
        for member in told:
            await tx.trail.note(replace(deed, whom=member, origin=f"{deed.origin} {member}"))
    elif made is not None or deed.differences or not apart:
        await tx.trail.note(replace(deed, whom=deed.whom or next(iter(told), None)))
    for parameter, member in apart:
        origin = f"{deed.origin} {parameter.name}"
        await tx.trail.note(replace(deed, words=parameter.ask.deed, whom=member, differences=(), origin=origin))


async def _whom(
    tx: Transaction, command: Command[...], call: Call, answers: Mapping[str, Any]
) -> tuple[MemberId | None, Sequence[tuple[Parameter, MemberId]]]:
    """The member whom a call is about, and those of whom it makes something that is a deed of its own."""
    named = {
        parameter: (await account_of(call, tx, answer)).member
        for parameter in command.parameters
        if isinstance(answer := answers.get(parameter.name), Person)
    }
    apart = [(parameter, member) for parameter, member in named.items() if parameter.ask.deed]
    return next((member for parameter, member in named.items() if not parameter.ask.deed), None), apart


def _chosen(command: Command[...], answers: Mapping[str, Any]) -> list[Difference]:
    """What was chosen for somebody, of the few words that there are; whatever people write is left out."""
    if not any(isinstance(answer, Person) for answer in answers.values()):
        return []
    return [
        Difference(name, "", str(getattr(answer, "words", answer.value)))
        for name, answer in answers.items()
        if isinstance(answer, StrEnum)
    ]


async def _differences(tx: Transaction, before: Subject | None, after: Subject | None) -> list[Difference]:
    """What is different of a subject that was there before."""
    if before is None or after is None or (before.kind, before.id) != (after.kind, after.id):
        return []
    now = (await subjects.again(tx, before)).says
    return [
        Difference(label, in_a_line(before.says.get(label, ""), ROOM), in_a_line(now.get(label, ""), ROOM))
        for label in dict.fromkeys([*before.says, *now])
        if before.says.get(label, "") != now.get(label, "")
    ]
