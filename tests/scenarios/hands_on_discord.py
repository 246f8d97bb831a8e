"""Hands on Discord: what a person does there."""

from typing import Any

from aiohttp import ClientSession

from adapters.playground.board import Board
from adapters.playground.discord import Discord
from tests.scenarios.hands import offers, until
from tests.scenarios.seen import Json, Seen, discord_message, discord_modal


class DiscordHands:
    """Discord, as people use it."""

    platform = "discord"

    def __init__(self, standin: Discord, board: Board) -> None:
        self._standin = standin
        self._board = board
        self._keys = {row["user"]["global_name"]: row["user"]["id"] for row in board.rows("discord/user/").values()}
        self._channels = {row.get("name"): row["id"] for row in board.rows("discord/channel/").values()}

    async def slash(self, who: str, command: str, channel: str = "london", **given: str) -> Seen:
        user = self._keys[who]
        options = {name: self._keys.get(value, value) for name, value in given.items()}
        return await self._answered(user, self._standin.acts.slash(user, self._channels[channel], command, options))

    async def fill(self, who: str, **answers: str) -> Seen:
        user, left = self._keys[who], dict(answers)
        while True:
            key, row = self._modal(user)
            asked = discord_modal(row)
            values = {name: self._key_of(left.pop(name)) for name in asked.questions if name in left}
            values = {name: values.get(name, asked.typed[name]) for name in asked.questions}
            seen = await self._answered(user, self._standin.acts.submit(user, key, _chosen(row, values)))
            if "Continue" not in seen.buttons:
                assert not left, f"The form does not ask for {left.keys()}."
                return seen
            await self.press(who, "Continue")

    async def again(self, who: str) -> Seen:
        return await self.press(who, "Correct it")

    async def press(self, who: str, label: str, *, on: str = "") -> Seen:
        return await self._answered(self._keys[who], self.push(who, label, on=on))

    async def push(self, who: str, label: str, *, on: str = "") -> Json:
        user = self._keys[who]
        channel, message = self._where(user, label, on)
        seen = discord_message(message)
        code, picked = (seen.buttons[label], None) if label in seen.buttons else seen.options[label]
        return await self._standin.press(user, channel, message["id"], code, picked)

    async def pick(self, who: str, *labels: str) -> Seen:
        user = self._keys[who]
        channel, message = self._where(user, labels[0], "")
        picks = [discord_message(message).options[label] for label in labels]
        values = [value for _menu, value in picks]
        return await self._answered(user, self._standin.press(user, channel, message["id"], picks[0][0], values))

    async def dismiss(self, who: str) -> None:
        user = self._keys[who]
        _, _, _, channel, message = [*self._board.rows(f"discord/ephemeral/{user}/")][-1].split("/")
        await self._standin.acts.dismiss(user, channel, message)

    async def forge(self, who: str, code: str) -> Seen:
        button = {"type": 2, "style": 2, "label": "Old", "custom_id": code}
        message = {"content": "old", "components": [{"type": 1, "components": [button]}]}
        headers = {"Authorization": f"Bot {self._standin.token}"}
        url = f"{self._standin.api_url}/channels/{self._channels['general']}/messages"
        async with ClientSession(headers=headers) as session, session.post(url, json=message) as posted:
            assert posted.status == 200
        return await self.press(who, "Old", on="general")

    async def say(self, who: str, text: str, channel: str = "london") -> None:
        rows = self._board.rows("discord/channel/").values()
        threads = [row["id"] for row in rows if row["type"] == 11 and row["parent_id"] == self._channels[channel]]
        await self._standin.acts.say(self._keys[who], threads[-1], text)

    async def choose(self, who: str, label: str, text: str) -> Seen:
        for row in self._board.rows("discord/message/").values():
            if row["content"].startswith(text):
                chosen = self._standin.acts.menu(self._keys[who], label, row["id"], row["channel_id"])
                return await self._answered(self._keys[who], chosen)
        raise AssertionError(f"Nobody said “{text} …”.")

    def channel(self, name: str) -> list[Seen]:
        return [discord_message(row) for row in self._messages(self._channels[name]) if row["type"] in (0, 19)]

    def thread(self, name: str) -> list[Seen]:
        threads = [
            row["id"]
            for row in self._board.rows("discord/channel/").values()
            if row["type"] == 11 and row["parent_id"] == self._channels[name]
        ]
        return [discord_message(row) for thread in threads for row in self._messages(thread) if row["type"] in (0, 19)]

    def direct(self, who: str) -> list[Seen]:
        key = self._standin.direct_messages(self._keys[who])
        return [discord_message(row) for row in self._messages(key)]

    def mentioned(self, seen: Seen) -> list[str]:
        names = {key: name for name, key in self._keys.items()}
        return sorted(names[key] for key in seen.mentioned)

    async def files(self, who: str, number: int) -> dict[str, bytes]:
        kept = self._standin.platform.files

        def given() -> dict[str, bytes] | None:
            rows = self._board.rows(f"discord/ephemeral/{self._keys[who]}/").values()
            # What a message shows as a component, it does not list among its attachments.
            shown = [each["file"]["url"] for row in rows for each in row["components"] if each["type"] == 13]
            read = {url.rpartition("/")[2]: kept.find(url.removeprefix(kept.root)) for url in shown}
            found = {name: upload.content for name, upload in read.items() if upload is not None}
            return found if len(found) == number else None

        return await until(self._board, given, f"{number} files for {who}")

    def _key_of(self, value: str) -> Any:
        return [self._keys[value]] if value in self._keys else value

    def _messages(self, channel: str) -> list[Json]:
        return [dict(row) for row in self._board.rows(f"discord/message/{channel}/").values()]

    def _modal(self, user: str) -> tuple[str, Json]:
        rows = self._board.rows(f"discord/modal/{user}/")
        assert rows, "No form is open."
        key, row = [*rows.items()][-1]
        return key.split("/")[-1], dict(row)

    def _where(self, user: str, label: str, on: str) -> tuple[str, Json]:
        if on == "direct":
            places = [(self._standin.direct_messages(user), "message")]
        elif on == "thread":
            threads = [row["id"] for row in self._board.rows("discord/channel/").values() if row["type"] == 11]
            places = [(thread, "message") for thread in threads]
        elif on:
            places = [(self._channels[on], "message")]
        else:
            everywhere = [row["id"] for row in self._board.rows("discord/channel/").values()]
            places = [(channel, f"ephemeral/{user}") for channel in everywhere]
        for channel, kind in places:
            for row in reversed(self._board.rows(f"discord/{kind}/{channel}/").values()):
                if offers(discord_message(dict(row)), label):
                    return channel, dict(row)
        raise AssertionError(f"There is no button {label} to press.")

    async def _answered(self, user: str, act: Any) -> Seen:
        """Do something, and wait for what only this person sees of it."""

        def rows() -> dict[str, Any]:
            return {**self._board.rows(f"discord/ephemeral/{user}/"), **self._board.rows(f"discord/modal/{user}/")}

        before = rows()
        done = await act
        assert done["error"] is None, done

        def fresh() -> Seen | None:
            new = [(name, row) for name, row in rows().items() if before.get(name) != row]
            shown = [(name, row) for name, row in new if not row.get("flags", 0) & 128]
            if not shown:
                return None
            name, row = shown[-1]
            return discord_modal(dict(row)) if name.startswith("discord/modal") else discord_message(dict(row))

        return await until(self._board, fresh, f"An answer to {user}")


def _chosen(row: Json, values: dict[str, Any]) -> dict[str, Any]:
    """Menus are answered with the values of what is picked by its label."""
    for label in row["components"]:
        component = label["component"]
        for option in component.get("options", []):
            if values.get(component["custom_id"]) == option["label"]:
                values[component["custom_id"]] = option["value"]
        if component["type"] in (3, 5, 21) and values.get(component["custom_id"]) == "":
            del values[component["custom_id"]]
        if component["type"] == 3 and isinstance(values.get(component["custom_id"]), str):
            values[component["custom_id"]] = [values[component["custom_id"]]]
    return values
