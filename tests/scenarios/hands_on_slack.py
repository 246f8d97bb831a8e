"""Hands on Slack: what a person does there."""

from typing import Any

from aiohttp import ClientSession

from adapters.playground.board import Board
from adapters.playground.slack import SlackStandIn
from tests.scenarios.hands import offers, until
from tests.scenarios.seen import Json, Seen, slack_message, slack_view


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

    async def pick(self, who: str, *labels: str) -> Seen:
        channel, message = self._where(self._keys[who], labels[0], "")
        picks = [_pressed(slack_message(message), label) for label in labels]
        values = [value for pick in picks for value in pick["selected"]]
        user, first = self._keys[who], {**picks[0], "selected": values}
        return await self._answered(user, self._standin.press(user, channel, message["ts"], **first))

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

    async def say(self, who: str, text: str, channel: str = "london") -> None:
        card = [row for row in self._messages(self._channels[channel]) if row.get("thread_ts") == row["ts"]][-1]
        said = await self._standin.say(self._keys[who], self._channels[channel], text, card["ts"])
        assert said["error"] is None, said

    async def choose(self, who: str, label: str, text: str) -> Seen:
        (shown,) = [row for row in self._board.rows("slack/shortcut/").values() if row["name"] == label]
        for channel in self._channels.values():
            for row in self._messages(channel):
                if row["text"].startswith(text):
                    chosen = self._standin.shortcut(self._keys[who], shown["callback_id"], channel, row["ts"])
                    return await self._answered(self._keys[who], chosen)
        raise AssertionError(f"Nobody said “{text} …”.")

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
                if offers(slack_message(dict(row)), label):
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


def _pressed(seen: Seen, label: str) -> dict[str, Any]:
    """A button or an option of a Slack message, as the stand-in is told of it."""
    if label in seen.buttons:
        block, button = seen.buttons[label]
        return {"action_id": button["action_id"], "block_id": block, "value": button["value"]}
    block, menu, option = seen.options[label]
    picked = [option["value"]] if menu["type"].startswith("multi") else option["value"]
    return {"action_id": menu["action_id"], "block_id": block, "selected": picked}


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
