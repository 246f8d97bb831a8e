"""Overwriting: whoever would save over what somebody else has changed meanwhile is shown first what that was."""

from collections.abc import Mapping
from zlib import crc32

from bot.calls import Unclear


def mark(answers: Mapping[str, str]) -> str:
    """A few letters for each answer, in the order of their names, that tell whether a form still shows what is so."""
    return ".".join(f"{crc32(answer.encode()):08x}" for _name, answer in sorted(answers.items()))


def not_over_another(now: Mapping[str, str], seen: str, typed: Mapping[str, str]) -> None:
    """Raises Unclear with what has changed since it was seen, beside each question that would change it back."""
    shown = dict(zip(sorted(now), seen.split("."), strict=False))
    sentences = {
        name: f"Changed by somebody else meanwhile: it is “{answer or 'none'}” now. What stands here would replace it."
        for name, answer in now.items()
        if typed[name] != answer and shown.get(name) != mark({name: answer})
    }
    if sentences:
        raise Unclear(*next(iter(sentences.items())), also=sentences, given={"seen": mark(now)})
