"""Charts: a result as a picture, for those who like to see it; words always say the same beside it."""

# Much of what matplotlib takes is `**kwargs` without types.
# pyright: reportUnknownMemberType=false

import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from io import BytesIO
from threading import Lock

MOST = 12
"""Bars in one picture: on a phone more cannot be told apart."""

SCRIPTS = (
    *("Noto Sans", "Noto Sans Arabic", "Noto Sans Hebrew", "Noto Sans Devanagari", "Noto Sans Bengali"),
    *("Noto Sans Gujarati", "Noto Sans Gurmukhi", "Noto Sans Tamil", "Noto Sans Telugu", "Noto Sans Kannada"),
    *("Noto Sans Malayalam", "Noto Sans Sinhala", "Noto Sans Thai", "Noto Sans Lao", "Noto Sans Khmer"),
    *("Noto Sans Myanmar", "Noto Sans Georgian", "Noto Sans Armenian", "Noto Sans Ethiopic", "Noto Sans Tibetan"),
    *("Noto Sans CJK JP", "Noto Sans CJK SC", "Noto Sans CJK TC", "Noto Sans CJK KR", "Noto Sans JP", "Noto Sans SC"),
    *("Noto Sans TC", "Noto Sans KR", "WenQuanYi Zen Hei", "Noto Emoji", "Symbola", "Noto Sans Symbols2"),
)
"""Fonts that are used for letters which the one that comes with the library has not, where they are installed."""

PAPER, INK, BEST, OTHER, FRAME = "#ffffff", "#1f2328", "#0b5cad", "#6f8db3", "#8c959f"
"""White paper with a frame: it can be read in a light window and in a dark one."""

_INCHES, _DOTS = 6.4, 150
_WIDE = 58
"""Letters in a line of that width."""

_drawing = Lock()  # the library is not made for several threads at once


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it is called, how long it is (and how long with what is added if need be), and what stands at it.

    `instead` is what it is called where no font has the letters.
    """

    label: str
    count: int
    whole: int
    words: str
    instead: str
    best: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What is drawn: a question, its bars, and a line below them."""

    title: str
    bars: tuple[Bar, ...]
    foot: str


@lru_cache(maxsize=4)  # the same picture goes to several places
def png(chart: Chart) -> bytes:
    """The picture. It takes a while, so it is not for the thread on which everybody else waits."""
    # Loaded with the first picture and not with the bot: few bots draw one within a day.
    from matplotlib.figure import Figure

    title = _lines(_showable(chart.title) or "Result", _WIDE - 8)
    labels = [_lines(name, _WIDE) for name in names(chart)]
    heights = [0.26 * len(lines) + 0.42 for lines in labels]
    top, foot = 0.35 + 0.3 * len(title), 0.45
    height = top + sum(heights) + foot
    longest = max([bar.whole for bar in chart.bars] + [1])
    with _drawing:
        figure = Figure(figsize=(_INCHES, height), dpi=_DOTS, facecolor=PAPER, edgecolor=FRAME, linewidth=2)
        page = figure.add_axes((0, 0, 1, 1))
        page.set(xlim=(0, _INCHES), ylim=(height, 0))
        page.axis("off")

        def write(x: float, y: float, text: str, size: float) -> None:
            # What people write is no formula, whatever stands between its dollar signs.
            words = page.text(x, y, text, fontsize=size, color=INK, va="center", family=fonts(text), parse_math=False)
            wide = words.get_window_extent().width / _DOTS
            words.set_fontsize(size * min(1, (_INCHES - x - 0.2) / wide) if wide else size)

        for number, words in enumerate(title):
            write(0.3, 0.4 + 0.3 * number, words, 13)
        room, y = _INCHES - 2.4, top
        for bar, lines, tall in zip(chart.bars, labels, heights, strict=True):
            for number, words in enumerate(lines):
                write(0.3, y + 0.13 + 0.26 * number, words, 10.5)
            middle, colour = y + 0.26 * len(lines) + 0.16, BEST if bar.best else OTHER
            sure, whole = room * bar.count / longest, room * bar.whole / longest
            page.barh(middle, sure, height=0.2, left=0.3, color=colour)
            page.barh(middle, whole - sure, height=0.2, left=0.3 + sure, color=PAPER, edgecolor=colour, hatch="////")
            write(0.4 + whole, middle, bar.words, 10.5)
            y += tall
        write(0.3, height - 0.28, chart.foot, 9)
        picture = BytesIO()
        figure.savefig(picture, format="png", facecolor=PAPER, edgecolor=FRAME)
    return picture.getvalue()


def names(chart: Chart) -> Sequence[str]:
    """What the bars are called in the picture: where no font has a label's letters, something else instead.

    Boxes in place of letters would look like words that somebody else can read.
    """
    shown = [_showable(bar.label) for bar in chart.bars]
    return [
        bar.instead if not name or shown.count(name) > 1 else name for bar, name in zip(chart.bars, shown, strict=True)
    ]


def unknown(text: str) -> set[str]:
    """The letters that no font here has."""
    known = [_letters(name) for name in _installed()]
    return {each for each in text if not _unseen(each) and not any(ord(each) in letters for letters in known)}


def fonts(text: str) -> Sequence[str]:
    """The fonts that a text needs, best first."""
    left = {each for each in text if not _unseen(each)}
    needed: list[str] = []
    for name in _installed():
        found = {each for each in left if ord(each) in _letters(name)}
        if found or not needed:
            needed.append(name)
        left -= found
    return needed


@cache
def _installed() -> Sequence[str]:
    from matplotlib import font_manager

    have = set(font_manager.get_font_names())
    return ["DejaVu Sans", *(name for name in SCRIPTS if name in have)]


@cache
def _letters(name: str) -> frozenset[int]:
    """The letters that a font has."""
    from matplotlib import font_manager

    return frozenset(font_manager.get_font(font_manager.findfont(name)).get_charmap())


def _unseen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) == "Cf"


def _showable(text: str) -> str:
    """A text as far as it can be drawn: symbols may be left out, letters may not."""
    missing = unknown(text)
    if not all(_symbol(each) for each in missing):
        return ""
    # What only says that the symbol before it is to be coloured has nothing to colour here.
    kept = (each for each in text if each not in missing and not "\ufe00" <= each <= "\ufe0f")
    shown = " ".join("".join(kept).split())
    return shown if any(not _unseen(each) for each in shown) else ""


def _symbol(character: str) -> bool:
    """Whether it is a picture or a mark; an emoji may be newer than this Python."""
    return unicodedata.category(character)[0] in "SM" or "\U0001f000" <= character <= "\U0001faff"


def _lines(text: str, wide: int) -> list[str]:
    """A text in lines; letters that are as wide as two count as two."""
    double = any(unicodedata.east_asian_width(each) in "WF" for each in text)
    return textwrap.wrap(text, wide // 2 if double else wide) or [""]
