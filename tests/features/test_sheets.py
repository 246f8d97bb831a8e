"""Sheets: what people have typed is text in every spreadsheet, whatever it looks like."""

import csv
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.features.sheets import FORMULA, csv_of, xlsx_of

HEAD = ("Name", "Note")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def cells(sheet: bytes) -> list[tuple[str, str]]:
    """The cells of a workbook's only sheet: how each is kept, and what it says."""
    with ZipFile(BytesIO(sheet)) as book:
        strings = [
            "".join(text.text or "" for text in each.iter(f"{MAIN}t"))
            for each in ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
        ]
        found = ElementTree.fromstring(book.read("xl/worksheets/sheet1.xml")).iter(f"{MAIN}c")
        assert "<f>" not in book.read("xl/worksheets/sheet1.xml").decode()
        return [(cell.get("t", ""), strings[int(cell.findtext(f"{MAIN}v") or 0)]) for cell in found]


@pytest.mark.parametrize(
    "typed", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", '=HYPERLINK("x")']
)
def test_a_formula_is_only_text(typed: str) -> None:
    """In CSV an apostrophe stands before it; a workbook says of every cell that it is a string."""
    (_head, (_name, told)) = csv.reader(StringIO(csv_of([HEAD, ("Grace", typed)]).decode("utf-8-sig"), newline=""))
    assert told == f"'{typed}"
    assert cells(xlsx_of("Attendees", [HEAD, ("Grace", typed)])) == [
        ("s", "Name"),
        ("s", "Note"),
        ("s", "Grace"),
        ("s", typed.replace("\r", "_x000D_")),  # as XML must write it
    ]


@given(st.lists(st.tuples(st.text(), st.text()), max_size=5))
def test_every_row_comes_back_and_none_begins_a_formula(rows: list[tuple[str, str]]) -> None:
    """Commas, quotes and line breaks are no trouble."""
    read = list(csv.reader(StringIO(csv_of([HEAD, *rows]).decode("utf-8-sig"), newline="")))
    assert [[cell.removeprefix("'") if cell.startswith("'") else cell for cell in row] for row in read[1:]] == [
        [cell.removeprefix("'") if cell.startswith("'") else cell for cell in row] for row in rows
    ]
    assert not any(cell.startswith(FORMULA) for row in read for cell in row)
