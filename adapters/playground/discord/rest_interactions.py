"""Routes with an interaction's token: the first response, follow-ups, and editing both.

D interactions/receiving-and-responding.mdx. The token is the authority; the global limit does not apply.
"""

from adapters.playground.discord.interactions import Interaction
from adapters.playground.discord.objects import public
from adapters.playground.discord.platform import Answered, Ask, Platform
from adapters.playground.discord.refused import Json
from adapters.playground.discord.rest import Route

ORIGINAL = "/webhooks/{application}/{token}/messages/@original"
MESSAGE = "/webhooks/{application}/{token}/messages/{message}"


def respond(platform: Platform, ask: Ask) -> Answered:
    """204, or the callback response when `with_response` asks for it."""
    interaction = platform.interactions.to_answer(ask["interaction"], ask["token"])
    answer = platform.answers.first(interaction, ask.body, ask.uploads)
    return answer if ask.yes("with_response") else None


def follow_up(platform: Platform, ask: Ask) -> Answered:
    interaction = _followed(platform, ask)
    return public(platform.answers.follow_up(interaction, ask.body, ask.uploads))


def read(platform: Platform, ask: Ask) -> Answered:
    return public(_message(platform, ask))


def edit(platform: Platform, ask: Ask) -> Answered:
    interaction, message = _followed(platform, ask), _message(platform, ask)
    return public(platform.answers.edit(interaction, message, ask.body, ask.uploads))


def delete(platform: Platform, ask: Ask) -> Answered:
    platform.messages.delete(_message(platform, ask))
    return None


def _followed(platform: Platform, ask: Ask) -> Interaction:
    return platform.interactions.to_follow(ask["application"], ask["token"])


def _message(platform: Platform, ask: Ask) -> Json:
    """The original response without a message in the path, else that message if it was sent with this token."""
    interaction = _followed(platform, ask)
    if "message" not in ask.path:
        return platform.answers.original(interaction)
    return platform.answers.own(interaction, ask["message"])


ROUTES = (
    Route("POST", "/interactions/{interaction}/{token}/callback", respond, by_token=True),
    Route("POST", "/webhooks/{application}/{token}", follow_up, by_token=True),
    *(
        Route(method, path, handle, by_token=True)
        for path in (ORIGINAL, MESSAGE)
        for method, handle in (("GET", read), ("PATCH", edit), ("DELETE", delete))
    ),
)
