"""Rows that can be added and never changed or removed, held by triggers on both databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

FIRST_RELEASE = ("punches", "pay_lines", "audit_entries", "publications")
"""Those that the first migration guards."""
PAYROLL = (
    "payroll_profiles",
    "payroll_batches",
    "payroll_batch_periods",
    "payroll_batch_pieces",
    "payroll_batch_events",
)
"""What was handed to payroll systems, and the profiles it was written by."""
TIMESHEETS = ("timesheet_disputes", "timesheet_dispute_events", "timesheet_reminders")
"""What people said of timesheets, and of what they were reminded."""
PAY_FACTS = ("pay_facts", "pay_fact_decisions")
"""What pay is worked out from besides punches, and what was decided on it."""
APPEND_ONLY = (
    *FIRST_RELEASE,
    "roster_changes",
    "short_rests",
    *PAYROLL,
    "exception_decisions",
    *TIMESHEETS,
    "leave_entries",
    *PAY_FACTS,
)
"""Tables that refuse UPDATE and DELETE."""

_FROZEN = "(SELECT state FROM roster_versions WHERE id = {row}.version_id) IN ('published', 'superseded')"
_UNPUBLISHED = (
    "OLD.state = 'published' AND NEW.state NOT IN ('published', 'superseded') "
    "OR OLD.state = 'superseded' AND NEW.state <> 'superseded'"
)
_CLOSED = "(SELECT state FROM pay_periods WHERE id = NEW.pay_period_id) = 'closed'"

_POSTGRESQL = (
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
    "CREATE OR REPLACE FUNCTION refuse_published_change() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN IF (TG_OP <> 'INSERT' AND " + _FROZEN.format(row="OLD") + ") "
    "OR (TG_OP <> 'DELETE' AND " + _FROZEN.format(row="NEW") + ") "
    "THEN RAISE EXCEPTION 'a published version never changes'; END IF; "
    "IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
    "CREATE TRIGGER shifts_published BEFORE INSERT OR UPDATE OR DELETE ON shifts "
    "FOR EACH ROW EXECUTE FUNCTION refuse_published_change()",
    "CREATE OR REPLACE FUNCTION refuse_unpublishing() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a published version stays published or is superseded'; END $$",
    "CREATE TRIGGER roster_versions_published BEFORE UPDATE ON roster_versions FOR EACH ROW "
    f"WHEN ({_UNPUBLISHED}) EXECUTE FUNCTION refuse_unpublishing()",
    "CREATE OR REPLACE FUNCTION refuse_closed_period() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION 'a closed pay period never changes'; END $$",
    "CREATE TRIGGER pay_periods_closed BEFORE UPDATE OR DELETE ON pay_periods FOR EACH ROW "
    "WHEN (OLD.state = 'closed') EXECUTE FUNCTION refuse_closed_period()",
    "CREATE OR REPLACE FUNCTION refuse_line_of_closed_period() RETURNS trigger LANGUAGE plpgsql AS "
    f"$$ BEGIN IF {_CLOSED} THEN RAISE EXCEPTION 'a closed pay period never changes'; END IF; "
    "RETURN NEW; END $$",
    "CREATE TRIGGER pay_lines_closed BEFORE INSERT ON pay_lines "
    "FOR EACH ROW EXECUTE FUNCTION refuse_line_of_closed_period()",
)

_SQLITE = (
    *(
        f"CREATE TRIGGER shifts_published_{verb.lower()} BEFORE {verb} ON shifts WHEN {frozen} "
        "BEGIN SELECT RAISE(ABORT, 'a published version never changes'); END"
        for verb, frozen in (
            ("INSERT", _FROZEN.format(row="NEW")),
            ("UPDATE", f"{_FROZEN.format(row='OLD')} OR {_FROZEN.format(row='NEW')}"),
            ("DELETE", _FROZEN.format(row="OLD")),
        )
    ),
    f"CREATE TRIGGER roster_versions_published BEFORE UPDATE ON roster_versions WHEN {_UNPUBLISHED} "
    "BEGIN SELECT RAISE(ABORT, 'a published version stays published or is superseded'); END",
    *(
        f"CREATE TRIGGER {name} BEFORE {event} WHEN {closed} "
        "BEGIN SELECT RAISE(ABORT, 'a closed pay period never changes'); END"
        for name, event, closed in (
            ("pay_periods_closed_update", "UPDATE ON pay_periods", "OLD.state = 'closed'"),
            ("pay_periods_closed_delete", "DELETE ON pay_periods", "OLD.state = 'closed'"),
            ("pay_lines_closed", "INSERT ON pay_lines", _CLOSED),
        )
    ),
)


PAY_LINES_SQLITE = next(each for each in _SQLITE if each.startswith("CREATE TRIGGER pay_lines_closed"))
"""Has to be made anew when SQLite rebuilds the table of pay lines."""
CLOSED_PERIODS_SQLITE = tuple(each for each in _SQLITE if "pay_periods" in each)
"""Have to be made anew when SQLite rebuilds the table of pay periods."""


def statements(dialect: str) -> Iterator[str]:
    """The SQL that puts the triggers of the first release in place on ``sqlite`` or ``postgresql``."""
    yield from _POSTGRESQL if dialect == "postgresql" else _SQLITE
    yield from guards(dialect, FIRST_RELEASE)


def guards(dialect: str, tables: Iterable[str]) -> Iterator[str]:
    """The SQL that lets rows of some tables be added only."""
    for table in tables:
        if dialect == "postgresql":
            yield (
                f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION refuse_change()"
            )
            continue
        for verb in ("UPDATE", "DELETE"):
            yield (
                f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
            )
