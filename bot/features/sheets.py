"""Sheets: rows as files for a spreadsheet, in which what people have typed is text and never a formula."""

import csv
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import TypeAlias

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula when it reads a CSV file (OWASP, CSV injection)."""


Cell: TypeAlias = str | int


def csv_of(rows: Sequence[Sequence[Cell]]) -> bytes:
    """A CSV file in UTF-8; an apostrophe stands before what would be run."""
    text = StringIO(newline="")
    csv.writer(text).writerows([[_harmless(cell) for cell in row] for row in rows])
    # Excel takes a file without this mark for one in its own old alphabet.
    return text.getvalue().encode("utf-8-sig")


def xlsx_of(title: str, rows: Sequence[Sequence[Cell]]) -> bytes:
    """A workbook of one sheet, in which whatever is no number of ours is a string; its first row stays in sight."""
    # It takes a while to import, so it is loaded with the first list and not with the bot.
    from xlsxwriter import Workbook  # pyright: ignore[reportMissingTypeStubs]

    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(title)  # pyright: ignore[reportUnknownMemberType]
    bold = book.add_format({"bold": True})  # pyright: ignore[reportUnknownMemberType]
    for number, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
            else:
                sheet.write_string(number, column, cell, None if number else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofit()
    book.close()
    return file.getvalue()


def _harmless(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell
