"""What an import found and did."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LineProblem:
    """Something wrong, or worth knowing, about a line of a file.

    Parameters
    ----------
    file
        Name of the file, with the sheet after ``#`` for a workbook of several.
    line
        1-based line of the text, or row of the sheet; None when the file as a whole is meant.
    column
        Title of the column as the file spells it; None when the line as a whole is meant.
    value
        The offending value as given.
    problem
        What is wrong with it.
    hint
        What would do instead.
    """

    file: str
    line: int | None
    column: str | None
    value: str
    problem: str
    hint: str

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, line {self.line}"
        if self.column is not None:
            place += f", {self.column}"
        value = f" {self.value!r}" if self.value else ""
        return f"{place}:{value} {self.problem}; {self.hint}"


@dataclass(frozen=True, slots=True)
class KindCount:
    """What became of the lines of one kind.

    Parameters
    ----------
    lines
        Lines read. One line may say several records: a week's coverage on five weekdays, for example.
    created, updated, unchanged
        Records new, changed, and stored before exactly as the file says them.
    replaced
        Stored records that overlapped what the file says, and gave way to it.
    """

    kind: str
    lines: int
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    replaced: int = 0


@dataclass(frozen=True, slots=True)
class ImportReport:
    """The outcome of an import: stored as a whole, or not at all.

    Parameters
    ----------
    counts
        By kind, in the order the kinds depend on each other. After a dry run, what would have become of them;
        when there are errors, only ``lines`` means something.
    errors
        Every bad line; with even one of them nothing is stored.
    warnings
        Lines that were taken, and should be looked at.
    """

    dry_run: bool
    counts: tuple[KindCount, ...]
    errors: tuple[LineProblem, ...]
    warnings: tuple[LineProblem, ...]

    @property
    def stored(self) -> bool:
        """Whether the database holds now what the files say."""
        return not self.errors and not self.dry_run

    def count(self, kind: str) -> KindCount:
        """The count of one kind; all zero if no file held it."""
        return next((count for count in self.counts if count.kind == kind), KindCount(kind, 0))
