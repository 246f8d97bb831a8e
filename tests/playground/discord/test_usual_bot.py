"""A discord.py bot of the usual kind, with a tree, a view and a modal, runs unchanged on the stand-in."""

from collections.abc import Callable
from typing import Any

import discord
from discord import app_commands

from adapters.playground.discord import Discord


class Feedback(discord.ui.Modal, title="Feedback"):
    """A form with a text, a menu and a choice."""

    name = discord.ui.Label(text="Name", component=discord.ui.TextInput(custom_id="name", max_length=40))
    colour = discord.ui.Label(
        text="Colour",
        component=discord.ui.Select(
            custom_id="colour", options=[discord.SelectOption(label="Red"), discord.SelectOption(label="Blue")]
        ),
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        name, colour = self.name.component, self.colour.component
        assert isinstance(name, discord.ui.TextInput)
        assert isinstance(colour, discord.ui.Select)
        await interaction.response.send_message(f"Thanks {name.value}, {colour.values[0]}", ephemeral=True)


class Confirm(discord.ui.View):
    """A button that opens the form, and one that changes its message."""

    @discord.ui.button(label="Tell us", style=discord.ButtonStyle.green, custom_id="tell")
    async def tell(self, interaction: discord.Interaction, button: discord.ui.Button["Confirm"]) -> None:
        await interaction.response.send_modal(Feedback())

    @discord.ui.button(label="Done", custom_id="done")
    async def done(self, interaction: discord.Interaction, button: discord.ui.Button["Confirm"]) -> None:
        await interaction.response.edit_message(content="Done", view=None)


@app_commands.command(name="hello", description="Say hello")
@app_commands.describe(fruit="A fruit")
async def hello(interaction: discord.Interaction, fruit: str, count: int = 1) -> None:
    await interaction.response.send_message(f"{count} {fruit} for {interaction.user.mention}", view=Confirm())


@hello.autocomplete("fruit")
async def fruits(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=one, value=one) for one in ("apple", "pear") if current in one]


@app_commands.command(name="think", description="Think for a while")
async def think(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True, ephemeral=True)
    await interaction.followup.send("Thought")


class Usual(discord.Client):
    """A client with a tree of commands, synchronised when it starts."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(hello)
        self.tree.add_command(think)

    async def setup_hook(self) -> None:
        await self.tree.sync()


async def test_a_usual_bot_answers_commands_buttons_and_forms(
    standin: Discord, running: Callable[..., Any], until: Callable[..., Any], ada: str, london: str
) -> None:
    """Commands, autocomplete, a view, a modal and a deferred answer, each seen as a person sees it."""
    await running(Usual())
    board = standin.board
    completed = await standin.act(
        "complete", {"user": ada, "channel": london, "command": "hello", "options": {"fruit": "pe"}, "focused": "fruit"}
    )
    assert completed["choices"] == [{"name": "pear", "value": "pear"}]

    sent = await standin.act(
        "slash", {"user": ada, "channel": london, "command": "hello", "options": {"fruit": "pear"}}
    )
    posted = board.get(f"discord/message/{london}/{sent['message']}")
    assert posted is not None
    assert (posted["content"], posted["_mentioned"], posted["type"]) == (f"1 pear for <@{ada}>", [ada], 20)

    pressed = await standin.act("press", {"user": ada, "channel": london, "message": posted["id"], "custom_id": "tell"})
    [(name, form)] = board.rows(f"discord/modal/{ada}/").items()
    assert (name, form["title"], form["errors"]) == (f"discord/modal/{ada}/{pressed['interaction']}", "Feedback", None)
    values = {"name": "Ada", "colour": ["Blue"]}
    submitted = await standin.act("submit", {"user": ada, "modal": pressed["interaction"], "values": values})
    assert (submitted["acked"], submitted["error"]) == (True, None)
    [private] = board.rows(f"discord/ephemeral/{ada}/").values()
    assert private["content"] == "Thanks Ada, Blue"
    assert board.rows("discord/modal/") == {}

    await standin.act("press", {"user": ada, "channel": london, "message": posted["id"], "custom_id": "done"})
    done = board.get(f"discord/message/{london}/{posted['id']}")
    assert done is not None
    assert (done["content"], done["components"]) == ("Done", [])

    await standin.act("slash", {"user": ada, "channel": london, "command": "think"})
    thought = await until(f"discord/ephemeral/{ada}/", lambda row: row["content"] == "Thought")
    assert thought["flags"] == 64
