"""Pay groups with their calendars; periods and timesheets of groups; time that is locked."""

from __future__ import annotations

from typing import Literal

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

KINDS = ("weekly", "fortnightly", "four_weekly", "semi_monthly", "monthly")
TABLES = ("pay_groups", "pay_group_calendars", "pay_group_members", "time_locks")


def upgrade() -> None:
    """Everybody is in no group, whose periods are weeks from Monday as before; no period is locked."""
    create_groups()
    create_calendars()
    create_members()
    create_locks()
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements(TABLES):
            op.execute(statement)
    widen_periods()
    with op.batch_alter_table("timesheets", recreate=_recreate()) as sheets:
        sheets.add_column(sa.Column("pay_group_id", sa.Uuid(), nullable=True))
        sheets.create_foreign_key(
            op.f("fk_timesheets_pay_group_id_pay_groups"),
            "pay_groups",
            ["pay_group_id"],
            ["id"],
            ondelete="RESTRICT",
        )
    op.create_index(op.f("ix_timesheets_pay_group_id"), "timesheets", ["pay_group_id"])


def create_groups() -> None:
    """What groups are called and when they are due."""
    op.create_table(
        "pay_groups",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("sheets_due_days", sa.Integer(), nullable=True),
        sa.Column("pay_day_days", sa.Integer(), nullable=True),
        *_owned("pay_groups"),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_pay_groups_organisation_id_code")),
        sa.CheckConstraint("sheets_due_days >= 0", name=op.f("ck_pay_groups_sheets_due")),
        sa.CheckConstraint("pay_day_days >= 0", name=op.f("ck_pay_groups_pay_day")),
    )
    op.create_index(op.f("ix_pay_groups_organisation_id"), "pay_groups", ["organisation_id"])


def create_calendars() -> None:
    """How groups cut the days into periods."""
    table = "pay_group_calendars"
    op.create_table(
        table,
        sa.Column("pay_group_id", sa.Uuid(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(*KINDS, name="paycalendarkind", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("anchor_on", sa.Date(), nullable=True),
        sa.Column("first_day", sa.Integer(), nullable=True),
        sa.Column("second_day", sa.Integer(), nullable=True),
        *_owned(table, pay_group_id=("pay_groups", "CASCADE")),
        sa.UniqueConstraint(
            "pay_group_id", "valid_from", name=op.f("uq_pay_group_calendars_pay_group_id_valid_from")
        ),
    )
    op.create_index(op.f("ix_pay_group_calendars_organisation_id"), table, ["organisation_id"])


def create_members() -> None:
    """Which locations and people are in which group."""
    table = "pay_group_members"
    parents = {
        "location_id": ("locations", "CASCADE"),
        "employee_id": ("employees", "CASCADE"),
        "pay_group_id": ("pay_groups", "RESTRICT"),
    }
    op.create_table(
        table,
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("pay_group_id", sa.Uuid(), nullable=True),
        *_owned(table, **parents),
        *(
            sa.UniqueConstraint(column, "valid_from", name=op.f(f"uq_pay_group_members_{column}_valid_from"))
            for column in ("location_id", "employee_id")
        ),
        sa.CheckConstraint(
            "(location_id IS NULL) <> (employee_id IS NULL)", name=op.f("ck_pay_group_members_one")
        ),
    )
    for column in ("organisation_id", "pay_group_id"):
        op.create_index(op.f(f"ix_pay_group_members_{column}"), table, [column])


def create_locks() -> None:
    """Time that only payroll changes."""
    table = "time_locks"
    op.create_table(
        table,
        sa.Column("location_id", sa.Uuid(), nullable=False),
        sa.Column("pay_group_id", sa.Uuid(), nullable=True),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("locked_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("locked_by", sa.String(length=80), nullable=False),
        sa.Column("unlocked_at", column_types.UtcDateTime(), nullable=True),
        sa.Column("unlocked_by", sa.String(length=80), nullable=True),
        sa.Column("reason", sa.String(length=500), nullable=True),
        *_owned(table, location_id=("locations", "RESTRICT"), pay_group_id=("pay_groups", "RESTRICT")),
        sa.CheckConstraint("starts_on < ends_on", name=op.f("ck_time_locks_span")),
        sa.CheckConstraint(
            "(unlocked_at IS NULL) = (unlocked_by IS NULL) AND (unlocked_at IS NULL) = (reason IS NULL)",
            name=op.f("ck_time_locks_unlocked"),
        ),
    )
    op.create_index(op.f("ix_time_locks_organisation_id"), table, ["organisation_id"])
    op.create_index("ix_time_locks_period", table, ["location_id", "starts_on"])


def widen_periods() -> None:
    """SQLite builds the table anew, and with it what guards closed periods."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    if sqlite:
        op.execute("DROP TRIGGER pay_lines_closed")
    with op.batch_alter_table("pay_periods", recreate=_recreate()) as periods:
        periods.drop_constraint(op.f("uq_pay_periods_location_id_starts_on"), type_="unique")
        periods.add_column(sa.Column("pay_group_id", sa.Uuid(), nullable=True))
        periods.create_foreign_key(
            op.f("fk_pay_periods_pay_group_id_pay_groups"),
            "pay_groups",
            ["pay_group_id"],
            ["id"],
            ondelete="RESTRICT",
        )
        periods.create_unique_constraint(
            op.f("uq_pay_periods_location_id_pay_group_id_starts_on"),
            ["location_id", "pay_group_id", "starts_on"],
        )
    op.create_index(op.f("ix_pay_periods_pay_group_id"), "pay_periods", ["pay_group_id"])
    without = sa.text("pay_group_id IS NULL")
    op.create_index(
        "ix_pay_periods_no_group",
        "pay_periods",
        ["location_id", "starts_on"],
        unique=True,
        sqlite_where=without,
        postgresql_where=without,
    )
    if sqlite:
        for statement in append_only.CLOSED_PERIODS_SQLITE:
            op.execute(statement)


def _recreate() -> Literal["always", "never"]:
    return "always" if op.get_bind().dialect.name == "sqlite" else "never"


def _owned(table: str, **parents: tuple[str, str]) -> list[sa.Column[object] | sa.Constraint]:
    """A key, whose it is, and what it refers to."""
    every = {**parents, "organisation_id": ("organisations", "CASCADE")}
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete=then
            )
            for column, (parent, then) in every.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
