"""Batches: checked before anything is written, the same bytes for ever, and sent once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from exports.payroll_files import WRITER
from scheduler.audit.models import AuditEntry
from scheduler.db.session import Database
from scheduler.kernel.errors import InvalidInput, SchedulerError
from scheduler.kernel.ids import new_id
from scheduler.pay.periods import period_for
from scheduler.payroll.batch_states import NEXT, change_state, history, latest_states
from scheduler.payroll.create_batch import create_batch
from scheduler.payroll.mappings import save_mappings
from scheduler.payroll.models import BatchState, MappingKind, PayrollBatch, PayrollBatchPiece
from scheduler.payroll.prepare_export import preview_export
from scheduler.payroll.targets import TargetTerms, change_target
from scheduler.people.models import Employee
from tests.scheduler.pay.paid_weeks import PAYROLL, WEEK, close_week
from tests.scheduler.payroll.payroll_company import (
    DAYS,
    batch_of,
    content_of,
    map_regular,
    ready,
    target_of,
)
from tests.scheduler.timekeeping.clock_company import punch, store_clock_company, week_of_days


def refused(session, target, *periods) -> dict[str, list[str]]:
    """Codes of the problems with their sentences; nothing may have been stored."""
    with pytest.raises(SchedulerError) as error:
        batch_of(session, target, *periods)
    assert error.value.code == "payroll_not_ready"
    assert session.scalar(select(func.count(PayrollBatchPiece.id))) == 0
    found: dict[str, list[str]] = {}
    for problem in error.value.facts["problems"]:
        assert problem["hint"]
        found.setdefault(problem["code"], []).append(problem["text"])
    return found


def test_a_closed_week_becomes_a_file_with_its_checksum(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    batch = batch_of(tenant_session, target, period)
    assert (batch.number, batch.file_name) == (1, "lodas_11038_62_202611_1.txt")
    assert (batch.line_count, batch.person_count) == (2, 1)
    assert batch.totals == [
        {"pay_code": "regular", "currency": "PLN", "lines": 2, "minutes": 960, "amount_cents": 64000}
    ]
    assert content_of(tenant_session, batch.id).endswith(b"1;01.11.2026;16,00;1;100;1;;\r\n")
    assert latest_states(tenant_session, [batch.id]) == {batch.id: BatchState.DRAFT}


def test_a_batch_stays_what_it_was_whatever_changes_later(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    batch = batch_of(tenant_session, target, period)
    before = content_of(tenant_session, batch.id)
    terms = TargetTerms("Other", "generic_csv", {})
    change_target(tenant_session, target.id, terms, actor=PAYROLL)
    map_regular(tenant_session, target, factor="2")
    tenant_session.get_one(Employee, clocked.ann.id).last_name = "Married"
    tenant_session.flush()
    assert content_of(tenant_session, batch.id) == before
    assert batch.profile["code"] == "datev_lodas"


def test_the_same_lines_are_not_sent_twice_unless_the_first_batch_was_taken_back(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    first = batch_of(tenant_session, target, period)
    for state in (BatchState.EXPORTED, BatchState.ACCEPTED):
        with pytest.raises(SchedulerError) as error:
            batch_of(tenant_session, target, period)
        assert [each["code"] for each in error.value.facts["problems"]] == ["already_sent"]
        change_state(tenant_session, first.id, state, actor=PAYROLL)
    with pytest.raises(InvalidInput):
        change_state(tenant_session, first.id, BatchState.SUPERSEDED, actor=PAYROLL, reason=" ")
    change_state(tenant_session, first.id, BatchState.SUPERSEDED, actor=PAYROLL, reason="wrong cost centre")
    second = batch_of(tenant_session, target, period)
    assert second.number == 2
    assert [event.state.value for event in history(tenant_session, first.id)] == [
        "draft", "exported", "accepted", "superseded",
    ]  # fmt: skip
    assert history(tenant_session, first.id)[-1].reason == "wrong cost centre"
    actions = set(tenant_session.scalars(select(AuditEntry.action)))
    assert {"payroll_batch.create", "payroll_batch.superseded", "payroll_target.create"} <= actions


def test_another_target_gets_the_same_lines(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    batch_of(tenant_session, target, period)
    other = target_of(tenant_session, TargetTerms("Analysts", "generic_csv"), "analysts")
    map_regular(tenant_session, other)
    assert batch_of(tenant_session, other, period).number == 1


@pytest.mark.parametrize("start", BatchState)
def test_a_batch_goes_only_where_its_state_lets_it(sqlite_tenant_session, clocked_sqlite, start):
    session = sqlite_tenant_session
    target, period = ready(session, clocked_sqlite)
    batch = batch_of(session, target, period)
    ways = {
        BatchState.DRAFT: [], BatchState.EXPORTED: [BatchState.EXPORTED],
        BatchState.ACCEPTED: [BatchState.EXPORTED, BatchState.ACCEPTED],
        BatchState.REJECTED: [BatchState.EXPORTED, BatchState.REJECTED],
        BatchState.SUPERSEDED: [BatchState.SUPERSEDED],
    }  # fmt: skip
    for state in ways[start]:
        change_state(session, batch.id, state, actor=PAYROLL, reason="why")
    for state in BatchState:
        if state not in NEXT[start]:
            with pytest.raises(SchedulerError) as error:
                change_state(session, batch.id, state, actor=PAYROLL, reason="why")
            assert error.value.code == "batch_state_refused"
    assert latest_states(session, [batch.id])[batch.id] is start


def test_everything_that_is_missing_is_told_at_once_and_nothing_is_written(tenant_session, clocked):
    period = close_week(tenant_session, clocked, *DAYS)
    terms = TargetTerms("LODAS", "datev_lodas", {"consultant": "11038"}, same_numbers=False)
    target = target_of(tenant_session, terms)
    found = refused(tenant_session, target, period)
    assert found.keys() == {"setting_missing", "pay_code_unmapped", "employee_number_missing"}
    assert found["pay_code_unmapped"] == ["The pay code regular (2 lines) is not mapped to one of LODAS."]
    assert found["employee_number_missing"] == ["Ann Nowak (1) has no number in LODAS."]


def test_an_open_period_tells_which_sheets_and_exceptions_keep_it_open(tenant_session, clocked):
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-16"), "2026-11-17 08:00 in")
    target = target_of(tenant_session)
    found = refused(tenant_session, target, period_for(tenant_session, clocked.location_id, WEEK))
    assert found["period_not_closed"] == ["The period of Warsaw that starts on 2026-11-16 is not closed."]
    assert found["timesheet_unapproved"] == ["The timesheet of Ann Nowak (1) is not approved; it is open."]
    assert found["open_exception"] == [
        "The time of Ann Nowak (1) has an open exception on 2026-11-17: missing out."
    ]


def test_values_the_target_cannot_take_are_told_together_with_what_is_missing(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    rows = [{"ours": "1", "number": "A-1", "cost_centre": "123456789"}]
    save_mappings(tenant_session, target.id, MappingKind.EMPLOYEE, rows, actor=PAYROLL)
    texts = refused(tenant_session, target, period)["value_refused"]
    assert len(texts) == 2
    assert "pnr of Ann Nowak (1), 2026-11-16: “A-1” has other characters than digits." in texts


def test_two_people_with_one_number_are_refused(tenant_session, clocked):
    from tests.scheduler.small_company import employee

    eve = employee(clocked.company.location, clocked.company.department, "3", "Eve")
    tenant_session.add(eve)
    tenant_session.flush()
    contract = clocked.ann.contracts[0]
    eve.contracts = [type(contract)(**{name: getattr(contract, name) for name in (
        "valid_from", "valid_until", "kind", "weekly_minutes", "min_weekly_minutes", "max_weekly_minutes",
        "max_daily_minutes", "hourly_rate_cents", "currency")})]  # fmt: skip
    tenant_session.flush()
    punch(tenant_session, eve, *week_of_days("2026-11-16"))
    period = close_week(tenant_session, clocked, *DAYS)
    target = target_of(tenant_session)
    map_regular(tenant_session, target)
    rows = [{"ours": "3", "number": "1"}]
    save_mappings(tenant_session, target.id, MappingKind.EMPLOYEE, rows, actor=PAYROLL)
    found = refused(tenant_session, target, period)
    assert found["employee_number_shared"] == [
        "Eve Nowak (3) and Ann Nowak (1) have the same number 1 in LODAS."
    ]


def test_a_code_that_is_left_out_on_purpose_makes_no_row(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    row = {"ours": "regular", "leave_out": "yes"}
    save_mappings(tenant_session, target.id, MappingKind.PAY_CODE, [row], actor=PAYROLL)
    batch = batch_of(tenant_session, target, period)
    assert batch.line_count == 0
    assert content_of(tenant_session, batch.id).endswith(b"[Bewegungsdaten]\r\n")


def test_the_person_s_cost_centre_counts_before_that_of_the_place(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    places = [{"ours": "WAW", "cost_centre": "4800"}]
    save_mappings(tenant_session, target.id, MappingKind.LOCATION, places, actor=PAYROLL)
    people = [{"ours": "1", "cost_centre": "4711", "number": "26"}]
    save_mappings(tenant_session, target.id, MappingKind.EMPLOYEE, people, actor=PAYROLL)
    content = content_of(tenant_session, batch_of(tenant_session, target, period).id)
    assert content.endswith(b";16,00;1;100;26;4711;\r\n")


def test_gusto_gets_the_first_and_the_last_punch_of_a_day(tenant_session, clocked):
    period = close_week(tenant_session, clocked, "2026-11-16")
    target = target_of(tenant_session, TargetTerms("Gusto", "gusto_time_sheets"))
    map_regular(tenant_session, target, code="Regular")
    people = [{"ours": "1", "number": "uuid-1", "job": "uuid-2"}]
    save_mappings(tenant_session, target.id, MappingKind.EMPLOYEE, people, actor=PAYROLL)
    content = content_of(tenant_session, batch_of(tenant_session, target, period).id).decode()
    assert '"shift_started_at": "2026-11-16T08:00:00+01:00"' in content
    assert '"shift_ended_at": "2026-11-16T16:30:00+01:00"' in content


def test_the_preview_shows_lines_totals_and_the_difference_to_the_period_before(tenant_session, clocked):
    target, period = ready(tenant_session, clocked)
    later = period_for(tenant_session, clocked.location_id, WEEK + timedelta(days=7))
    shown = preview_export(tenant_session, target.id, [later.id], WRITER)
    assert [problem.code for problem in shown.problems] == ["period_not_closed"]
    assert shown.text == ""
    (change,) = shown.changes
    assert (change.before.minutes, change.now.minutes, change.minutes) == (960, 0, -960)
    shown = preview_export(tenant_session, target.id, [period.id], WRITER)
    assert not shown.problems
    assert "16,00;1;100;1;" in shown.text
    assert session_holds_no_batch(tenant_session)


def session_holds_no_batch(session) -> bool:
    return not session.scalar(select(func.count(PayrollBatch.id)))


def test_what_is_not_there_is_told(tenant_session, clocked):
    target, _ = ready(tenant_session, clocked)
    for target_id, period_id, code in (
        (new_id(), new_id(), "payroll_target_not_found"),
        (target.id, new_id(), "pay_period_not_found"),
    ):
        with pytest.raises(SchedulerError) as error:
            create_batch(tenant_session, target_id, [period_id], WRITER, actor=PAYROLL)
        assert error.value.code == code
    with pytest.raises(SchedulerError) as error:
        create_batch(tenant_session, target.id, [], WRITER, actor=PAYROLL)
    assert error.value.facts["problems"][0]["code"] == "no_period"


def test_a_correction_goes_with_the_period_it_is_paid_in(tenant_session, clocked, now):
    from scheduler.pay.corrections import settle
    from tests.scheduler.timekeeping.clock_company import at

    target, period = ready(tenant_session, clocked)
    batch_of(tenant_session, target, period)
    punch(tenant_session, clocked.ann, *week_of_days("2026-11-18"))
    settle(tenant_session, period.id, reason="late gate", actor=PAYROLL)
    now.move_to(at("2026-11-30 12:00"))
    following = period_for(tenant_session, clocked.location_id, date(2026, 11, 23))
    from scheduler.pay.close_period import close_period

    close_period(tenant_session, following.id, actor=PAYROLL)
    batch = batch_of(tenant_session, target, following)
    assert content_of(tenant_session, batch.id).endswith(b"1;01.11.2026;8,00;1;100;1;;\r\n")


def test_of_two_who_send_at_once_one_succeeds(database: Database, organisation_id, now):
    with database.write(organisation_id) as session:
        target, period = ready(session, store_clock_company(session))
        ids = (target.id, period.id)

    def send(_number: int) -> str:
        try:
            with database.write(organisation_id) as session:
                create_batch(session, ids[0], [ids[1]], WRITER, actor=PAYROLL)
        except SchedulerError as error:
            return str(error.facts["problems"][0]["code"])
        return "made"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(send, range(2))) == ["already_sent", "made"]
