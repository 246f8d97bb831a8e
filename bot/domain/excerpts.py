"""Excerpts: the beginning of what somebody wrote, where there is no place for all of it."""


def shortened(text: str, most: int) -> str:
    """The text in at most `most` letters: as many whole words as fit, and an ellipsis for the rest."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    words = kept if text[most - 1].isspace() else (kept.rsplit(maxsplit=1) or [""])[0]
    # Where whole words would leave little of it, as of one that is very long, the last one is cut.
    return f"{(words if len(words) > most // 3 else kept).rstrip(' ,;:–-')}…"


def in_a_line(text: str, most: int) -> str:
    """The same, in one line."""
    return shortened(" ".join(text.split()), most)
