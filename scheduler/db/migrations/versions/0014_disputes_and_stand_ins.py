"""Disputes and reminders of timesheets, days they are due on, and lent rights to approve."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

GUARDED = ("timesheet_disputes", "timesheet_dispute_events", "timesheet_reminders")
TABLES = (*GUARDED, "timesheet_deadlines", "approval_delegations")


def upgrade() -> None:
    """Every approval so far was the approver's own."""
    op.add_column("timesheets", sa.Column("approved_for", sa.String(length=80), nullable=True))
    _create_disputes()
    _create_duties()
    _create_delegations()
    dialect = op.get_bind().dialect.name
    for statement in append_only.guards(dialect, GUARDED):
        op.execute(statement)
    if dialect == "postgresql":
        for statement in row_security.statements(TABLES):
            op.execute(statement)


def _create_disputes() -> None:
    disputes, events = "timesheet_disputes", "timesheet_dispute_events"
    op.create_table(
        disputes,
        sa.Column("timesheet_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts_at", column_types.UtcDateTime(), nullable=True),
        sa.Column("ends_at", column_types.UtcDateTime(), nullable=True),
        _one_of("state_then", "timesheetstate", "open", "submitted", "approved", "closed"),
        sa.Column("days_then", column_types.Json, nullable=False),
        *_owned(disputes, timesheet_id=("timesheets", "RESTRICT")),
    )
    op.create_index(op.f(f"ix_{disputes}_timesheet_id"), disputes, ["timesheet_id"])
    op.create_table(
        events,
        sa.Column("dispute_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        _one_of("act", "disputeact", "raised", "answered", "accepted", "withdrawn", "closed"),
        sa.Column("words", sa.String(length=500), nullable=False),
        sa.Column("changes", column_types.Json, nullable=False),
        sa.Column("at", column_types.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        *_owned(events, dispute_id=(disputes, "RESTRICT")),
        sa.UniqueConstraint("dispute_id", "number", name=op.f(f"uq_{events}_dispute_id_number")),
    )
    for table in (disputes, events):
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _create_duties() -> None:
    reminders, deadlines = "timesheet_reminders", "timesheet_deadlines"
    op.create_table(
        reminders,
        sa.Column("timesheet_id", sa.Uuid(), nullable=False),
        _one_of("duty", "duty", "confirm", "approve"),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", column_types.UtcDateTime(), nullable=False),
        sa.Column("by", sa.String(length=80), nullable=False),
        *_owned(reminders, timesheet_id=("timesheets", "RESTRICT")),
        sa.UniqueConstraint(
            "timesheet_id", "duty", "day", name=op.f(f"uq_{reminders}_timesheet_id_duty_day")
        ),
    )
    op.create_table(
        deadlines,
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("confirm_days", sa.Integer(), nullable=False),
        sa.Column("approve_days", sa.Integer(), nullable=False),
        *_owned(deadlines, location_id=("locations", "CASCADE")),
        sa.UniqueConstraint("location_id", name=op.f(f"uq_{deadlines}_location_id")),
        sa.CheckConstraint(
            "confirm_days BETWEEN 1 AND 60 AND approve_days BETWEEN 1 AND 60",
            name=op.f(f"ck_{deadlines}_days"),
        ),
    )
    for table in (reminders, deadlines):
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])


def _create_delegations() -> None:
    table = "approval_delegations"
    op.create_table(
        table,
        sa.Column("giver_id", sa.Uuid(), nullable=False),
        sa.Column("receiver_id", sa.Uuid(), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("given_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", column_types.UtcDateTime(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=True),
        *_owned(
            table,
            giver_id=("accounts", "CASCADE"),
            receiver_id=("accounts", "CASCADE"),
            location_id=("locations", "CASCADE"),
        ),
        sa.CheckConstraint("starts_on < ends_on", name=op.f(f"ck_{table}_span")),
    )
    for column in ("giver_id", "receiver_id", "organisation_id"):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column])


def _one_of(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)


def _owned(table: str, **parents: tuple[str, str]) -> list[sa.Column[object] | sa.Constraint]:
    """A key, whose it is, and what it belongs to: column -> table and what happens with it."""
    belongs = {**parents, "organisation_id": ("organisations", "CASCADE")}
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete=then
            )
            for column, (parent, then) in belongs.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
