"""A Slack bot as one writes it with slack-bolt: decorators on a global app, no asyncio, Socket Mode."""

import os
import re
from typing import Any

from slack_bolt import Ack, App, Respond, Say
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

app = App(client=WebClient(token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]))
TEA = {"text": {"type": "plain_text", "text": "Tea"}, "value": "tea"}
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "order",
    "title": {"type": "plain_text", "text": "Order"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "drink",
            "label": {"type": "plain_text", "text": "What?"},
            "element": {"type": "external_select", "action_id": "pick", "min_query_length": 1},
        },
        {
            "type": "input",
            "block_id": "cups",
            "label": {"type": "plain_text", "text": "How many?"},
            "element": {"type": "number_input", "action_id": "number", "is_decimal_allowed": False},
        },
    ],
}


@app.middleware
def greeted(context: Any, next_: Any) -> None:
    context["greeting"] = "Hey there"
    next_()


@app.message(re.compile(r"^(hi|hello)\b"))
def hello(message: dict[str, Any], say: Say, context: Any) -> None:
    button = {"type": "button", "text": {"type": "plain_text", "text": "Click me"}, "action_id": "clicked"}
    words = f"{context['greeting']} <@{message['user']}>, you said {context['matches'][0]}"
    say(
        text=words,
        blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": words}, "accessory": button}],
    )


@app.action("clicked")
def clicked(ack: Ack, body: dict[str, Any], respond: Respond, client: WebClient) -> None:
    ack()
    respond(f"<@{body['user']['id']}> clicked", replace_original=False)
    client.reactions_add(channel=body["channel"]["id"], timestamp=body["message"]["ts"], name="tada")


@app.event("reaction_added")
def thanks(event: dict[str, Any], client: WebClient) -> None:
    name = client.users_info(user=event["user"]).get("user", {})["real_name"]
    item = event["item"]
    client.chat_postMessage(channel=item["channel"], thread_ts=item["ts"], text=f"{name} likes it")


@app.event({"type": "message", "subtype": "message_changed"})
def changed(event: dict[str, Any], say: Say) -> None:
    say(f"It was: {event['previous_message']['text']}")


@app.event("app_home_opened")
def home(event: dict[str, Any], client: WebClient) -> None:
    view = {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": "Welcome home"}}]}
    client.views_publish(user_id=event["user"], view=view)


@app.shortcut("order")
def order(ack: Ack, shortcut: dict[str, Any], client: WebClient) -> None:
    ack()
    client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)


@app.shortcut("quote")
def quote(ack: Ack, shortcut: dict[str, Any], say: Say) -> None:
    ack()
    say(f"“{shortcut['message']['text']}”")


@app.options("pick")
def drinks(ack: Ack) -> None:
    ack(options=[TEA])


@app.view("order")
def ordered(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
    values = view["state"]["values"]
    if int(values["cups"]["number"]["value"]) > 9:
        ack(response_action="errors", errors={"cups": "Too many cups."})
        return
    ack()
    client.chat_postMessage(
        channel=body["user"]["id"], text=f"Ordered: {values['drink']['pick']['selected_option']['value']}"
    )


def slowly(ack: Ack) -> None:
    ack("Working on it …")


def report(client: WebClient, command: dict[str, Any]) -> None:
    client.files_upload_v2(channel=command["channel_id"], content="all is well", filename="report.txt", title="Report")


app.command("/report")(ack=slowly, lazy=[report])


if __name__ == "__main__":
    SocketModeHandler(app, os.environ["SLACK_APP_TOKEN"]).start()
