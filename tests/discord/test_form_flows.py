"""Forms of any length, corrected and interrupted, from a person's first word to the desk."""

from dataclasses import replace

from adapters.discord import Discord
from bot.calls import Call, Door, Reply
from bot.messages import line
from tests.discord.rig import PLANNING, Front, Someone, labels, place, planning, posted, until, words
from tests.discord.test_answers import EPHEMERAL, LOADING, asked


def short(call: Call) -> Reply:
    """A form that fits one page, until it is sent in."""
    if call.door is Door.FORM:
        return line("**{title}** is planned.", title=call.given["title"])
    return planning(asks=PLANNING[:5], fixed={"chapter": "1"}, typed=call.given)


def long(call: Call) -> Reply:
    """A form of two pages."""
    return line("**{title}** is planned.", title=call.given["title"]) if call.door is Door.FORM else planning()


async def test_a_command_without_its_answers_opens_the_form(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """What was given is in it; what is sent in reaches the desk with what was fixed, and empty answers as empty."""
    front.says["event create"] = short
    await ada.slash(london, "event create", title="Rust & Tell")
    assert ada.form["title"] == "Plan a new event"
    await ada.fill(starts="Thu 18:30", about="Bring\r\na laptop")
    call = front.heard[-1]
    assert (call.command, call.door, call.kept) == ("event create", Door.FORM, None)
    assert call.given == {
        "chapter": "1",
        "title": "Rust & Tell",
        "starts": "Thu 18:30",
        "where": "",
        "about": "Bring\na laptop",
        "seats": "",
    }
    assert [words(one) for one in ada.private] == ["**Rust & Tell** is planned."]


async def test_every_kind_of_input_is_read(
    bot: Discord, front: Front, ada: Someone, grace: Someone, london: str
) -> None:
    """A choice by its value, a person by their key and with their name."""
    front.says["event create"] = lambda call: (
        line("Thanks.") if call.door is Door.FORM else planning(asks=(PLANNING[4], *PLANNING[5:]))
    )
    await ada.slash(london, "event create")
    await ada.fill(seats="30", host=[grace.key], chapter="2")
    assert front.heard[-1].given == {"seats": "30", "host": grace.key, "chapter": "2"}
    assert front.heard[-1].names == {grace.key: "Grace Hopper"}
    await ada.slash(london, "event create")
    await ada.fill(chapter="1")
    assert front.heard[-1].given == {"seats": "", "host": "", "chapter": "1"}


async def test_a_form_of_two_pages(bot: Discord, front: Front, ada: Someone, grace: Someone, london: str) -> None:
    """A form cannot follow a form on Discord: a button stands between them, and the desk gets both pages as one."""
    front.says["event create"] = long
    await ada.slash(london, "event create")
    assert ada.form["title"] == "Plan a new event (1 of 2)"
    await ada.fill(title="Rust & Tell", starts="Thu 18:30", seats="30")
    [between] = ada.private
    assert (words(between), labels(between)) == ("Nearly there: 2 more questions.", ["Continue"])
    await ada.press(between, "Continue")
    assert ada.form["title"] == "Plan a new event (2 of 2)"
    await ada.fill(host=[grace.key], chapter="1")
    assert front.heard[-1].given == {
        "title": "Rust & Tell",
        "starts": "Thu 18:30",
        "where": "",
        "about": "",
        "seats": "30",
        "host": grace.key,
        "chapter": "1",
    }
    assert [words(one) for one in ada.private] == ["**Rust & Tell** is planned."]


async def test_a_first_page_that_says_enough_is_sent_in_from_the_button_beside(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """Whoever changes a title need not go through the rest; what is wrong in it comes back like any form."""
    front.whole = planning(asks=PLANNING[:6])
    front.says["event create"] = lambda call: (
        line("Changed.") if call.door is Door.FORM else planning(asks=PLANNING[:6])
    )
    front.says["form"] = lambda _sent: replace(front.kept[1], errors={"starts": "That has passed."})
    await ada.slash(london, "event create")
    await ada.fill(title="Rust & Tell", starts="Thu 18:30")
    assert labels(ada.private[0]) == ["Continue", "Preview"]
    await ada.press(ada.private[0], "Preview")
    assert front.heard[-1].given == {"kept": "1", "send": "1"}
    assert words(ada.private[0]).splitlines()[-1] == "**When does it start?** That has passed."
    assert labels(ada.private[0]) == ["Correct it"]
    front.kept[1] = replace(front.kept[1], errors={"starts": "That has passed."})
    await ada.press(ada.private[0], "Correct it")
    assert [row["description"] for row in ada.form["components"]] == ["That has passed."]
    await ada.fill(starts="Fri 18:30")
    assert words(ada.private[0]) == "Changed."


async def test_a_correction_keeps_everything_typed(bot: Discord, front: Front, ada: Someone, london: str) -> None:
    """The error stands beside its question, a button opens the form with what was typed, and nothing is typed twice."""

    def picky(call: Call) -> Reply:
        if call.door is not Door.FORM:
            return planning(asks=PLANNING[:5])
        if call.given["starts"] == "yesterday":
            return front.correct(call, starts="That has passed.")
        return line("Planned.")

    front.whole = planning(asks=PLANNING[:5])
    front.says["event create"] = picky
    await ada.slash(london, "event create")
    await ada.fill(title="Rust & Tell", starts="yesterday", about="*Long* words")
    [wrong] = ada.private
    assert words(wrong) == "Not quite yet; everything you typed is kept.\n**When does it start?** That has passed."
    assert labels(wrong) == ["Correct it"]
    await ada.press(wrong, "Correct it")
    await ada.fill(starts="tomorrow")
    assert front.heard[-1].given == {
        "title": "Rust & Tell", "starts": "tomorrow", "where": "", "about": "*Long* words", "seats": "",
    }  # fmt: skip
    assert [words(one) for one in ada.private] == ["Planned."]


async def test_a_long_form_is_corrected_by_its_wrong_answers_alone(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """The other six answers are kept and need no second look."""

    def picky(call: Call) -> Reply:
        if call.door is not Door.FORM:
            return planning()
        return (
            front.correct(call, starts="That has passed.") if call.given["starts"] == "yesterday" else line("Planned.")
        )

    front.says["event create"] = picky
    await ada.slash(london, "event create")
    await ada.fill(title="Rust & Tell", starts="yesterday")
    await ada.press(ada.private[0], "Continue")
    await ada.fill(chapter="2")
    await ada.press(ada.private[0], "Correct it")
    assert [label["component"]["custom_id"] for label in ada.form["components"]] == ["starts"]
    await ada.fill(starts="tomorrow")
    given = front.heard[-1].given
    assert (given["title"], given["starts"], given["chapter"]) == ("Rust & Tell", "tomorrow", "2")
    assert [words(one) for one in ada.private] == ["Planned."]


async def test_a_form_that_comes_late_waits_behind_a_button(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """After a promise no form can open by itself; the button makes the same call again."""
    front.says["event create"] = short
    front.open.clear()
    await ada.slash(london, "event create", title="Rust & Tell")
    [waiting] = ada.private
    assert waiting["flags"] == EPHEMERAL | LOADING
    front.open.set()
    told = await ada.told()
    assert (words(told), labels(told)) == ("Plan a new event: press the button to open the form.", ["Open form"])
    await ada.press(told, "Open form")
    await ada.fill(starts="Thu 18:30")
    assert [call.door for call in front.heard] == [Door.SLASH, Door.BUTTON, Door.FORM]
    assert front.heard[-1].given["title"] == "Rust & Tell"


async def test_a_late_form_that_no_button_can_carry_is_kept(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """What was typed into the command is longer than a button's code, and still not lost."""
    about = "Bring a laptop. " * 20
    front.says["event create"] = short
    front.open.clear()
    await ada.slash(london, "event create", about=about)
    front.open.set()
    told = await ada.told()
    await ada.press(told, "Open form")
    [field] = [label["component"] for label in ada.form["components"] if label["component"]["custom_id"] == "about"]
    assert field["value"] == about


async def test_what_is_fixed_and_long_is_kept_before_the_form_opens(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """A modal carries a hundred characters; a row carries the rest."""
    note = "Something long that a button knew. " * 4

    def fixed(call: Call) -> Reply:
        return line("Thanks.") if call.door is Door.FORM else planning(asks=PLANNING[:2], fixed={"note": note})

    front.whole = planning(asks=PLANNING[:2])
    front.says["event create"] = fixed
    await ada.slash(london, "event create")
    await ada.fill(title="Rust & Tell", starts="Thu")
    call = front.heard[-1]
    assert (call.given["note"], call.given["title"], call.kept) == (note, "Rust & Tell", 1)


async def test_a_press_in_public_opens_a_form_and_its_answer_is_private(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """The public message is not what gets replaced."""
    ref = await bot.post(place(london), asked("Plan one", "event%20create"), "key")
    before = posted(ada.standin, ref)
    front.says["event create"] = short
    await ada.press(before, "Plan one")
    await ada.fill(title="Rust & Tell", starts="Thu 18:30")
    assert posted(ada.standin, ref) == before
    assert [words(one) for one in ada.private] == ["**Rust & Tell** is planned."]


async def test_a_form_that_is_sent_in_slowly_saved_is_answered_when_it_is(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """Even a slow database loses nothing that was typed."""
    front.says["event create"] = short
    await ada.slash(london, "event create")
    front.open.clear()
    sent = await ada.fill(title="Rust & Tell", starts="Thu 18:30")
    assert sent["acked"]
    front.open.set()
    [told] = await until(ada.standin.board, lambda: [one for one in ada.private if one["components"]])
    assert words(told) == "**Rust & Tell** is planned."


async def test_a_form_whose_pages_shift_when_it_is_kept_asks_everything(
    bot: Discord, front: Front, ada: Someone, london: str
) -> None:
    """A kept form may ask again what a button had given; the second page still begins where it should."""
    front.says["event create"] = lambda call: (
        line("Planned.") if call.door is Door.FORM else planning(asks=PLANNING[:6], fixed={"chapter": "1"})
    )
    front.whole = planning(asks=(PLANNING[6], *PLANNING[:6]))
    await ada.slash(london, "event create")
    await ada.fill(title="Rust & Tell", starts="Thu 18:30")
    assert words(ada.private[0]) == "Not done yet: 1 more question, if you like."
    await ada.press(ada.private[0], "Continue")
    assert [label["component"]["custom_id"] for label in ada.form["components"]] == ["host"]
