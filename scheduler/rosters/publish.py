"""Make a draft known: from then on it never changes, and people's calendars show it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from scheduler.audit.record import record
from scheduler.kernel.clock import utc_now, zone_named
from scheduler.kernel.errors import SchedulerError
from scheduler.law.compliance import ComplianceReport
from scheduler.law.findings import Finding
from scheduler.rosters.calendar_entries import refresh_entries
from scheduler.rosters.change_log import log_changes
from scheduler.rosters.change_prices import ChangeKey, PricedChange, Why, priced_changes
from scheduler.rosters.compare import Change, as_json, differences
from scheduler.rosters.compliance import compliance_of
from scheduler.rosters.judge import hard, judge, violation_json
from scheduler.rosters.late_notice import late_notice
from scheduler.rosters.models import ChangeCause, Publication, Roster, RosterVersion, Shift, VersionState
from scheduler.rosters.open_reasons import open_reasons
from scheduler.rosters.person_changes import person_changes
from scheduler.rosters.premiums import Premium, totals
from scheduler.rosters.problem import PlannedProblem, problem_for
from scheduler.rosters.rest_log import RestNews, log_rests, rest_news
from scheduler.rosters.revision import advance
from scheduler.rosters.rosters import find_roster
from scheduler.rosters.short_rests import short_rests
from scheduler.rosters.versions import published_version, shifts_of, working_draft
from solver.violation import Violation

OVERLAP_STATES = ("23P01", "40P01")
"""PostgreSQL: exclusion violated, and the deadlock of two who wait for each other's overlapping entries."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing the working draft now would make known, and what is to be said about it.

    Parameters
    ----------
    revision
        Of the roster as it was read: what `publish` is to expect.
    changes
        Against what people know; empty where they know all of it already.
    open
        Shifts that nobody has, by start.
    compliance
        What the law of the place says.
    forbidden
        Those findings of law that a published roster must not have; others are told and do not stop it.
    broken
        Breaches of hard rules that are not the law's, as plain values.
    late
        Remarks on people who would be told later than the law asks for ``{"code", "text", ...}``.
    notes
        All the remarks the publication would keep, those among them.
    priced
        What changes for each person who knew otherwise, and what the law makes it cost; empty before the
        first publication.
    rests
        The short rests that would cost a premium, and those that would not any more.
    """

    revision: int
    changes: tuple[Change, ...]
    open: tuple[Shift, ...]
    compliance: ComplianceReport
    forbidden: tuple[Finding, ...]
    broken: tuple[dict[str, Any], ...]
    late: tuple[dict[str, Any], ...]
    notes: tuple[dict[str, Any], ...]
    priced: tuple[PricedChange, ...]
    rests: RestNews

    @property
    def premiums(self) -> list[Premium]:
        """What the law makes it cost, in single premiums."""
        return [*(each.premium for each in self.priced), *self.rests.premiums]

    @property
    def blocked(self) -> bool:
        """Whether it would be refused for breaking hard rules."""
        return bool(self.forbidden or self.broken)


def preview(
    session: Session,
    roster_id: UUID,
    *,
    causes: Mapping[ChangeKey, ChangeCause] | None = None,
    consented: frozenset[ChangeKey] = frozenset(),
) -> Preview:
    """What publishing would do and cost; changes nothing.

    Parameters
    ----------
    causes, consented
        As for `change_prices.Why`.

    Raises
    ------
    SchedulerError
        ``roster_not_found``.
    """
    roster = find_roster(session, roster_id)
    draft, published = working_draft(session, roster_id), published_version(session, roster_id)
    known = shifts_of(session, published.id) if published else []
    shifts = shifts_of(session, draft.id) if draft else known
    changes = differences(known, shifts)
    planned = problem_for(session, roster_id)
    compliance = compliance_of(planned, shifts)
    by_law = {finding.parameter for finding in compliance.findings}
    violations = hard(judge(planned, shifts).violations)
    names = {violation.name for violation in violations}
    broken = [violation for violation in violations if violation.name not in by_law]
    now = utc_now()
    late = tuple(late_notice(roster, planned.layers, changes, now))
    known_changes = changes if published else []
    return Preview(
        revision=roster.revision,
        changes=tuple(changes),
        open=tuple(shift for shift in shifts if shift.employee_id is None),
        compliance=compliance,
        forbidden=tuple(each for each in compliance.findings if each.parameter in names),
        broken=tuple(violation_json(planned, violation) for violation in broken),
        late=late,
        notes=(*planned.notes, *late),
        priced=tuple(_priced(session, roster, known_changes, now, causes or {}, consented)),
        rests=rest_news(session, roster, short_rests(session, roster, shifts)),
    )


def publish(
    session: Session, roster_id: UUID, *, expected_revision: int, actor: str, why: Why | None = None
) -> Publication:
    """Publish the working draft; what was published before is superseded, other drafts are discarded.

    The version keeps why each of its shifts is open. What people knew otherwise is logged with its price
    (`change_log`), and so is each rest that is short enough to cost something (`rest_log`).

    Parameters
    ----------
    why
        Needed where somebody's published work changes.

    Raises
    ------
    InvalidInput
        Without a reason where one is needed.
    SchedulerError
        ``roster_not_found``, ``roster_busy``, ``roster_changed``; ``nothing_to_publish``;
        ``already_published`` if people know all of it; ``breaks_hard_rules`` with violations and findings of
        law; ``overlapping_shifts`` if somebody was given other work at the same time a moment ago.
    """
    _take_turn(session, roster_id)
    roster = advance(session, roster_id, expected_revision)
    draft, shifts, changes = _news(session, roster)
    planned = problem_for(session, roster_id)
    overridden = _refuse_hard(planned, shifts)
    now = utc_now()
    draft.packs = dict(planned.packs)
    draft.explanation = {**(draft.explanation or {}), "open": open_reasons(planned, shifts)}
    known_changes = changes if published_version(session, roster_id) else []
    _supersede(session, roster, draft, now)
    publication = Publication(
        roster_id=roster_id,
        version_id=draft.id,
        published_at=now,
        published_by=actor,
        changes={"zone": roster.location.zone, **as_json(changes)},
        overridden=[violation_json(planned, violation) for violation in overridden],
        notes=[*planned.notes, *late_notice(roster, planned.layers, changes, now)],
    )
    session.add(publication)
    session.flush()
    causes, consented = (why.causes, why.consented) if why else ({}, frozenset())
    priced = _priced(session, roster, known_changes, now, causes, consented)
    logged = log_changes(session, publication, priced, why)
    rests = rest_news(session, roster, short_rests(session, roster, shifts))
    log_rests(session, publication, rests, why.reason.strip() if why else None)
    people = _tell_calendars(session, roster, shifts, now)
    counts = {kind: len(changed) for kind, changed in as_json(changes).items()}
    cost = dict(totals([*(each.premium for each in priced), *rests.premiums]))
    record(
        session, actor, "roster.publish", "roster", roster_id,
        version=draft.number, publication=str(publication.id), changes=counts, people=len(people),
        **({"reason": why.reason} if why and logged else {}), **({"premiums": cost} if cost else {}),
    )  # fmt: skip
    session.flush()
    return publication


def _priced(
    session: Session,
    roster: Roster,
    changes: Sequence[Change],
    told_at: datetime,
    causes: Mapping[ChangeKey, ChangeCause],
    consented: frozenset[ChangeKey],
) -> list[PricedChange]:
    """What changes for each person, with its price."""
    mine = person_changes(changes, zone_named(roster.location.zone))
    return priced_changes(session, roster, mine, told_at=told_at, causes=causes, consented=consented)


def _take_turn(session: Session, roster_id: UUID) -> None:
    """On PostgreSQL, refuse at once while somebody else publishes; SQLite has one writer anyway."""
    if session.get_bind().dialect.name != "postgresql":
        return
    key = roster_id.int & (2**63 - 1)
    if not session.scalar(select(func.pg_try_advisory_xact_lock(key))):
        raise SchedulerError("roster_busy", roster=str(roster_id), hint="somebody else is publishing it now")


def _news(session: Session, roster: Roster) -> tuple[RosterVersion, list[Shift], list[Change]]:
    """The draft, its shifts, and what is new in it."""
    draft, published = working_draft(session, roster.id), published_version(session, roster.id)
    known = shifts_of(session, published.id) if published else []
    if draft is None and published is None:
        hint = "generate a roster or add shifts first"
        raise SchedulerError("nothing_to_publish", roster=str(roster.id), hint=hint)
    shifts = shifts_of(session, draft.id) if draft else known
    changes = differences(known, shifts)
    if published is not None and not changes:
        raise SchedulerError(
            "already_published",
            roster=str(roster.id),
            version=published.number,
            published_at=published.published_at.isoformat() if published.published_at else None,
            hint="change something first; nothing in it is new to anybody",
        )
    if draft is None or not (shifts or known):
        raise SchedulerError("nothing_to_publish", roster=str(roster.id), hint="the draft has no shifts")
    return draft, shifts, changes


def _refuse_hard(planned: PlannedProblem, shifts: Sequence[Shift]) -> list[Violation]:
    """Refuse what breaks a hard rule; gives the violations of the mandatory level, which stay visible."""
    violations = judge(planned, shifts).violations
    broken = hard(violations)
    if broken:
        raise SchedulerError(
            "breaks_hard_rules",
            roster=str(planned.roster_id),
            violations=[violation_json(planned, violation) for violation in broken],
            findings=[finding.as_dict() for finding in compliance_of(planned, shifts).findings],
        )
    return [violation for violation in violations if violation.level == "mandatory"]


def _supersede(session: Session, roster: Roster, draft: RosterVersion, at: datetime) -> None:
    """The draft takes the place of the published version; the database allows one at a time."""
    of_roster = update(RosterVersion).where(RosterVersion.roster_id == roster.id)
    before = of_roster.where(RosterVersion.state == VersionState.PUBLISHED)
    session.execute(before.values(state=VersionState.SUPERSEDED))
    others = of_roster.where(RosterVersion.state == VersionState.DRAFT, RosterVersion.id != draft.id)
    session.execute(others.values(state=VersionState.DISCARDED))
    draft.state, draft.published_at = VersionState.PUBLISHED, at
    session.flush()


def _tell_calendars(session: Session, roster: Roster, shifts: Sequence[Shift], at: datetime) -> set[UUID]:
    """Refresh the calendar entries; the database itself refuses overlapping ones."""
    try:
        people = refresh_entries(session, roster, shifts, at)
        if session.get_bind().dialect.name == "postgresql":
            session.execute(text("SET CONSTRAINTS ex_calendar_entries_overlap IMMEDIATE"))
    except DBAPIError as error:
        state = getattr(error.orig, "sqlstate", None)
        on_sqlite = state is None and isinstance(error, IntegrityError) and "overlap" in str(error.orig)
        if not on_sqlite and state not in OVERLAP_STATES:
            raise
        raise SchedulerError(
            "overlapping_shifts",
            roster=str(roster.id),
            hint="somebody in it was given other work at the same time just now; load the roster again",
        ) from error
    return people
