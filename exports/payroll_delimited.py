"""Payroll files of text: delimited, and of fixed width."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from exports.formulas import starts_a_formula
from exports.payroll_cells import CellFault, Faults, ReadyCell
from exports.transliteration import fits, transliterated
from scheduler.kernel.errors import FieldError
from scheduler.payroll.payroll_profile import Column, FileFormat, Profile
from scheduler.payroll.rows import BatchFacts, Kind, Row
from scheduler.payroll.templates import fill

CHUNK_LINES = 2000
REMEMBERED = 4096
"""How many texts of a column are kept as they are written."""

_UNICODE = frozenset({"utf-8", "utf-8-sig", "utf-16"})


class TextFile:
    """A profile of text, ready to write rows.

    Parameters
    ----------
    columns
        One for each column of the profile.
    """

    def __init__(
        self, profile: Profile, columns: Sequence[ReadyCell], facts: BatchFacts, faults: Faults
    ) -> None:
        self._profile, self._facts, self._faults = profile, facts, faults
        self._columns = columns
        # UTF-8 and UTF-16 take every letter but half a pair, which no database holds.
        self._holds_all = profile.encoding in _UNICODE
        self._cells = [
            self._writer(ready, column) for ready, column in zip(columns, profile.columns, strict=True)
        ]
        fixed = profile.format is FileFormat.FIXED_WIDTH
        self._delimiter = "" if fixed else profile.delimiter
        self._end = (self._delimiter if profile.end_delimiter and not fixed else "") + (
            "\r\n" if profile.line_end == "crlf" else "\n"
        )
        # One with a state, because a mark stands at the beginning only.
        self._encode = codecs.getincrementalencoder(profile.encoding)(errors="strict").encode

    def chunks(self, rows: Iterable[Row]) -> Iterator[bytes]:
        """The file, piece by piece."""
        head = [fill(line, self._facts) for line in self._profile.before]
        if self._profile.header and self._columns:
            head.append(self._header())
        if head:
            yield self._encoded_fixed(head)
        waiting: list[str] = []
        for row in rows:
            line = self._line(row)
            if line is not None:
                waiting.append(line)
            if len(waiting) >= CHUNK_LINES:
                yield self._encode("".join(waiting))
                waiting.clear()
        if waiting:
            yield self._encode("".join(waiting))
        if self._profile.after:
            yield self._encoded_fixed([fill(line, self._facts) for line in self._profile.after])

    def _line(self, row: Row) -> str | None:
        """The line of a row; None if something is wrong with it, which is noted."""
        try:
            line = self._delimiter.join([cell(row) for cell in self._cells]) + self._end
        except CellFault:
            for cell, ready in zip(self._cells, self._columns, strict=True):
                try:
                    cell(row)
                except CellFault as fault:
                    self._faults.add(row, ready.name, fault)
            return None
        return line

    def _header(self) -> str:
        names = [column.name for column in self._profile.columns]
        if self._profile.format is FileFormat.FIXED_WIDTH:
            widths = [column.width or 0 for column in self._profile.columns]
            return "".join(name[:width].ljust(width) for name, width in zip(names, widths, strict=True))
        return self._delimiter.join(
            quoted(name, self._profile, always=self._profile.quote == "all") for name in names
        )

    def _encoded_fixed(self, lines: Sequence[str]) -> bytes:
        end = "\r\n" if self._profile.line_end == "crlf" else "\n"
        text = "".join(line + end for line in lines)
        try:
            return self._encode(self._letters(text))
        except CellFault as fault:
            self._faults.note(FieldError("the fixed lines and heads", text[:200], fault.problem, fault.hint))
            return b""

    def _writer(self, ready: ReadyCell, column: Column) -> Callable[[Row], str]:
        """How the cell of a column is written, quoted or filled up."""
        read = ready.text_reader()
        is_free_text = ready.kind is Kind.TEXT and column.literal is None
        if self._profile.format is FileFormat.FIXED_WIDTH:
            if is_free_text:
                return lambda row: _of_width(self._letters(read(row)), column)
            return lambda row: _of_width(read(row), column)
        finish = self._quoting(ready, column)
        if finish is None:
            return read
        if not is_free_text:
            return _remembering(read, finish)
        letters = None if self._holds_all else self._letters
        harmless = None if self._profile.formulas == "keep" else self._harmless

        def cell_of(text: str) -> str:
            if letters is not None:
                text = letters(text)
            if harmless is not None and text and not text[0].isalnum():
                text = harmless(text)
            return finish(text)

        return _remembering(read, cell_of)

    def _letters(self, text: str) -> str:
        """A text with letters that the encoding holds."""
        encoding = self._profile.encoding
        if self._holds_all or text.isascii() or fits(text, encoding):
            return text
        if self._profile.transliterate:
            text = transliterated(text, encoding)
        unknown = [letter for letter in text if not fits(letter, encoding)]
        if unknown:
            letters = ", ".join(f"“{letter}”" for letter in dict.fromkeys(unknown))
            hint = "transliterate: true in the profile, another encoding, or another name in the mapping"
            raise CellFault(text, f"has {letters}, which {encoding} cannot hold", hint)
        return text

    def _harmless(self, text: str) -> str:
        if not text or not starts_a_formula(text):
            return text
        if self._profile.formulas == "refuse":
            raise CellFault(text, "would be run by a spreadsheet", "a text that starts otherwise")
        return f"'{text}"

    def _quoting(self, ready: ReadyCell, column: Column) -> Callable[[str], str] | None:
        """How a text becomes a cell; None where it is one already."""
        profile = self._profile
        if profile.quote == "never":
            return lambda text: _unquoted(text, profile)
        always = (
            profile.quote == "all" or column.quoted or (profile.quote == "text" and ready.kind is Kind.TEXT)
        )
        is_plain = ready.kind is Kind.NUMBER and profile.decimal_mark != profile.delimiter
        if is_plain and not always:
            return None
        if always:
            return lambda text: quoted(text, profile, always=True)
        must_be_quoted = re.compile(f'["\r\n]|{re.escape(profile.delimiter)}').search
        return lambda text: quoted(text, profile, always=True) if must_be_quoted(text) else text


def _remembering(read: Callable[[Row], str], cell_of: Callable[[str], str]) -> Callable[[Row], str]:
    """How a cell is written whose texts mostly come again and again."""
    known: dict[str, str] = {}

    def write(row: Row) -> str:
        text = read(row)
        cell = known.get(text)
        if cell is None:
            if len(known) >= REMEMBERED:
                known.clear()
            cell = known[text] = cell_of(text)
        return cell

    return write


def quoted(text: str, profile: Profile, *, always: bool) -> str:
    """A text as a cell: in quotes where it has to be, quotes in it doubled."""
    if always or '"' in text or profile.delimiter in text or "\n" in text or "\r" in text:
        return '"' + text.replace('"', '""') + '"'
    return text


def _unquoted(text: str, profile: Profile) -> str:
    if profile.delimiter in text or "\n" in text or "\r" in text:
        raise CellFault(
            text, f"has a “{profile.delimiter}” or a line end in it", "a text without, or quote: needed"
        )
    return text


def _of_width(text: str, column: Column) -> str:
    width = column.width or 0
    if len(text) > width:
        if not column.cut:
            raise CellFault(text, f"has {len(text)} characters", f"at most {width}, or cut: true")
        text = text[:width]
    if "\n" in text or "\r" in text:
        raise CellFault(text, "has a line end in it", "a text of one line")
    return text.rjust(width) if column.align == "right" else text.ljust(width)
