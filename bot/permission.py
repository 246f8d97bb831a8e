"""Permission: who may make a call, and how far they reach, asked anew at every door."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.calls import Call, Refusal
from bot.commands import Declared
from bot.domain.people import Role
from bot.features import subjects
from bot.messages import Slash, Text, join, say
from bot.ports import Transaction


async def permit(tx: Transaction, command: Declared, call: Call, standing: bool) -> Call:
    """The call, with how far its caller may reach; raises Refusal for whoever may not make it."""
    person = call.caller.person
    if command.needs is not Role.ORGANISER or standing or await tx.organisers.includes(person):
        return call
    reach = await tx.organisers.chapters(person)
    if command.unless is not None and await command.unless(tx, call):
        return replace(call, own=not reach)
    if not reach:
        raise Refusal("Only organisers can do that. {command} shows who they are.", command=Slash("organiser list"))
    call = replace(call, reach=reach)
    await _reached(tx, call, await subjects.named(tx, command, call))
    return call


async def meant(tx: Transaction, command: Declared, call: Call, answers: Mapping[str, Any], standing: bool) -> Call:
    """The call, permitted by what its answers were found to mean: what is one's own may bear another's name."""
    if command.unless is None:
        return call
    found = {name: str(value) for name, value in answers.items() if value is not None}
    permitted = await permit(tx, command, replace(call, given={**call.given, **found}), standing)
    return replace(call, own=permitted.own, reach=permitted.reach)


async def within(tx: Transaction, command: Declared, call: Call, answers: Mapping[str, Any]) -> None:
    """Raises Refusal where somebody who plans for some chapters only would reach beyond them with these answers."""
    if call.reach is None:
        return
    found = await subjects.of(tx, command, answers)
    if not found and not command.anywhere:
        raise Refusal(
            "Only organisers of the whole community can do that; you plan for {chapters}. {command} shows who is.",
            chapters=await _reach_of(tx, call),
            command=Slash("organiser list"),
        )
    await _reached(tx, call, found)


async def _reached(tx: Transaction, call: Call, found: Sequence[subjects.Subject | None]) -> None:
    for subject in found:
        if subject is None:
            raise Refusal("That is not on record any more. {help} shows where to begin.", help=Slash("help"))
        if not call.reaches(subject.chapter.id):
            raise Refusal(
                "That belongs to **{chapter}**, and you plan for {reach}. {command} shows who plans for {chapter}.",
                chapter=subject.chapter.name,
                reach=await _reach_of(tx, call),
                command=Slash("organiser list"),
            )


async def _reach_of(tx: Transaction, call: Call) -> Text:
    """The chapters for which a caller may plan."""
    names = [chapter.name for chapter in await tx.chapters.all() if call.reaches(chapter.id)]
    return join(", ", [say("**{name}**", name=name) for name in names])
