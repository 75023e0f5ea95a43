"""Which kind of records a table holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath

from scheduler.imports.forms import did_you_mean
from scheduler.imports.kind import Kind
from scheduler.imports.report import LineProblem
from scheduler.imports.table import Row, Table


@dataclass(frozen=True, slots=True)
class HourlySeries:
    """A public file of hourly counts: columns ``date`` and ``hour``, and one of counts."""

    quantity: str

    def fits(self, table: Table) -> bool:
        """Whether a table is such a file."""
        return {"date", "hour", self.quantity} <= table.titles.keys()

    def as_demand(self, table: Table, location: str) -> Table:
        """The same lines with the columns of the demand kind."""
        titles = {
            "day": table.titles["date"],
            "start": table.titles["hour"],
            "quantity": table.titles[self.quantity],
            **{name: name for name in ("location", "series", "minutes")},
        }
        rows = [
            Row(
                row.line,
                {
                    "location": location,
                    "series": self.quantity,
                    "day": row.cells["date"],
                    "start": f"{row.cells['hour']}:00",
                    "minutes": "60",
                    "quantity": row.cells[self.quantity],
                },
            )
            for row in table.rows
        ]
        return replace(table, titles=titles, rows=rows)


HOURLY = (HourlySeries("calls"), HourlySeries("arrivals"))


def kind_of(table: Table, kinds: Sequence[Kind]) -> Kind | LineProblem:
    """The kind of a table, by the name of its sheet or file, else by its columns; or why it is unclear."""
    for name in filter(None, (table.sheet, PurePath(table.file.partition("#")[0]).stem)):
        if named := _named(name, kinds):
            return named
    fitting = [kind for kind in kinds if _fits(kind, table)]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(kind.name for kind in fitting or kinds)
    problem = "neither the name of the file nor its columns tell what it holds"
    return LineProblem(table.file, None, None, "", problem, f"name it after what it holds: {names}")


def column_problems(kind: Kind, table: Table) -> list[LineProblem]:
    """Columns that the kind does not have, and required ones that the table lacks."""
    known = [column.name for column in kind.columns]
    missing = [column.name for column in kind.columns if column.required and column.name not in table.titles]
    problems = []
    for name, title in table.titles.items():
        if name not in known:
            free = [each for each in known if each not in table.titles]
            hint = did_you_mean(name, free, f"{kind.name} has {', '.join(known)}")
            problems.append(LineProblem(table.file, None, title, "", f"{kind.name} has no such column", hint))
    for name in missing:
        hint = f"required are {', '.join(column.name for column in kind.columns if column.required)}"
        problems.append(LineProblem(table.file, None, name, "", "this column is missing", hint))
    return problems


def _named(name: str, kinds: Sequence[Kind]) -> Kind | None:
    """The kind whose word a name is, or begins or ends with: ``2026-11 punches``, ``coverage_week48``."""
    words = "_".join(re.findall(r"[a-z]+", name.lower()))
    matching = [
        kind
        for kind in kinds
        if words == kind.name or words.startswith(f"{kind.name}_") or words.endswith(f"_{kind.name}")
    ]
    return max(matching, key=lambda kind: len(kind.name), default=None)


def _fits(kind: Kind, table: Table) -> bool:
    known = {column.name for column in kind.columns}
    required = {column.name for column in kind.columns if column.required}
    return required <= table.titles.keys() <= known
