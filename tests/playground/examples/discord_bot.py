"""A Discord bot as one writes it with discord.py: prefix commands in cogs, slash commands, views, a form, a task."""

import os
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands, tasks


class Feedback(discord.ui.Modal, title="Feedback"):
    name = discord.ui.TextInput[Any](label="Name", custom_id="name")
    words = discord.ui.TextInput[Any](label="What?", style=discord.TextStyle.long, custom_id="words", required=False)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Thanks, {self.name.value}!", ephemeral=True)


class Panel(discord.ui.View):
    """Persistent: it has no timeout, and its buttons have fixed ids."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Green", style=discord.ButtonStyle.green, custom_id="panel:green")
    async def green(self, interaction: discord.Interaction, button: discord.ui.Button[Any]) -> None:
        await interaction.response.edit_message(content="This is green.")

    @discord.ui.button(label="Feedback", custom_id="panel:feedback")
    async def feedback(self, interaction: discord.Interaction, button: discord.ui.Button[Any]) -> None:
        await interaction.response.send_modal(Feedback())


class Greetings(commands.Cog):
    def __init__(self, bot: commands.Bot) -> None:
        self.bot = bot

    @commands.Cog.listener()
    async def on_member_join(self, member: discord.Member) -> None:
        channel = discord.utils.get(member.guild.text_channels, name="general")
        assert channel is not None
        await channel.send(f"Welcome {member.mention}")

    @commands.Cog.listener()
    async def on_reaction_add(self, reaction: discord.Reaction, user: discord.Member) -> None:
        if not user.bot:
            await reaction.message.edit(content=f"{user.display_name} has voted {reaction.emoji}")

    @commands.command()
    async def add(self, ctx: commands.Context[Any], left: int, right: int) -> None:
        """Add two numbers."""
        await ctx.send(str(left + right))

    @add.error
    async def confused(self, ctx: commands.Context[Any], error: commands.CommandError) -> None:
        if isinstance(error, commands.BadArgument):
            await ctx.send("Those are no numbers.")

    @commands.command()
    async def joined(self, ctx: commands.Context[Any], *, member: discord.Member) -> None:
        embed = discord.Embed(title=member.display_name, colour=discord.Colour.blue())
        await ctx.reply(embed=embed)

    @commands.command()
    async def vote(self, ctx: commands.Context[Any]) -> None:
        message = await ctx.send("Yes or no?")
        for emoji in ("👍", "👎"):
            await message.add_reaction(emoji)

    @commands.hybrid_command(description="Open the panel")
    async def panel(self, ctx: commands.Context[Any]) -> None:
        await ctx.send("Choose.", view=Panel())


@app_commands.context_menu(name="Repeat")
async def repeat(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


class Bot(commands.Bot):
    def __init__(self) -> None:
        intents = discord.Intents.default()
        intents.message_content = True
        intents.members = True
        super().__init__(command_prefix="!", intents=intents)

    async def setup_hook(self) -> None:
        await self.add_cog(Greetings(self))
        self.add_view(Panel())
        guild = discord.Object(int(os.environ["DISCORD_GUILD_ID"]))
        self.tree.add_command(repeat)
        self.tree.copy_global_to(guild=guild)
        await self.tree.sync(guild=guild)
        self.tick.start()

    @tasks.loop(seconds=60, count=1)
    async def tick(self) -> None:
        channel = discord.utils.get(self.get_all_channels(), name="general")
        assert isinstance(channel, discord.TextChannel)
        await channel.send("Good morning!")

    @tick.before_loop
    async def ready(self) -> None:
        await self.wait_until_ready()


if __name__ == "__main__":
    Bot().run(os.environ["DISCORD_TOKEN"])
