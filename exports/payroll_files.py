"""Payroll files as a profile describes them: rows in, bytes out, piece by piece."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator

from exports.payroll_body import body_chunks, flat_chunks
from exports.payroll_cells import Faults, ReadyCell
from exports.payroll_delimited import TextFile
from exports.payroll_groups import grouped, is_zero
from exports.payroll_parquet import parquet_chunks
from exports.payroll_workbook import workbook_chunks
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.payroll.payroll_profile import FileFormat, Profile
from scheduler.payroll.prepare_export import FileWriter
from scheduler.payroll.rows import BatchFacts, Row
from scheduler.payroll.templates import fill

PREVIEW_LINES = 40
PREVIEW_CHARACTERS = 20_000

_MEDIA_TYPES = {
    FileFormat.DELIMITED: "text/csv",
    FileFormat.FIXED_WIDTH: "text/plain",
    FileFormat.WORKBOOK: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.JSON: "application/json",
    FileFormat.PARQUET: "application/vnd.apache.parquet",
}


def media_type(profile: Profile) -> str:
    """What kind of file it is, as HTTP names it."""
    kind = _MEDIA_TYPES[profile.format]
    return f"{kind}; charset={profile.encoding.removesuffix('-sig')}" if kind.startswith("text/") else kind


def file_name(profile: Profile, facts: BatchFacts) -> str:
    """The name of the file, without what no file system takes."""
    name = fill(profile.file_name, facts)
    kept = "".join(letter if letter.isprintable() and letter not in '/\\:*?"<>|' else "_" for letter in name)
    return kept[:150] or "payroll"


def render(profile: Profile, rows: Iterable[Row], facts: BatchFacts) -> Iterator[bytes]:
    """The file, piece by piece; the same rows and facts give the same bytes.

    Parameters
    ----------
    rows
        In the order in which they are to stand, where the profile does not group them.

    Raises
    ------
    InvalidInput
        After the last piece, with all the target could not take: what was yielded until then is no file.
    """
    faults = Faults()
    yield from _chunks(profile, rows, facts, faults)
    if faults:
        raise InvalidInput(faults.all(), code="payroll_values")


def preview(profile: Profile, rows: Iterable[Row], facts: BatchFacts) -> tuple[str, list[FieldError]]:
    """The first lines of the file as text, and everything in all rows that the target could not take.

    A workbook or a Parquet file is shown as the table it holds, delimited.
    """
    shown = profile
    if profile.format in (FileFormat.WORKBOOK, FileFormat.PARQUET):
        changes = {"format": FileFormat.DELIMITED, "formulas": "keep", "encoding": "utf-8"}
        shown = profile.model_copy(update=changes)
    faults = Faults()
    decoder = codecs.getincrementaldecoder(shown.encoding if shown.body is None else "utf-8")(
        errors="replace"
    )
    text = ""
    for chunk in _chunks(shown, rows, facts, faults):
        if len(text) < PREVIEW_CHARACTERS:
            text += decoder.decode(chunk)
    lines = text[:PREVIEW_CHARACTERS].splitlines(keepends=True)
    return "".join(lines[:PREVIEW_LINES]), faults.all()


def _chunks(profile: Profile, rows: Iterable[Row], facts: BatchFacts, faults: Faults) -> Iterator[bytes]:
    if profile.body is not None:
        return body_chunks(profile, rows, facts, faults)
    columns = [ReadyCell(column, column.name, profile, facts) for column in profile.columns]
    if profile.group_by:
        rows = grouped(rows, profile.group_by, columns, faults)
    if profile.drop_zero:
        rows = (row for row in rows if not is_zero(row))
    match profile.format:
        case FileFormat.JSON:
            return flat_chunks(columns, rows, faults)
        case FileFormat.WORKBOOK:
            return workbook_chunks(profile, columns, rows, facts, faults)
        case FileFormat.PARQUET:
            return parquet_chunks(columns, rows, faults)
        case _:
            return TextFile(profile, columns, facts, faults).chunks(rows)


WRITER = FileWriter(render, preview, file_name, media_type)
"""What use cases that make batches are given."""
