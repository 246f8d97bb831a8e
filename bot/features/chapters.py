"""Chapters: city groups that organisers make and change in chat."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Annotated
from zoneinfo import ZoneInfo

from bot import codes, reading
from bot.calls import Call, Candidate, Door, Refusal, Reply, Unclear
from bot.commands import Ask, command
from bot.domain.leads import Lead
from bot.domain.people import Person, Platform, Role
from bot.domain.places import Chapter, ChapterId, Home
from bot.domain.zones import names, read_zone, words
from bot.features import following, picks
from bot.features.organisers import APPOINT, DISMISS, account_of
from bot.features.overwriting import mark, not_over_another
from bot.messages import Message, Paragraph, Part, Slash, Text, already, join, say
from bot.ports import Transaction

SLACK, DISCORD = Platform("slack"), Platform("discord")
NONE = ("none", "-", "no")
NOTHING = "none"
LIST = Slash("chapter list")

LEADS = "For example “1 day, 2 hours”, or “none”"
ALONE = "They plan for this chapter only"
CHANNEL = "A channel’s name or id, such as #london; empty for none"


async def zones(tx: Transaction, call: Call) -> Sequence[Candidate]:
    """Time zones, by name."""
    return [Candidate(words(name), name) for name in names()]


Name = Annotated[str, Ask("What is the chapter called?", "Such as the name of its city", most=60)]
Zone = Annotated[str, Ask("In which time zone is it?", "Such as Europe/London", most=60, pick=zones, typed=True)]
Reminders = Annotated[str, Ask("When are people reminded of its events?", LEADS, most=120)]
OnSlack = Annotated[str, Ask("Which Slack channel is its home?", CHANNEL, most=100, home=SLACK)]
OnDiscord = Annotated[str, Ask("Which Discord channel is its home?", CHANNEL, most=100, home=DISCORD)]
Which = Annotated[
    ChapterId, Ask("Which chapter?", pick=picks.chapters, known=picks.chapter_here, nothing=picks.NO_CHAPTER)
]


@command("chapter add", "Make a new chapter", needs=Role.ORGANISER, submit="Make it")
async def add(
    call: Call,
    tx: Transaction,
    name: Name,
    zone: Zone,
    slack: OnSlack = "",
    discord: OnDiscord = "",
    reminders: Reminders = "",
    organiser: Annotated[Person | None, Ask("Who organises it?", ALONE, deed=APPOINT)] = None,
) -> Reply:
    """Put a chapter on record, with its homes; events can be announced there at once."""
    origin = f"{call.caller.person.platform} {call.key}"
    made = await tx.chapters.made(origin)
    if made is not None:
        return already("**{chapter}** is made already.", chapter=(await tx.chapters.get(made)).name)
    known = await tx.chapters.all()
    homes: list[Home | None] = []
    leads: list[Lead] = []
    zones: list[ZoneInfo] = []
    _together(
        lambda: _free(name, known),
        lambda: zones.append(_zone(zone)),
        lambda: homes.append(_home(call, known, SLACK, slack)),
        lambda: homes.append(_home(call, known, DISCORD, discord)),
        lambda: leads.extend(_leads(reminders) if reminders else _usual(known)),
    )
    number = await tx.chapters.add(name, zones[0], leads, origin)
    for home in homes:
        if home is not None:
            await tx.chapters.settle(number, home)
    said = [say("**{chapter}** is made.", chapter=name)]
    if organiser is not None:
        account = await account_of(call, tx, organiser)
        await tx.organisers.add(account.member, number)
        said.append(say("{name} organises it.", name=account.name))
    chapter = await tx.chapters.get(number)
    said.append(say("It is {described}.", described=_described(chapter)))
    if not chapter.homes:
        said.append(say("Nothing can be announced before it has a home: {edit} names one.", edit=Slash("chapter edit")))
    return Message(tuple(Paragraph(text) for text in said), said[0])


@command("chapter edit", "Change a chapter", needs=Role.ORGANISER, reads=True, submit="Go on")
async def edit(call: Call, tx: Transaction, chapter: Which) -> Reply:
    """The form of a chapter, with what it says now."""
    given = {"chapter": str(chapter), "seen": mark(_answers(await tx.chapters.get(chapter)))}
    return await reading.ask(tx, revise, replace(call, command=revise.name, given=given, door=Door.BUTTON), {})


async def _as_it_is(tx: Transaction, call: Call) -> Mapping[str, str]:
    try:
        return _answers(await tx.chapters.get(ChapterId(codes.row(call.given.get("chapter", "")) or 0)))
    except KeyError:
        raise Refusal("That chapter is not on record. {chapters} shows which there are.", chapters=LIST) from None


@command("chapter revise", "Change a chapter", needs=Role.ORGANISER, hidden=True, submit="Save", filled=_as_it_is)
async def revise(
    call: Call,
    tx: Transaction,
    chapter: Annotated[ChapterId, Ask("Which chapter?", hidden=True)],
    seen: Annotated[str, Ask("What did the form show?", hidden=True)],
    name: Name,
    zone: Zone,
    reminders: Reminders = "",
    slack: OnSlack = "",
    discord: OnDiscord = "",
    organiser: Annotated[Person | None, Ask("Who else organises it?", ALONE, deed=APPOINT)] = None,
    dismiss: Annotated[Person | None, Ask("Who stops organising it?", deed=DISMISS)] = None,
) -> Reply:
    """Replace what a chapter says; its events that are still to come follow."""
    before, coming = await following.held(tx, chapter, call.at)
    typed = {"name": name, "zone": zone, "reminders": reminders, "slack": slack, "discord": discord}
    not_over_another(_answers(before), seen, typed)
    known = [each for each in await tx.chapters.all() if each.id != chapter]
    if name != before.name:
        _free(name, known)
    await tx.chapters.put(replace(before, name=name, zone=_zone(zone), leads=_leads(reminders)))
    for platform, parameter in ((SLACK, "slack"), (DISCORD, "discord")):
        if typed[parameter] != _answers(before)[parameter]:
            home = _home(call, known, platform, typed[parameter])
            await (tx.chapters.unsettle(chapter, platform) if home is None else tx.chapters.settle(chapter, home))
    said = await _appointed(call, tx, chapter, organiser, dismiss)
    after = await tx.chapters.get(chapter)
    if after != before:
        said = [say("**{chapter}** has been changed: {said}.", chapter=name, said=_described(after)), *said]
        said += await following.follow(tx, before, after, coming, call.at)
    if not said:
        return already("**{chapter}** says that already.", chapter=name)
    parts: tuple[Part, ...] = tuple(Paragraph(text) for text in said)
    return Message(parts, said[0])


async def _appointed(
    call: Call, tx: Transaction, chapter: ChapterId, organiser: Person | None, dismiss: Person | None
) -> list[Text]:
    said: list[Text] = []
    if organiser is not None:
        account = await account_of(call, tx, organiser)
        if not await tx.organisers.add(account.member, chapter):
            raise Unclear("organiser", f"{account.name} organises it already.")
        said.append(say("{name} organises it now.", name=account.name))
    if dismiss is not None:
        account = await account_of(call, tx, dismiss)
        if not await tx.organisers.remove(account.member, chapter):
            raise Unclear("dismiss", f"{account.name} was not appointed for this chapter.")
        said.append(say("{name} no longer organises it.", name=account.name))
    return said


def _answers(chapter: Chapter) -> Mapping[str, str]:
    """What a chapter says, as the answers of the form that would write it."""
    homes = {home.place.platform: f"#{home.name}" for home in chapter.homes}
    return {
        "name": chapter.name,
        "zone": chapter.zone.key,
        "reminders": ", ".join(map(str, chapter.leads)) or NOTHING,
        "slack": homes.get(SLACK, ""),
        "discord": homes.get(DISCORD, ""),
    }


def _together(*checks: Callable[[], object]) -> None:
    """Do these, and raise one Unclear for all that cannot stand: whoever mends one line wants to know of the others."""
    sentences: dict[str, str] = {}
    for check in checks:
        try:
            check()
        except Unclear as unclear:
            sentences |= unclear.sentences
    if sentences:
        raise Unclear(*next(iter(sentences.items())), also=sentences)


def _free(name: str, known: Sequence[Chapter]) -> None:
    if any(name.casefold() == each.name.casefold() for each in known):
        raise Unclear("name", f"There is a chapter called {name} already.")


def _zone(text: str) -> ZoneInfo:
    try:
        return read_zone(text)
    except ValueError as no:
        raise Unclear("zone", str(no)) from None


def _leads(text: str) -> tuple[Lead, ...]:
    try:
        return Lead.several(text)
    except ValueError as no:
        raise Unclear("reminders", str(no)) from None


def _usual(known: Sequence[Chapter]) -> tuple[Lead, ...]:
    """The reminders that most chapters have; a day and two hours where there is none."""
    all_of_them = [chapter.leads for chapter in known]
    return max(all_of_them, key=all_of_them.count) if all_of_them else (Lead(days=1), Lead(minutes=120))


def _home(call: Call, known: Sequence[Chapter], platform: Platform, text: str) -> Home | None:
    """The channel that was named; raises Unclear with what mends it."""
    parameter = str(platform)
    if not text or text.casefold() in NONE:
        return None
    if parameter not in call.homes:
        raise Unclear(parameter, f"I am not on {platform.title()} here; leave this empty.")
    home = call.homes[parameter]
    if home is None:
        raise Unclear(
            parameter,
            f"{platform.title()} has no channel “{text}” that I can post in. Make it, or let me into it, and send this "
            "again.",
        )
    for chapter in known:
        if not call.reaches(chapter.id) and home.place in (each.place for each in chapter.homes):
            raise Unclear(parameter, f"#{home.name} is where {chapter.name} is at home, for which you do not plan.")
    return replace(home, chosen=True)


def _described(chapter: Chapter) -> Text:
    """A chapter in one line: where it is, when it is what time there, and when people are reminded."""
    homes = [f"#{home.name} on {home.place.platform.title()}" for home in chapter.homes]
    reminders = ", ".join(map(str, chapter.leads))
    return join(
        "; ",
        [
            say("at home in {homes}", homes=" and ".join(homes)) if homes else say("without a home"),
            say("time zone {zone}", zone=words(chapter.zone.key)),
            say("reminders {reminders} before", reminders=reminders) if reminders else say("no reminders"),
        ],
    )
