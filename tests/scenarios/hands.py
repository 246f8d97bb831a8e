"""Hands: what a person does on one platform, through the stand-in's own door, and what they see come of it."""

import asyncio
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

from aiohttp import ClientSession

from adapters.playground.board import Board
from adapters.playground.discord import Discord
from adapters.playground.slack import SlackStandIn
from tests.scenarios.seen import Json, Seen, discord_message, discord_modal, slack_message, slack_view

T = TypeVar("T")
PATIENCE = 10.0


async def until(board: Board, see: Callable[[], T | None], wanted: str) -> T:
    """Watch the board until something is to be seen on it."""
    try:
        async with asyncio.timeout(PATIENCE):
            with board.watch() as changes:
                while (seen := see()) is None:
                    await anext(changes)
                return seen
    except TimeoutError:
        raise AssertionError(f"{wanted} was not seen within {PATIENCE:.0f} seconds.") from None


class Hands(Protocol):
    """One platform, as people use it. People and channels go by their names."""

    platform: str

    async def slash(self, who: str, command: str, channel: str = "london", **given: str) -> Seen:
        """Type a command, and see what comes of it: a message that only they see, or a form."""
        ...

    async def fill(self, who: str, **answers: str) -> Seen:
        """Answer the questions of the open form, page by page, and send it in."""
        ...

    async def again(self, who: str) -> Seen:
        """The form that was sent back, open again as it was typed."""
        ...

    async def press(self, who: str, label: str, *, on: str = "") -> Seen:
        """Press a button or pick an option in what only they see, or `on` a channel's message, "thread" or "direct"."""
        ...

    async def push(self, who: str, label: str, *, on: str = "") -> Json:
        """Press a button and learn from the platform whether the bot took it, whatever else comes of it."""
        ...

    async def dismiss(self, who: str) -> None:
        """Put away what was seen last."""
        ...

    async def forge(self, who: str, code: str) -> Seen:
        """Press a button that holds this code: one of an old message of the bot's, or one that was tampered with."""
        ...

    def channel(self, name: str) -> list[Seen]:
        """The messages of a channel, oldest first, threads aside."""
        ...

    def thread(self, name: str) -> list[Seen]:
        """What stands in the threads of a channel's messages."""
        ...

    def direct(self, who: str) -> list[Seen]:
        """The bot's direct messages to somebody."""
        ...

    def mentioned(self, seen: Seen) -> list[str]:
        """The names of those whom a message pinged."""
        ...

    async def files(self, who: str, number: int) -> dict[str, bytes]:
        """The files that the bot gave to somebody alone, by name, once there are so many."""
        ...


class SlackHands:
    """Slack, as people use it."""

    platform = "slack"

    def __init__(self, standin: SlackStandIn, board: Board) -> None:
        self._standin = standin
        self._board = board
        self._keys = {row["real_name"]: row["id"] for row in board.rows("slack/user/").values()}
        self._channels = {row.get("name"): row["id"] for row in board.rows("slack/channel/").values()}

    async def slash(self, who: str, command: str, channel: str = "london", **given: str) -> Seen:
        for view in reversed(self._board.rows(f"slack/view/{self._keys[who]}/")):
            await self._standin.close(self._keys[who], view.split("/")[-1])
        text = " ".join([f"/{command}", *(f"{name}: {self._keyed(value)}" for name, value in given.items())])
        user = self._keys[who]
        return await self._answered(user, self._standin.slash(user, self._channels[channel], text))

    async def fill(self, who: str, **answers: str) -> Seen:
        user, (key, row) = self._keys[who], self._view(self._keys[who])
        values: dict[str, Json] = {}
        for block in row["view"]["blocks"]:
            if block.get("block_id") in answers:
                element = block["element"]
                state = _state(element, self._key_of(answers[block["block_id"]]))
                values[block["block_id"]] = {element["action_id"]: state}
        unknown = answers.keys() - values.keys()
        assert not unknown, f"The form does not ask for {unknown}."
        return await self._answered(user, self._standin.submit(user, key, values))

    async def again(self, who: str) -> Seen:
        return slack_view(self._view(self._keys[who])[1])

    async def press(self, who: str, label: str, *, on: str = "") -> Seen:
        return await self._answered(self._keys[who], self.push(who, label, on=on))

    async def push(self, who: str, label: str, *, on: str = "") -> Json:
        user = self._keys[who]
        if not on and (views := self._board.rows(f"slack/view/{user}/")):
            key, row = [*views.items()][-1]
            return await self._standin.press(user, view=key.split("/")[-1], **_pressed(slack_view(dict(row)), label))
        channel, message = self._where(user, label, on)
        return await self._standin.press(user, channel, message["ts"], **_pressed(slack_message(message), label))

    async def dismiss(self, who: str) -> None:
        key, _row = self._view(self._keys[who])
        await self._standin.close(self._keys[who], key)

    async def forge(self, who: str, code: str) -> Seen:
        button = {"type": "button", "text": {"type": "plain_text", "text": "Old"}, "action_id": "0 old", "value": code}
        message = {
            "channel": self._channels["general"],
            "text": "old",
            "blocks": [{"type": "actions", "elements": [button]}],
        }
        headers = {"Authorization": f"Bearer {self._standin.bot_token}"}
        url = f"{self._standin.api_url}chat.postMessage"
        async with ClientSession(headers=headers) as session, session.post(url, json=message) as posted:
            assert (await posted.json())["ok"]
        return await self.press(who, "Old", on="general")

    def channel(self, name: str) -> list[Seen]:
        rows = self._messages(self._channels[name])
        return [slack_message(row) for row in rows if "thread_ts" not in row or _head(row)]

    def thread(self, name: str) -> list[Seen]:
        rows = self._messages(self._channels[name])
        return [slack_message(row) for row in rows if "thread_ts" in row and not _head(row)]

    def direct(self, who: str) -> list[Seen]:
        return [slack_message(row) for row in self._messages(self._standin.direct(self._keys[who])) if "bot_id" in row]

    def mentioned(self, seen: Seen) -> list[str]:
        names = {key: name for name, key in self._keys.items()}
        return sorted(names[key] for key in seen.mentioned)

    async def files(self, who: str, number: int) -> dict[str, bytes]:
        channel, kept = self._standin.direct(self._keys[who]), self._standin.workspace.files

        def given() -> dict[str, bytes] | None:
            rows = [row for row in self._board.rows("slack/file/").values() if channel in row.get("channels", [])]
            read = {row["name"]: kept.content(row["url_private"].partition("/files-pri/")[2]) for row in rows}
            found = {name: content[0] for name, content in read.items() if content is not None}
            return found if len(found) == number else None

        return await until(self._board, given, f"{number} files for {who}")

    def _keyed(self, value: str) -> str:
        return f"@{value}" if value in self._keys else value

    def _key_of(self, value: str) -> str:
        return self._keys.get(value, value)

    def _messages(self, channel: str) -> list[Json]:
        return [dict(row) for row in self._board.rows(f"slack/message/{channel}/").values()]

    def _view(self, user: str) -> tuple[str, Json]:
        rows = self._board.rows(f"slack/view/{user}/")
        assert rows, "No form is open."
        key, row = [*rows.items()][-1]
        return key.split("/")[-1], dict(row)

    def _where(self, user: str, label: str, on: str) -> tuple[str, Json]:
        if on == "direct":
            places = [(self._standin.direct(user), "message")]
        elif on == "thread":
            places = [(channel, "message") for channel in self._channels.values()]
        elif on:
            places = [(self._channels[on], "message")]
        else:
            places = [(channel, f"ephemeral/{user}") for channel in self._channels.values()]
        for channel, kind in places:
            for row in reversed(self._board.rows(f"slack/{kind}/{channel}/").values()):
                if _offers(slack_message(dict(row)), label):
                    return channel, dict(row)
        raise AssertionError(f"There is no button {label} to press.")

    async def _answered(self, user: str, act: Any) -> Seen:
        """Do something, and wait for what only this person sees of it."""

        def rows() -> dict[str, Any]:
            return {**self._board.rows(f"slack/ephemeral/{user}/"), **self._board.rows(f"slack/view/{user}/")}

        before = rows()
        done = await act
        assert done["error"] in (None, "not_submitted"), done

        def fresh() -> Seen | None:
            new = [(name, row) for name, row in rows().items() if before.get(name) != row]
            shown = [(name, row) for name, row in new if row.get("state") != "waiting"]
            if not shown:
                return None
            name, row = shown[-1]
            return slack_view(dict(row)) if name.startswith("slack/view") else slack_message(dict(row))

        return await until(self._board, fresh, f"An answer to {user}")


def _offers(seen: Seen, label: str) -> bool:
    return label in seen.buttons or label in seen.options


def _pressed(seen: Seen, label: str) -> dict[str, Any]:
    """A button or an option of a Slack message, as the stand-in is told of it."""
    if label in seen.buttons:
        block, button = seen.buttons[label]
        return {"action_id": button["action_id"], "block_id": block, "value": button["value"]}
    block, menu, option = seen.options[label]
    return {"action_id": menu["action_id"], "block_id": block, "selected": option["value"]}


def _head(row: Json) -> bool:
    return row["thread_ts"] == row["ts"]


def _state(element: Json, answer: str) -> Json:
    match element["type"]:
        case "static_select" | "radio_buttons":
            for option in element["options"]:
                if answer in (option["value"], option["text"]["text"]):
                    return {"type": element["type"], "selected_option": option}
            raise AssertionError(f"{answer} is not offered.")
        case "users_select":
            return {"type": element["type"], "selected_user": answer}
        case _:
            return {"type": element["type"], "value": answer}


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
            places = [(channel, f"ephemeral/{user}") for channel in self._channels.values()]
        for channel, kind in places:
            for row in reversed(self._board.rows(f"discord/{kind}/{channel}/").values()):
                if _offers(discord_message(dict(row)), label):
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
        if component["type"] in (3, 21) and values.get(component["custom_id"]) == "":
            del values[component["custom_id"]]
        if component["type"] == 3 and isinstance(values.get(component["custom_id"]), str):
            values[component["custom_id"]] = [values[component["custom_id"]]]
    return values
