"""Columns of an imported file, and one line of it read through them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar, cast

from scheduler.imports.forms import Form, Unreadable
from scheduler.imports.report import LineProblem
from scheduler.imports.table import Row, Table

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """One column of a kind of file.

    Parameters
    ----------
    meaning
        What a value says, with what an empty cell means where the column is not required.
    """

    name: str
    form: Form[T]
    meaning: str
    required: bool = True


@dataclass(slots=True)
class Findings:
    """Errors and warnings gathered while files are read; each is kept once."""

    errors: dict[LineProblem, None] = field(default_factory=dict)
    warnings: dict[LineProblem, None] = field(default_factory=dict)


@dataclass(slots=True)
class Line:
    """One line of a file: its values by column, and the place to complain about it."""

    table: Table
    row: Row
    findings: Findings
    values: dict[str, Any] = field(default_factory=dict)
    bad: bool = False
    """Refused; its mistakes are in the findings, or follow from a line that is."""

    def __getitem__(self, column: Column[T]) -> T:
        """The value of a required column."""
        return cast("T", self.values[column.name])

    def get(self, column: Column[T]) -> T | None:
        """The value of a column, None if its cell is empty."""
        return cast("T | None", self.values.get(column.name))

    def text(self, column: Column[Any]) -> str:
        """The cell as the file has it."""
        return self.row.cells.get(column.name, "")

    def refuse(self, column: Column[Any] | None, problem: str, hint: str) -> None:
        """Note an error, which keeps everything from being stored."""
        self.bad = True
        self.findings.errors[self._problem(column, problem, hint)] = None

    def warn(self, column: Column[Any] | None, problem: str, hint: str) -> None:
        """Note something worth knowing about a line that is taken."""
        self.findings.warnings[self._problem(column, problem, hint)] = None

    def _problem(self, column: Column[Any] | None, problem: str, hint: str) -> LineProblem:
        title = self.table.titles.get(column.name, column.name) if column else None
        value = self.text(column) if column else ""
        return LineProblem(self.table.file, self.row.line, title, value, problem, hint)


def read_line(
    table: Table, row: Row, columns: Iterable[Column[Any]], findings: Findings, week: date | None
) -> Line:
    """A line with every cell read; what cannot be read is noted, and the line is bad."""
    line = Line(table, row, findings)
    for column in columns:
        cell = line.text(column)
        if not cell:
            if column.required:
                line.refuse(column, "is empty", f"this column must be filled: {column.form.says}")
            continue
        try:
            line.values[column.name] = column.form.read(cell, week)
        except Unreadable as error:
            line.refuse(column, error.problem, error.hint)
    return line
