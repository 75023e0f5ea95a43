"""A payroll file that could be made: its rows, and everything that keeps it from being made."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduler.kernel.clock import utc_now
from scheduler.kernel.errors import FieldError, SchedulerError
from scheduler.organisation.models import Location
from scheduler.pay.models import PayLine, PayPeriod, PayPeriodState
from scheduler.payroll.export_problems import (
    ExportProblem,
    number_of,
    problems_of_batches,
    problems_of_mappings,
    problems_of_periods,
    problems_of_target,
    problems_of_values,
)
from scheduler.payroll.line_stream import stream_lines
from scheduler.payroll.mappings import Mappings, read_mappings
from scheduler.payroll.models import PayrollBatch, PayrollTarget
from scheduler.payroll.payroll_profile import Profile
from scheduler.payroll.rows import BatchFacts, Person, Place, Row
from scheduler.payroll.targets import find_target, profile_of
from scheduler.payroll.totals import CodeChange, changes, periods_before, totals
from scheduler.people.models import Employee


@dataclass(frozen=True, slots=True)
class FileWriter:
    """How rows become a file; `exports.payroll_files` has the one there is.

    Parameters
    ----------
    render
        Rows to pieces of bytes; raises `InvalidInput` after the last one if a value was refused.
    preview
        The first lines of the file as text, and every value that would be refused.
    """

    render: Callable[[Profile, Iterable[Row], BatchFacts], Iterator[bytes]]
    preview: Callable[[Profile, Iterable[Row], BatchFacts], tuple[str, list[FieldError]]]
    file_name: Callable[[Profile, BatchFacts], str]
    media_type: Callable[[Profile], str]


@dataclass(frozen=True, slots=True)
class Prepared:
    """A file that could be made, and what keeps it from being made.

    Parameters
    ----------
    problems
        All but those of single values.
    """

    target: PayrollTarget
    profile: Profile
    periods: tuple[PayPeriod, ...]
    facts: BatchFacts
    mappings: Mappings
    problems: tuple[ExportProblem, ...]

    @property
    def period_ids(self) -> list[UUID]:
        """Ids of the periods."""
        return [period.id for period in self.periods]


def prepare(session: Session, target_id: UUID, period_ids: Collection[UUID]) -> Prepared:
    """What a batch of some periods for a target would be; stores nothing.

    Raises
    ------
    SchedulerError
        ``payroll_target_not_found``; ``pay_period_not_found``.
    """
    target = find_target(session, target_id)
    profile, _ = profile_of(session, target)
    periods = _periods(session, period_ids)
    mappings = read_mappings(session, target_id)
    ids = [period.id for period in periods]
    problems = (
        *problems_of_target(target, profile),
        *problems_of_periods(session, periods),
        *(problems_of_mappings(session, target, profile, mappings, ids) if _all_closed(periods) else ()),
        *problems_of_batches(session, target, ids),
    )
    facts = _facts(session, target, profile, periods)
    return Prepared(target, profile, tuple(periods), facts, mappings, problems)


def rows_of(session: Session, prepared: Prepared) -> Iterator[Row]:
    """The rows of a file, in order, without lines that have no name in the target or are left out."""
    places = _places(session, prepared)
    names = _names(session, prepared)
    people: dict[str, Person | None] = {}
    codes = prepared.mappings.codes
    clocked = needs_punches(prepared.profile)
    for streamed in stream_lines(session, prepared.period_ids, with_punches=clocked):
        line = streamed.line
        code = codes.get(line.pay_code)
        number = line.employee_number
        if number not in people:
            people[number] = _person(number, names[number], prepared)
        person = people[number]
        if code is not None and person is not None:
            yield Row(
                line, person, code, places[line.location_code], line.minutes, line.amount_cents,
                streamed.started_at, streamed.ended_at,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportPreview:
    """What handing over some periods would come to.

    Parameters
    ----------
    problems
        Everything that keeps the file from being made.
    text
        The first lines of the file, of what could be written; empty while a period is open.
    changes
        Each pay code now and in the periods before.
    """

    prepared: Prepared
    problems: tuple[ExportProblem, ...]
    file_name: str
    text: str
    changes: tuple[CodeChange, ...]


def preview_export(
    session: Session, target_id: UUID, period_ids: Collection[UUID], writer: FileWriter
) -> ExportPreview:
    """What a batch of some periods for a target would be; stores nothing.

    Raises
    ------
    SchedulerError
        ``payroll_target_not_found``; ``pay_period_not_found``.
    """
    prepared = prepare(session, target_id, period_ids)
    text, faults = _tried(session, prepared, writer)
    before = [period.id for period in periods_before(session, prepared.periods)]
    return ExportPreview(
        prepared,
        (*prepared.problems, *problems_of_values(faults, prepared.target)),
        writer.file_name(prepared.profile, prepared.facts),
        text,
        tuple(changes(totals(session, prepared.period_ids), totals(session, before))),
    )


def value_problems(session: Session, prepared: Prepared, writer: FileWriter) -> list[ExportProblem]:
    """Values that the target could not take, of everything that has a name there."""
    return list(problems_of_values(_tried(session, prepared, writer)[1], prepared.target))


def _tried(session: Session, prepared: Prepared, writer: FileWriter) -> tuple[str, list[FieldError]]:
    """The first lines and the faults of a file; nothing of a period that is open, which has no lines yet."""
    if not prepared.periods or not _all_closed(prepared.periods):
        return "", []
    return writer.preview(prepared.profile, rows_of(session, prepared), prepared.facts)


def needs_punches(profile: Profile) -> bool:
    """Whether a profile names the times at which work was clocked."""
    named = profile.model_dump_json()
    return "started_at" in named or "ended_at" in named


def _periods(session: Session, period_ids: Collection[UUID]) -> list[PayPeriod]:
    wanted = set(period_ids)
    found = session.scalars(select(PayPeriod).where(PayPeriod.id.in_(wanted))).all()
    for missing in wanted - {period.id for period in found}:
        raise SchedulerError("pay_period_not_found", pay_period_id=str(missing))
    return sorted(found, key=lambda period: (period.starts_on, period.id))


def _all_closed(periods: Iterable[PayPeriod]) -> bool:
    return all(period.state is PayPeriodState.CLOSED for period in periods)


def _facts(session: Session, target: PayrollTarget, profile: Profile, periods: list[PayPeriod]) -> BatchFacts:
    last = session.scalar(select(func.max(PayrollBatch.number)).where(PayrollBatch.target_id == target.id))
    today = utc_now().date()
    defaults = {name: each.default for name, each in profile.settings.items()}
    return BatchFacts(
        batch_number=(last or 0) + 1,
        made_on=today,
        first_day=min((period.starts_on for period in periods), default=today),
        last_day=max((period.ends_on - timedelta(days=1) for period in periods), default=today),
        settings={**defaults, **target.settings},
    )


def _places(session: Session, prepared: Prepared) -> dict[str, Place]:
    wanted = {period.location_id for period in prepared.periods}
    query = select(Location.code, Location.zone).where(Location.id.in_(wanted))
    theirs = prepared.mappings.places
    return {code: Place(zone, theirs.get(code, {})) for code, zone in session.execute(query)}


def _names(session: Session, prepared: Prepared) -> dict[str, tuple[str, str]]:
    """First and last name, as they are now, of whoever has a line, by the number on the line."""
    query = (
        select(PayLine.employee_number, Employee.first_name, Employee.last_name)
        .join(Employee, Employee.id == PayLine.employee_id)
        .where(PayLine.pay_period_id.in_(prepared.period_ids))
        .distinct()
    )
    return {number: (first, last) for number, first, last in session.execute(query)}


def _person(own: str, name: tuple[str, str], prepared: Prepared) -> Person | None:
    number = number_of(own, prepared.mappings, same_numbers=prepared.target.same_numbers)
    if not number:
        return None
    return Person(number, own, *name, prepared.mappings.people.get(own, {}))
