"""The values of a rule pack as a workbook."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scheduler.law.pack import DatedValue, Pack, Parameter
from scheduler.law.pages import ENFORCED, used_in
from scheduler.law.words import plain, spaced

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
HEADINGS = (
    "rule", "what", "code", "value", "from", "until (not included)", "for", "article", "status", "sources",
    "use", "where used", "exceptions", "remark",
)  # fmt: skip
WIDTHS = (30, 40, 26, 40, 11, 11, 24, 40, 11, 12, 22, 34, 50, 50)


def to_workbook(pack: Pack, values: Sequence[tuple[Parameter, DatedValue]]) -> bytes:
    """Some of the values of a pack, a line for each, with notes and sources on further sheets, as XLSX."""
    import xlsxwriter

    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(content, options)
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Values")
    sheet.write_string(0, 0, f"{pack.title}, version {pack.fingerprint}", bold)
    for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(2, column, heading, bold)
    for line, (parameter, value) in enumerate(values, start=3):
        for column, text in enumerate(_cells(parameter, value)):
            sheet.write_string(line, column, text, wrapped)
    sheet.autofilter(2, 0, max(len(values) + 2, 3), len(HEADINGS) - 1)
    sheet.freeze_panes(3, 1)
    _list(book.add_worksheet("How it is read"), pack.notes, wrapped)
    _list(book.add_worksheet("Not covered"), pack.not_covered, wrapped)
    sources = [f"{key}: {one.text} (consulted {one.consulted_on})" for key, one in pack.sources.items()]
    _list(book.add_worksheet("Sources"), sources, wrapped)
    book.close()
    return content.getvalue()


def _cells(parameter: Parameter, value: DatedValue) -> tuple[str, ...]:
    exceptions = [
        f"{spaced(one.ground)}: {plain(one.value)} ({one.citation})" for one in parameter.exceptions
    ]
    remarks = [text for text in (value.note, parameter.why) if text]
    return (
        parameter.id, parameter.label, parameter.code, plain(value.value), value.valid_from.isoformat(),
        value.valid_until.isoformat() if value.valid_until else "", str(parameter.population),
        value.citation, str(value.status), ", ".join(value.sources), ENFORCED[parameter.enforcement],
        ", ".join(used_in(parameter)), "; ".join(exceptions), " ".join(remarks),
    )  # fmt: skip


def _list(sheet: Worksheet, lines: Sequence[str], wrapped: Format) -> None:
    sheet.set_column(0, 0, 120)
    for place, text in enumerate(lines):
        sheet.write_string(place, 0, text, wrapped)
