"""Native polls: what may be asked; nobody can vote in the stand-in (D resources/poll.mdx)."""

from collections.abc import Callable

from adapters.playground.discord.parts import Part
from adapters.playground.discord.refused import Json

MOST_ANSWERS = 10
MOST_HOURS = 32 * 24


def checked(body: Part, ends: Callable[[int], str]) -> Json | None:
    """A poll request as the poll object that a message carries, or None."""
    if not body.has("poll") or not body.part("poll").is_object():
        return None
    part = body.part("poll")
    question = ""
    if part.required("question") and part.part("question").is_object():
        question = part.part("question").text("text", least=1, most=300, required=True) or ""
    answers: list[Json] = []
    for n, one in enumerate(part.each("answers", least=1, most=MOST_ANSWERS, required=True), start=1):
        if one.is_object() and one.required("poll_media") and one.part("poll_media").is_object():
            text = one.part("poll_media").text("text", least=1, most=55, required=True)
            answers.append({"answer_id": n, "poll_media": {"text": text}})
    hours = part.whole("duration", least=1, most=MOST_HOURS) or 24
    return {
        "question": {"text": question},
        "answers": answers,
        "expiry": ends(hours),
        "allow_multiselect": part.flag("allow_multiselect"),
        "layout_type": 1,
        "results": {"is_finalized": False, "answer_counts": []},
    }
