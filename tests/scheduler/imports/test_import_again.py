"""What an import leaves alone: all or nothing, twice the same, changed lines, and what gives way."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduler.audit.models import AuditEntry
from scheduler.demand.models import CoverageRequirement
from scheduler.imports.report import KindCount
from scheduler.imports.run_import import ImportFile, import_files
from scheduler.people.models import (
    AvailabilityKind,
    Employee,
    EmployeeSkill,
    Skill,
    WeeklyAvailability,
)
from scheduler.timekeeping.models import Punch
from scheduler.timeoff.models import TimeOff, TimeOffState
from tests.scheduler.imports.company_files import (
    COMPANY,
    MONDAY,
    count,
    employee,
    everything,
    files,
    instead,
    load,
    with_line,
)


def test_the_same_files_again_change_nothing(tenant_session: Session):
    first = load(tenant_session)
    before, audited = everything(tenant_session), count(tenant_session, AuditEntry)
    again = load(tenant_session)
    assert everything(tenant_session) == before
    for one, two in zip(first.counts, again.counts, strict=True):
        assert two == KindCount(one.kind, one.lines, unchanged=one.created)
    assert count(tenant_session, AuditEntry) == audited + 1


def test_a_file_deletes_nothing_of_which_it_does_not_speak(tenant_session: Session):
    load(tenant_session)
    before = everything(tenant_session)
    header = COMPANY["employees"].splitlines()[0]
    one_line = COMPANY["coverage"].splitlines()[:2]
    report = load(
        tenant_session,
        **dict.fromkeys(COMPANY) | {"employees": header, "coverage": "\n".join(one_line)},
    )
    assert report.stored
    assert everything(tenant_session) == before


def test_a_changed_line_changes_its_record_and_is_audited(tenant_session: Session):
    load(tenant_session)
    ann = employee(tenant_session, "1").id
    report = load(
        tenant_session,
        employees=instead("employees", "Ann,Nowak", "Anna,Nowak-Kowalska"),
        contracts=instead("contracts", "35.20", "36.00"),
    )
    assert (report.count("employees").updated, report.count("employees").unchanged) == (1, 2)
    assert employee(tenant_session, "1").id == ann
    assert employee(tenant_session, "1").name == "Anna Nowak-Kowalska"
    changes = tenant_session.scalars(
        select(AuditEntry).where(AuditEntry.action == "import.update").order_by(AuditEntry.id)
    ).all()
    assert [(entry.subject, entry.facts) for entry in changes] == [
        (
            "employees",
            {
                "before": {"first_name": "Ann", "last_name": "Nowak"},
                "after": {"first_name": "Anna", "last_name": "Nowak-Kowalska"},
            },
        ),
        ("contracts", {"before": {"hourly_rate_cents": 3520}, "after": {"hourly_rate_cents": 3600}}),
    ]
    assert changes[0].subject_id == ann


def test_an_import_is_audited_with_its_files_and_numbers(tenant_session: Session):
    load(tenant_session, **dict.fromkeys(COMPANY) | {"skills": COMPANY["skills"]})
    entry = tenant_session.scalars(select(AuditEntry)).one()
    assert (entry.action, entry.actor) == ("import.files", "system")
    assert entry.facts == {"files": ["skills.csv"], "created_updated_replaced": {"skills": [3, 0, 0]}}


def test_one_bad_line_keeps_everything_from_being_stored(tenant_session: Session):
    report = load(tenant_session, punches=with_line("punches", "1,,2026-11-17,25:99,in,c-5,"))
    assert [error.line for error in report.errors] == [6]
    assert not report.stored
    assert set(everything(tenant_session).values()) == {0}
    assert count(tenant_session, AuditEntry) == 0


def test_a_refused_import_keeps_what_the_session_did_before(tenant_session: Session):
    tenant_session.add(Skill(code="mine", name="Mine"))
    load(tenant_session, skills="code,name,kind\nx,y,z\n")
    assert tenant_session.scalars(select(Skill.code)).all() == ["mine"]


def test_a_dry_run_says_what_would_happen_and_stores_nothing(tenant_session: Session):
    report = import_files(tenant_session, files(), actor="system", week=MONDAY, dry_run=True)
    assert report.errors == ()
    assert not report.stored
    assert report.count("employees").created == 3
    assert report.count("punches").created == 4
    assert set(everything(tenant_session).values()) == {0}


def test_a_stored_window_that_overlaps_a_new_one_gives_way(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    only = "employee,weekdays,start,end,kind\n2,mon,15:00,20:00,available\n"
    report = load(sqlite_tenant_session, **dict.fromkeys(COMPANY) | {"availability": only})
    assert report.count("availability") == KindCount("availability", 1, created=1, replaced=1)
    windows = sqlite_tenant_session.execute(
        select(WeeklyAvailability.start_minute, WeeklyAvailability.end_minute)
        .join(Employee)
        .where(Employee.number == "2", WeeklyAvailability.weekday == 0)
    ).all()
    assert windows == [(900, 1200)]
    replaced = sqlite_tenant_session.scalars(
        select(AuditEntry).where(AuditEntry.action == "import.replace")
    ).one()
    assert replaced.facts["before"]["start_minute"] == 960
    assert replaced.facts["before"]["kind"] == AvailabilityKind.AVAILABLE


def test_finer_coverage_replaces_coarser_and_the_rest_stays(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    lines = ["location,department,skill,day,start,end,minimum"]
    lines += [f"WAW,OUT,picking,mon,{hour:02}:30,{hour + 1:02}:30,1" for hour in range(6, 10)]
    report = load(sqlite_tenant_session, **dict.fromkeys(COMPANY) | {"coverage": "\n".join(lines)})
    assert report.count("coverage") == KindCount("coverage", 4, created=4, replaced=1)
    assert count(sqlite_tenant_session, CoverageRequirement) == 17 + 4 - 1


def test_a_request_in_a_file_does_not_undo_a_decision(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    leave = sqlite_tenant_session.scalars(
        select(TimeOff).where(TimeOff.state == TimeOffState.REQUESTED)
    ).one()
    leave.state = TimeOffState.APPROVED
    assert load(sqlite_tenant_session).count("time_off").unchanged == 2
    assert sqlite_tenant_session.get_one(TimeOff, leave.id).state is TimeOffState.APPROVED


def test_of_leave_refused_and_granted_later_a_file_means_the_one_that_was_granted(
    tenant_session: Session,
):
    load(tenant_session)
    granted = tenant_session.scalars(select(TimeOff).where(TimeOff.note.is_(None)).limit(1)).one()
    granted.state = TimeOffState.APPROVED
    facts = {name: getattr(granted, name) for name in ("employee_id", "starts_on", "ends_on", "kind")}
    refused = TimeOff(**facts, state=TimeOffState.REJECTED, requested_at=granted.requested_at)
    tenant_session.add(refused)
    tenant_session.flush()
    assert load(tenant_session).count("time_off").updated == 0
    assert (granted.state, refused.state) == (TimeOffState.APPROVED, TimeOffState.REJECTED)


def test_the_reason_of_a_refusal_stays_until_a_file_says_another_decision(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    leave = sqlite_tenant_session.scalars(
        select(TimeOff).where(TimeOff.state == TimeOffState.REQUESTED)
    ).one()
    leave.state, leave.decision_reason = TimeOffState.REJECTED, "stocktaking"
    for state, reason in (("requested", "stocktaking"), ("rejected", "stocktaking"), ("approved", None)):
        load(sqlite_tenant_session, time_off=instead("time_off", "sick,requested", f"sick,{state}"))
        assert sqlite_tenant_session.get_one(TimeOff, leave.id).decision_reason == reason


def test_a_punch_on_a_weekday_is_another_punch_in_another_week(sqlite_tenant_session: Session):
    load(sqlite_tenant_session)
    clock = [ImportFile("punches.csv", b"employee,day,time,kind,external_id\n1,mon,06:00,in,k-1\n")]
    for monday in (date(2026, 10, 5), date(2026, 10, 12), date(2026, 10, 5)):
        import_files(sqlite_tenant_session, clock, actor="system", week=monday)
    ids = sqlite_tenant_session.scalars(select(Punch.external_id).where(Punch.external_id.like("k-1%")))
    assert sorted(ids) == ["k-1@2026-10-05", "k-1@2026-10-12"]


def test_nothing_of_another_organisation_is_seen_or_changed(database, tenant_session: Session):
    from tests.conftest import store_organisation

    load(tenant_session)
    tenant_session.commit()
    other = store_organisation(database, "other")
    with database.write(other) as session:
        report = load(session)
        assert report.stored
        assert report.count("employees").created == 3
        assert count(session, Employee) == 3
        assert count(session, EmployeeSkill) == 4


def test_a_stored_night_gives_way_to_a_morning_into_which_it_reaches(sqlite_tenant_session: Session):
    head = "employee,weekdays,start,end,kind\n"
    load(
        sqlite_tenant_session,
        availability=f"{head}3,sun,20:00,06:00,available\n3,mon,06:00,07:00,available\n",
    )
    only = dict.fromkeys(COMPANY)
    report = load(sqlite_tenant_session, **only | {"availability": f"{head}3,mon,04:00,05:00,unavailable\n"})
    assert report.count("availability") == KindCount("availability", 1, created=1, replaced=1)
