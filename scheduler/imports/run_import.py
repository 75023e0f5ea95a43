"""Import files: read, check, compare, and store all or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.imports import store
from scheduler.imports.columns import Findings, Line, read_line
from scheduler.imports.directory import Directory, load_directory
from scheduler.imports.forms import did_you_mean
from scheduler.imports.kind import Draft, Kind
from scheduler.imports.kinds.order import DEMAND, KINDS
from scheduler.imports.kinds.people import Employees
from scheduler.imports.overlaps import refuse_duplicates, refuse_overlaps, settle_with_stored
from scheduler.imports.recognise import HOURLY, column_problems, kind_of
from scheduler.imports.report import ImportReport, KindCount, LineProblem
from scheduler.imports.store import Difference
from scheduler.imports.table import NotATable, Table, read_tables
from scheduler.kernel.errors import FieldError, InvalidInput
from scheduler.people.models import Contract


@dataclass(frozen=True, slots=True)
class ImportFile:
    """A file to import: its name, which may tell its kind, and its bytes."""

    name: str
    content: bytes


def import_files(
    session: Session,
    files: Sequence[ImportFile],
    *,
    actor: str,
    dry_run: bool = False,
    week: date | None = None,
    location: str | None = None,
) -> ImportReport:
    """Store what the files say, for the session's tenant; with one bad line, or in a dry run, store nothing.

    The order of the files does not matter, and files may refer to one another. What is stored and not
    mentioned stays; the same files again change nothing.

    Parameters
    ----------
    week
        The Monday from which weekday names in columns of dates are counted.
    location
        Code of the location that public files of hourly counts are about.

    Raises
    ------
    InvalidInput
        If ``week`` is not a Monday.
    """
    if week is not None and week.weekday() != 0:
        hint = "the date of a Monday"
        raise InvalidInput([FieldError("week", week.isoformat(), "this is not a Monday", hint)])
    run = _ImportRun(session, actor, week)
    tables = run.sort_tables(files, location)
    savepoint = session.begin_nested()
    try:
        run.import_tables(tables)
        report = run.report(files, dry_run)
        if report.stored:
            counts = {count.kind: [count.created, count.updated, count.replaced] for count in report.counts}
            facts = {"files": [file.name for file in files], "created_updated_replaced": counts}
            record(session, actor, "import.files", "import", None, **facts)
            session.flush()
    except BaseException:
        savepoint.rollback()
        raise
    if not report.stored:
        savepoint.rollback()
        return report
    savepoint.commit()
    session.expire_all()
    return report


class _ImportRun:
    """One run through the kinds, in the caller's transaction."""

    def __init__(self, session: Session, actor: str, week: date | None) -> None:
        self.session = session
        self.actor = actor
        self.week = week
        self.findings = Findings()
        self.unread: set[str] = set()
        self.counts: list[KindCount] = []
        self.employees: list[Draft] = []
        self.hourly: dict[str, str] = {}

    def sort_tables(self, files: Iterable[ImportFile], location: str | None) -> dict[str, list[Table]]:
        """The tables that can be read, by the kind they hold."""
        sorted_tables: dict[str, list[Table]] = {}
        for file in files:
            try:
                tables = read_tables(file.name, file.content)
            except NotATable as refusal:
                self._not_read(refusal.problem)
                continue
            for table in tables:
                self._sort_table(table, location, sorted_tables)
        return sorted_tables

    def import_tables(self, tables: dict[str, list[Table]]) -> None:
        """Check every table and write every good line, kind by kind."""
        book = load_directory(self.session)
        book.unread = self.unread
        for kind in KINDS:
            if kind is DEMAND:
                self._check_hourly_location(tables, book)
            if kind.name in tables:
                self._import_kind(kind, tables[kind.name], book)
        if not self.findings.errors:
            self._warn_of_missing_contracts()

    def report(self, files: Sequence[ImportFile], dry_run: bool) -> ImportReport:
        """What was found, in the order of the files and their lines."""
        places = {file.name: place for place, file in enumerate(files)}

        def order(problem: LineProblem) -> tuple[int, int]:
            return places[problem.file.partition("#")[0]], problem.line or 0

        errors, warnings = self.findings.errors, self.findings.warnings
        return ImportReport(
            dry_run,
            tuple(self.counts),
            tuple(sorted(errors, key=order)),
            tuple(sorted(warnings, key=order)),
        )

    def _sort_table(self, table: Table, location: str | None, sorted_tables: dict[str, list[Table]]) -> None:
        hourly = next((series for series in HOURLY if series.fits(table)), None)
        if hourly and location is None:
            hint = "say which location it is about, with --location"
            self._not_read(LineProblem(table.file, None, None, "", "this is a file of hourly counts", hint))
            return
        if hourly and location:
            table = hourly.as_demand(table, location)
            self.hourly[table.file] = location
        kind = DEMAND if hourly else kind_of(table, KINDS)
        if isinstance(kind, LineProblem):
            self._not_read(kind)
            return
        problems = column_problems(kind, table)
        self.findings.errors |= dict.fromkeys([*table.problems, *problems])
        if problems:
            self.unread.add(kind.name)
        else:
            sorted_tables.setdefault(kind.name, []).append(table)

    def _check_hourly_location(self, tables: dict[str, list[Table]], book: Directory) -> None:
        """Say once, and not on each of thousands of lines, that hourly counts are about no known location."""
        for file, location in self.hourly.items():
            if location in book.places:
                continue
            tables[DEMAND.name] = [table for table in tables[DEMAND.name] if table.file != file]
            hint = did_you_mean(location, list(book.places), f"known are {', '.join(sorted(book.places))}")
            problem = "there is no such location"
            self.findings.errors[LineProblem(file, None, "--location", location, problem, hint)] = None

    def _not_read(self, problem: LineProblem) -> None:
        """Note a file whose kind is unknown: it may hold whatever other files refer to."""
        self.findings.errors[problem] = None
        self.unread |= {kind.name for kind in KINDS}

    def _import_kind(self, kind: Kind, tables: list[Table], book: Directory) -> None:
        lines = [
            read_line(table, row, kind.columns, self.findings, self.week)
            for table in tables
            for row in table.rows
        ]
        drafts = [Draft(line, values) for line in lines if not line.bad for values in kind.read(line, book)]
        drafts = [draft for draft in drafts if not draft.line.bad]
        drafts = refuse_overlaps(kind, refuse_duplicates(kind, drafts))
        change = store.difference(self.session, kind, drafts)
        settle_with_stored(kind, drafts, change)
        for draft in drafts:
            if not draft.line.bad:
                kind.learn(draft, book)
        store.apply(self.session, kind, change, self.actor)
        if kind.name == Employees.name:
            self.employees = drafts
        book.refused |= {
            (kind.name, *(line.text(column) for column in kind.claims)) for line in lines if line.bad
        }
        self.counts.append(_count(kind, lines, change))

    def _warn_of_missing_contracts(self) -> None:
        bound = set(self.session.scalars(select(Contract.employee_id).distinct()))
        for draft in self.employees:
            if draft.id not in bound:
                hint = "no roster can use them until contracts has a line for this number"
                draft.line.warn(Employees.NUMBER, "is an employee without a contract", hint)


def _count(kind: Kind, lines: Sequence[Line], change: Difference) -> KindCount:
    return KindCount(
        kind.name,
        len(lines),
        created=len(change.create),
        updated=len(change.update),
        unchanged=change.unchanged,
        replaced=len(change.replace),
    )
