"""The starter deck: questions of our own to begin with, read from starter.toml, which lies beside this."""

import tomllib
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import zip_longest
from typing import Annotated, Any

from bot.calls import Call, Reply
from bot.commands import Ask, command
from bot.domain.likeness import SAME, closest
from bot.domain.people import Role
from bot.domain.prompts import PromptState, Suggestion
from bot.features.prompts import buttons, drying, listing, wording
from bot.features.prompts.buttons import Shelf
from bot.messages import say
from bot.ports import Transaction


class Audience(StrEnum):
    """Whom the starter deck is wanted for."""

    ALL = "all"
    PROJECTS = "projects"
    EVERYBODY = "everybody"

    @property
    def words(self) -> str:
        return {
            Audience.ALL: "All of it",
            Audience.PROJECTS: "For people who run projects",
            Audience.EVERYBODY: "For any community",
        }[self]


@dataclass(frozen=True, slots=True)
class Starter:
    """One prompt of the starter deck."""

    text: str
    tag: str
    audience: Audience
    stance: bool


@cache
def starters() -> tuple[Starter, ...]:
    """The starter deck in the order in which it is asked: one of each theme, then the next of each."""
    themes = tomllib.loads(files("bot.features.prompts").joinpath("starter.toml").read_text(encoding="utf-8"))["theme"]
    rounds = zip_longest(*(_of(theme) for theme in themes))
    return tuple(starter for each in rounds for starter in each if starter is not None)


@command(buttons.STARTER, "Take the starter deck", needs=Role.ORGANISER, submit="Put it in")
async def starter(
    call: Call,
    tx: Transaction,
    audience: Annotated[Audience, Ask("Which part of it?")],
    chapter: wording.Chapter,
) -> Reply:
    """Put prompts of our own into a chapter's deck; what is there already is not put in twice."""
    await tx.prompts.hold(chapter)
    account = (await tx.members.recognise([call.caller]))[call.caller.person]
    states = [state for state in PromptState if state is not PromptState.WITHDRAWN]
    there = [(each.text, each) for each in await tx.prompts.all(states, chapter)]
    wanted = [each for each in starters() if audience in (Audience.ALL, each.audience)]
    new = [each for each in wanted if not closest(each.text, there, SAME)]
    origin = f"{call.caller.person.platform} {call.key}"
    await tx.prompts.add(
        [
            Suggestion(
                chapter,
                each.text,
                PromptState.READY,
                f"{origin} {number}",
                tags=(each.tag,),
                stance=each.stance,
                decider=account.member,
            )
            for number, each in enumerate(new)
        ]
    )
    await drying.look(tx, chapter, call.at)
    there_already = len(wanted) - len(new)
    much = "1 prompt of the starter deck was" if len(new) == 1 else f"{len(new)} prompts of the starter deck were"
    text = say("{much} put in.", much=much)
    if there_already:
        known = "1 was" if there_already == 1 else f"{there_already} were"
        text = say("{text} {known} there already.", text=text, known=known)
    return replace(await listing.shelf(tx, call, chapter, Shelf.NEXT, 1, head=text), moot=not new)


def _of(theme: dict[str, Any]) -> list[Starter]:
    """A theme's prompts, with a statement after every two questions."""
    asks = [Starter(text, theme["tag"], Audience(theme["for"]), False) for text in theme["ask"]]
    stands = [Starter(text, theme["tag"], Audience(theme["for"]), True) for text in theme.get("stand", ())]
    for place, each in enumerate(stands):
        asks.insert(2 + 3 * place, each)
    return asks
