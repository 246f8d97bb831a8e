"""Rounds at the desk: started, written in, supported, taken back, left out and closed."""

import pytest

from bot import codes
from bot.calls import Call, Door, Form, Reply
from bot.desk import Desk
from bot.domain.people import Platform
from bot.domain.rounds import RoundId
from bot.features.rounds.cards import picture
from storage.database import Database
from tests.desk.visitors import DISCORD, LONDON, SLACK, call, code, fits, publish, words

YEAR = {"title": "What we stopped this year"}


def start(who: str = "Ada", manages: bool = True, **changes: str) -> Call:
    """An organiser puts a round to the room."""
    return call("round start", {**YEAR, **changes}, who=who, manages=manages, place=LONDON)


def add(text: str, who: str = "Grace", column: int = 0, platform: Platform = SLACK, **changes: str) -> Call:
    """The form of a column's button, as it is sent in."""
    given = {"round": "1", "column": str(column), "text": text, **changes}
    return call("round add", given, who=who, door=Door.FORM, platform=platform)


def press(name: str, who: str, platform: Platform = SLACK, manages: bool = False, **given: str) -> Call:
    """A press on a button that holds this."""
    return call(f"round {name}", {"round": "1", **given}, who=who, door=Door.BUTTON, platform=platform, manages=manages)


async def card(storage: Database, number: int = 1) -> str:
    """What everybody sees of a round."""
    async with storage.reading() as tx:
        return words(await picture(tx, await tx.rounds.get(RoundId(number))))


async def refused(desk: Desk, made: Call) -> str:
    """The sentence with which a call comes back, alone or beside a question of its form."""
    reply: Reply = await desk.answer(made)
    return " ".join(reply.errors.values()) if isinstance(reply, Form) else words(reply)


async def test_a_round_is_started_written_in_supported_and_closed(desk: Desk, storage: Database) -> None:
    """In every home of its chapter; nobody's name is on it unless they wish so, and no one counts twice."""
    started = await desk.answer(start())
    assert "is posted in #london on Discord and #london on Slack" in words(started)
    assert (await card(storage)).count("Nothing yet") == 3
    form = await desk.answer(press("add", "Grace", column="0"))
    assert isinstance(form, Form)
    assert [asked.name for asked in form.asks] == ["text"]
    receipt = await desk.answer(add("Weekly status reports"))
    assert "Without your name" in words(receipt)
    await desk.answer(add("Steering boards of thirty", "Mary", platform=DISCORD))
    for _twice in range(2):
        read = await desk.answer(press("support", "Alan", DISCORD, entry="2", on="1", skip="0"))
        assert "stopped, 1 supports it\n[Take that back]" in words(read)
    shown = await card(storage)
    assert "1: Steering boards of thirty — 1 supports it\n2: Weekly status reports\n" in shown
    assert "Grace" not in shown
    name = code(receipt, "With my name")
    await desk.answer(call(codes.unpack(name)[0], codes.unpack(name)[1], door=Door.BUTTON))
    assert "Weekly status reports — Grace" in await card(storage)
    await desk.answer(press("support", "Alan", DISCORD, entry="2", on="0", skip="0"))
    assert "supports it" not in await card(storage)
    assert "is closed" in words(await desk.answer(call("round close", {"round": "1"}, who="Ada", manages=True)))
    shown = await card(storage)
    assert "This round is closed, with 2 entries." in shown
    assert "[" not in shown


async def test_an_entry_goes_when_its_author_or_an_organiser_says_so(desk: Desk, storage: Database) -> None:
    """Nobody else can take it, and its words are in the database no more."""
    await desk.answer(start())
    await desk.answer(add("Weekly reports"))
    await desk.answer(add("Something rude", "Mary"))
    assert "not yours to decide on" in await refused(desk, press("withdraw", "Alan", entry="1"))
    assert "not yours to decide on" in await refused(desk, press("name", "Alan", entry="1", credit="named"))
    assert "Only organisers" in await refused(desk, press("leave-out", "Alan", entry="2"))
    assert "[Leave out]" not in words(await desk.answer(press("show", "Alan")))
    assert "[Leave out]" in words(await desk.answer(press("show", "Ada", manages=True)))
    assert "It is left out" in words(await desk.answer(press("leave-out", "Ada", manages=True, entry="2")))
    assert "not there any more" in words(await desk.answer(press("leave-out", "Ada", manages=True, entry="2")))
    await desk.answer(call("round close", {"round": "1"}, who="Ada", manages=True))
    assert "It is taken back" in words(await desk.answer(press("withdraw", "Grace", entry="1")))
    assert "closed, with no entries" in await card(storage)
    audited = words(await desk.answer(call("audit", who="Ada", manages=True)))
    assert "Leave an entry out of a round" in audited
    assert "Mary" not in audited


async def test_whoever_is_forgotten_leaves_no_entry_behind(desk: Desk, storage: Database) -> None:
    """Erasing takes it from the card as well."""
    await desk.answer(start())
    await desk.answer(add("Weekly reports"))
    await desk.answer(call("my erase-now", door=Door.BUTTON))
    assert "Weekly reports" not in await card(storage)


async def test_what_was_said_already_is_supported(desk: Desk, storage: Database) -> None:
    """In other capitals, or with a full stop, too; one's own stands there once."""
    await desk.answer(start())
    await desk.answer(add("Weekly reports"))
    assert "now you support it: 1 supports it" in words(await desk.answer(add("weekly  REPORTS.", "Mary")))
    assert "You have said that already" in words(await desk.answer(add("Weekly reports")))
    assert (await card(storage)).count("eekly") == 1
    assert "Weekly" in words(await desk.answer(add("Weekly reports", column=1)))


async def test_who_has_said_just_that_keeps_it_when_its_author_takes_it_back(desk: Desk, storage: Database) -> None:
    """As their own, without a name; whoever only supported it keeps nothing, nor does whoever is forgotten."""
    await desk.answer(start())
    await desk.answer(add("Weekly reports"))
    await desk.answer(press("name", "Grace", entry="1", credit="named"))
    await desk.answer(press("support", "Alan", DISCORD, entry="1", on="1", skip="0"))
    for who in ("Dorothy", "Mary"):
        await desk.answer(press("support", who, entry="1", on="1", skip="0"))
        assert "you support it: " in words(await desk.answer(add("weekly reports!", who)))
    await desk.answer(call("my erase-now", who="Dorothy", door=Door.BUTTON))
    taken = words(await desk.answer(press("withdraw", "Grace", entry="1")))
    assert taken == "It is taken back. Somebody else has said just that, so it stands there as theirs."
    shown = await card(storage)
    assert "1: Weekly reports — 2 support it\n" in shown
    assert "Grace" not in shown
    assert "not yours" in await refused(desk, press("withdraw", "Grace", entry="1"))
    assert words(await desk.answer(press("withdraw", "Mary", entry="1"))).startswith("It is taken back: nobody")
    assert "Weekly reports" not in await card(storage)


async def test_what_several_said_outlives_the_first_of_them(desk: Desk, storage: Database) -> None:
    """Forgotten with all that was theirs alone."""
    await desk.answer(start())
    for who in ("Grace", "Mary"):
        await desk.answer(add("Weekly reports", who))
    await desk.answer(add("Boards of thirty"))
    await desk.answer(call("my erase-now", door=Door.BUTTON))
    shown = await card(storage)
    assert "1: Weekly reports\n" in shown
    assert "Boards" not in shown


@pytest.mark.parametrize(
    ("made", "sentence"),
    [
        (start(columns=" | "), "There is no word in that"),
        (start(columns="stopped"), "“stopped” is the only column"),
        (start(columns="a|b|c|d|e|f"), "These are 6 columns; a round has room for 5."),
        (start(columns="a|" + "b" * 41), "has 41 letters"),
        (start(columns="a|A"), "Two columns have the same name"),
        (start(title="t" * 81), "That is 81 characters long; there is room for 80."),
        (start(event="99"), "There is no such event"),
        (start(chapter="99"), "There is no such chapter"),
        (start("Grace", manages=False), "Only organisers can do that."),
        (add("x" * 201), "That is 201 characters long; there is room for 200."),
        (add("  "), "Please answer this."),
        (add("Hello", column=3), "There is no such column"),
        (add("Hello", column=-1), "There is no such column"),
        (add("Hello", round="99"), "There is no such round."),
        (press("support", "Alan", entry="99", on="1"), "That is not there any more"),
        (press("withdraw", "Alan", entry="99"), "That is not there any more"),
        (press("show", "Alan", round="99"), "There is no such round."),
        (press("show", "Alan", skip="-5"), "Nothing is written"),
        (add("Hello", round="9" * 30), "is not a whole number"),
    ],
)
async def test_what_cannot_be_done_is_told_in_a_sentence(desk: Desk, made: Call, sentence: str) -> None:
    """And nothing is lost."""
    await desk.answer(start())
    assert sentence in await refused(desk, made)


async def test_a_closed_round_takes_nothing(desk: Desk) -> None:
    """From no old button either."""
    await desk.answer(start())
    await desk.answer(add("Weekly reports"))
    close = call("round close", {"round": "1"}, who="Ada", manages=True)
    await desk.answer(close)
    assert "is closed already" in words(await desk.answer(close))
    assert "is closed; nothing is changed" in words(await desk.answer(add("More", "Mary")))
    assert "is closed; nothing is changed" in await refused(desk, press("support", "Alan", entry="1", on="1"))
    assert "That is your own" not in await refused(desk, press("support", "Grace", entry="1", on="1"))


async def test_whoever_turns_out_to_be_the_author_does_not_support_themselves(desk: Desk, storage: Database) -> None:
    """As when two accounts are linked, one of which wrote what the other supports."""
    await desk.answer(start())
    await desk.answer(add("Weekly reports"))
    async with storage.writing() as tx:
        (entry,) = await tx.rounds.entries(RoundId(1))
        await tx.rounds.support(entry.id, entry.author, True)
    assert "supports it" not in await card(storage)


async def test_a_button_of_one_round_reaches_into_no_other(desk: Desk) -> None:
    """A forged one that names another round's entry finds nothing."""
    await desk.answer(start())
    await desk.answer(start(title="Another"))
    await desk.answer(add("Weekly reports"))
    forged = press("support", "Alan", round="2", entry="1", on="1")
    assert "not there any more" in await refused(desk, forged)


@pytest.mark.parametrize("sign", ["*", "🎉", "ש"])
async def test_a_long_round_is_shortened_on_its_card_and_read_page_by_page(
    desk: Desk, storage: Database, sign: str
) -> None:
    """The card tells how many more there are."""
    columns = [f"{letter}{'_' * 39}" for letter in "abcde"]
    await desk.answer(start(title="*" * 80, columns="|".join(columns), event=str(await publish(desk))))
    for number in range(40):
        text = f"{number} {sign * 190}"
        who = f"{number} {sign * 75}"
        await desk.answer(add(text, who, number % 5))
        named = press("name", who, entry=str(number + 1), credit="named")
        await desk.answer(named)
    assert (await card(storage)).count("and 7 more") == 5
    page = await desk.answer(press("show", "Ada", manages=True))
    assert "[34 more]" in words(page)
    fits(page)
    async with storage.reading() as tx:
        fits(await picture(tx, await tx.rounds.get(RoundId(1))))


async def test_nobody_floods_a_round(desk: Desk) -> None:
    """Thirty entries are enough for one person."""
    await desk.answer(start())
    for number in range(30):
        await desk.answer(add(f"Thought {number}"))
    assert "leave some for the others" in words(await desk.answer(add("One more")))


async def test_a_round_started_in_the_evening_is_about_it(desk: Desk, storage: Database) -> None:
    """It is told on the card, and found by the event."""
    event = await publish(desk)
    await desk.answer(start(event=str(event)))
    assert "At “Evening”" in await card(storage)


async def recall(desk: Desk, about: str) -> Reply:
    """Mary, on Discord, looks for something."""
    return await desk.answer(call("recall", {"words": about}, who="Mary", platform=DISCORD))


async def test_a_round_is_found_by_its_words_and_not_by_what_was_taken_out(desk: Desk, storage: Database) -> None:
    """By everybody, on either platform, as its card; never by a name, nor by what is not in it any more."""
    await desk.answer(start())
    await desk.answer(add("Weekly status reports"))
    await desk.answer(add("Rude tirades", "Mary"))
    await desk.answer(press("name", "Grace", entry="1", credit="named"))
    for about in ("stopping", "status reporting", "started", "tirade"):
        found = words(await recall(desk, about))
        assert "What we stopped this year" in found
        assert "Round, London, 5 Sep 2026" in found
    assert "Nothing was said about" in words(await recall(desk, "Grace"))
    async with storage.reading() as tx:
        ((found,),) = [await tx.memories.search(["status"], None, 9)]
    shown = await desk.answer(call("recall show", {"memory": str(found.id)}, who="Mary", platform=DISCORD))
    assert "1: Weekly status reports — Grace" in words(shown)
    assert "[Add to stopped]" in words(shown)
    await desk.answer(press("leave-out", "Ada", manages=True, entry="2"))
    assert "Nothing was said about" in words(await recall(desk, "tirade"))
    await desk.answer(call("round close", {"round": "1"}, who="Ada", manages=True))
    assert "What we stopped" in words(await recall(desk, "status reports"))
    await desk.answer(press("withdraw", "Grace", entry="1"))
    assert "Nothing was said about" in words(await recall(desk, "status reports"))


async def test_with_a_cancelled_event_its_rounds_are_found_no_more(desk: Desk) -> None:
    """Nothing was held that they could be of; somebody else’s words about it are still theirs."""
    event = str(await publish(desk))
    await desk.answer(start(event=event))
    await desk.answer(add("Weekly reports"))
    assert "What we stopped" in words(await recall(desk, "weekly reports"))
    await desk.answer(call("event call-off", {"event": event}, who="Ada", manages=True))
    assert "Nothing was said about" in words(await recall(desk, "weekly reports"))
    await desk.answer(add("Monthly reports", "Mary"))
    assert "Nothing was said about" in words(await recall(desk, "monthly reports"))
