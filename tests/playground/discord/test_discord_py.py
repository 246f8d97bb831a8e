"""What a demanding discord.py bot uses, end to end: layouts, every input of a form, threads, direct messages, files."""

import base64
import io
from collections.abc import Callable
from typing import Any

import discord
import pytest
from discord import app_commands, ui

from adapters.playground.discord import Discord

Running = Callable[..., Any]
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Everything(ui.Modal, title="Everything"):
    """Every kind of input that a form can have, five at a time."""

    said = ui.Label(text="Said", description="Anything", component=ui.TextInput(custom_id="said", required=False))
    who = ui.Label(text="Who", component=ui.UserSelect(custom_id="who", max_values=2))
    where = ui.Label(text="Where", component=ui.ChannelSelect(custom_id="where"))
    mood = ui.Label(
        text="Mood",
        component=ui.RadioGroup(
            custom_id="mood",
            options=[
                discord.RadioGroupOption(label="Good", value="good"),
                discord.RadioGroupOption(label="Bad", value="bad"),
            ],
        ),
    )
    picture = ui.Label(text="Picture", component=ui.FileUpload(custom_id="picture", required=False))

    def __init__(self) -> None:
        super().__init__()
        self.data: Any = None

    async def on_submit(self, interaction: discord.Interaction) -> None:
        self.data = interaction.data
        await interaction.response.defer()


class Rest(ui.Modal, title="The rest"):
    """The remaining kinds of input."""

    extras = ui.Label(
        text="Extras",
        component=ui.CheckboxGroup(
            custom_id="extras",
            options=[
                discord.CheckboxGroupOption(label="Tea", value="tea"),
                discord.CheckboxGroupOption(label="Cake", value="cake"),
            ],
            required=False,
        ),
    )
    sure = ui.Label(text="Sure?", component=ui.Checkbox(custom_id="sure"))
    role = ui.Label(text="Role", component=ui.RoleSelect(custom_id="role"))
    any_ = ui.Label(text="Anybody", component=ui.MentionableSelect(custom_id="anybody"))
    words = ui.TextDisplay("Just words")

    def __init__(self) -> None:
        super().__init__()
        self.data: Any = None

    async def on_submit(self, interaction: discord.Interaction) -> None:
        self.data = interaction.data
        await interaction.response.send_message("Kept", ephemeral=True)


class Card(ui.LayoutView):
    """A layout with every kind of component."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        box: ui.Container[Any] = ui.Container(accent_colour=discord.Colour.blurple())
        box.add_item(ui.TextDisplay("# An evening"))
        box.add_item(ui.Section("Where", accessory=ui.Thumbnail("attachment://pixel.png", description="A pixel")))
        box.add_item(ui.Section("More", accessory=ui.Button(label="Open", custom_id="open")))
        box.add_item(ui.Separator(spacing=discord.SeparatorSpacing.large))
        box.add_item(ui.MediaGallery(discord.MediaGalleryItem("https://example.org/a.png", description="A")))
        box.add_item(ui.File("attachment://notes.txt"))
        row: ui.ActionRow[Any] = ui.ActionRow()
        for style in (discord.ButtonStyle.primary, discord.ButtonStyle.secondary, discord.ButtonStyle.danger):
            row.add_item(ui.Button(label=style.name, custom_id=style.name, style=style))
        row.add_item(ui.Button(label="Site", url="https://example.org"))
        box.add_item(row)
        self.add_item(box)
        options = [discord.SelectOption(label=str(n), value=str(n)) for n in range(3)]
        self.add_item(ui.ActionRow(ui.Select(custom_id="menu", options=options, min_values=0, max_values=3)))


class Demanding(discord.Client):
    """A client that records the interactions it gets and answers as each test says."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), guild_ready_timeout=0.1)
        self.tree = app_commands.CommandTree(self)
        self.heard: list[discord.Interaction] = []
        self.answer: Callable[[discord.Interaction], Any] | None = None

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        self.heard.append(interaction)
        if interaction.type is discord.InteractionType.component and self.answer is not None:
            await self.answer(interaction)


@pytest.fixture
async def bot(running: Running, london: str, ada: str, grace: str) -> Demanding:
    client = Demanding()
    await running(client)
    return client


async def posted(
    bot: Demanding, london: str, view: ui.LayoutView | ui.View | None = None, **more: Any
) -> discord.Message:
    channel = bot.get_channel(int(london))
    assert isinstance(channel, discord.TextChannel)
    if view is not None:
        more["view"] = view
    return await channel.send(**more)


async def test_a_layout_with_every_component_arrives_and_is_read_back(
    bot: Demanding, standin: Discord, london: str
) -> None:
    """Containers, sections, pictures, files, rows and menus come back from the API as discord.py sent them."""
    files = [discord.File(io.BytesIO(PIXEL), "pixel.png"), discord.File(io.BytesIO(b"Notes"), "notes.txt")]
    sent = await posted(bot, london, Card(), files=files)
    row = standin.board.get(f"discord/message/{london}/{sent.id}")
    assert row is not None
    inside = row["components"][0]["components"]
    assert [one["type"] for one in inside] == [10, 9, 9, 14, 12, 13, 1]
    assert inside[1]["accessory"]["media"]["width"] == 1
    assert (inside[5]["name"], inside[5]["size"]) == ("notes.txt", 5)
    again = await sent.channel.fetch_message(sent.id)
    assert [one.type.name for one in again.components] == ["container", "action_row"]
    assert await bot.http.get_from_cdn(inside[5]["file"]["url"]) == b"Notes"


async def test_every_input_of_a_form_reaches_the_bot(
    bot: Demanding, standin: Discord, london: str, ada: str, grace: str
) -> None:
    """Texts, menus of users, channels and roles, a radio group, checkboxes and a file, as a person filled them in."""
    role = standin.world.add_role("Speakers")
    first, second = Everything(), Rest()
    forms = iter([first, second])
    bot.answer = lambda interaction: interaction.response.send_modal(next(forms))
    message = await posted(
        bot,
        london,
        Card(),
        files=[discord.File(io.BytesIO(PIXEL), "pixel.png"), discord.File(io.BytesIO(b"Notes"), "notes.txt")],
    )
    where: dict[str, Any] = {"user": ada, "channel": london, "message": str(message.id)}
    opened = await standin.act("press", {**where, "custom_id": "open"})
    picture = {"filename": "pixel.png", "content": base64.b64encode(PIXEL).decode(), "content_type": "image/png"}
    values = {"said": "Hello", "who": [grace, ada], "where": [london], "mood": "good", "picture": [picture]}
    sent = await standin.act("submit", {"user": ada, "modal": opened["interaction"], "values": values})
    assert sent["error"] is None
    fields = {one["component"]["custom_id"]: one["component"] for one in first.data["components"]}
    assert (fields["said"]["value"], fields["who"]["values"], fields["mood"]["value"]) == (
        "Hello",
        [grace, ada],
        "good",
    )
    assert list(first.data["resolved"]) == ["users", "members", "channels", "attachments"]
    assert first.data["resolved"]["attachments"][fields["picture"]["values"][0]]["width"] == 1

    opened = await standin.act("press", {**where, "custom_id": "open"})
    values = {"extras": ["cake"], "sure": True, "role": [role], "anybody": [grace]}
    sent = await standin.act("submit", {"user": ada, "modal": opened["interaction"], "values": values})
    assert sent["error"] is None
    fields = {
        one["component"]["custom_id"]: one["component"] for one in second.data["components"] if "component" in one
    }
    assert (fields["extras"]["values"], fields["sure"]["value"], fields["role"]["values"]) == (["cake"], True, [role])


async def test_a_menu_reaches_the_bot_in_picking_order(bot: Demanding, standin: Discord, london: str, ada: str) -> None:
    """Values come as they were picked, not as they are listed."""
    options = [discord.SelectOption(label=str(n), value=str(n)) for n in range(3)]
    view = ui.LayoutView(timeout=None).add_item(
        ui.ActionRow(ui.Select(custom_id="menu", options=options, max_values=3))
    )
    bot.answer = lambda interaction: interaction.response.defer()
    message = await posted(bot, london, view)
    act = {"user": ada, "channel": london, "message": str(message.id), "custom_id": "menu", "values": ["2", "0"]}
    assert (await standin.act("press", act))["acked"] is True
    assert bot.heard[0].data is not None
    assert bot.heard[0].data.get("values") == ["2", "0"]


async def test_a_thread_of_a_message_is_made_once(bot: Demanding, standin: Discord, london: str) -> None:
    """The thread has the message's id, takes messages, and cannot be made twice."""
    message = await posted(bot, london, content="An evening")
    thread = await message.create_thread(name="Talk")
    assert thread.id == message.id
    said = await thread.send("Welcome", allowed_mentions=discord.AllowedMentions.none())
    assert standin.board.get(f"discord/message/{thread.id}/{said.id}") is not None
    with pytest.raises(discord.HTTPException) as refused:
        await message.create_thread(name="Again")
    assert refused.value.code == 160004
    assert [one.content async for one in thread.history(oldest_first=True)] == ["", "Welcome"]


async def test_direct_messages_arrive_unless_they_are_closed(bot: Demanding, standin: Discord, ada: str) -> None:
    """A direct message reaches one person; once theirs are closed, 50007."""
    user = await bot.fetch_user(int(ada))
    sent = await user.send("Psst")
    row = standin.board.get(f"discord/message/{standin.direct_messages(ada)}/{sent.id}")
    assert row is not None
    assert (row["content"], row["_mentioned"]) == ("Psst", [])
    standin.faults.switch("closed_direct_messages", user=ada)
    with pytest.raises(discord.Forbidden) as refused:
        await user.send("Psst")
    assert refused.value.code == 50007


async def test_a_press_in_a_direct_message_carries_a_user_and_no_server(
    bot: Demanding, standin: Discord, ada: str
) -> None:
    """Without guild and member, as Discord sends it."""
    bot.answer = lambda interaction: interaction.response.send_message("Seen")
    user = await bot.fetch_user(int(ada))
    view = ui.View(timeout=None).add_item(ui.Button(label="Yes", custom_id="yes"))
    sent = await user.send("Coming?", view=view)
    place = standin.direct_messages(ada)
    pressed = await standin.act("press", {"user": ada, "channel": place, "message": str(sent.id), "custom_id": "yes"})
    assert pressed["error"] is None
    heard = bot.heard[0]
    assert (heard.guild_id, isinstance(heard.user, discord.User), heard.context.dm_channel) == (None, True, True)


async def test_history_and_members_can_be_read(bot: Demanding, standin: Discord, london: str, ada: str) -> None:
    """Messages in either direction, and one member."""
    for n in range(4):
        await posted(bot, london, content=str(n))
    channel = bot.get_channel(int(london))
    assert isinstance(channel, discord.TextChannel)
    assert [one.content async for one in channel.history(limit=2)] == ["3", "2"]
    assert [one.content async for one in channel.history(limit=2, oldest_first=True)] == ["0", "1"]
    member = await channel.guild.fetch_member(int(ada))
    assert (member.display_name, member.guild_permissions.manage_guild) == ("Ada Lovelace", True)


async def test_edits_and_deletions_are_seen(bot: Demanding, standin: Discord, london: str) -> None:
    """An edited message says so; a deleted one is gone."""
    message = await posted(bot, london, content="Before")
    await message.edit(content="After")
    row = standin.board.get(f"discord/message/{london}/{message.id}")
    assert row is not None
    assert (row["content"], row["edited_timestamp"] is not None) == ("After", True)
    await message.delete()
    assert standin.board.rows("discord/message/") == {}
