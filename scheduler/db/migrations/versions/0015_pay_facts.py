"""Records of everything pay is worked out from: pay facts, allowances, and what contracts say besides."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

GUARDED = ("pay_facts", "pay_fact_decisions")
TABLES = (*GUARDED, "allowances")
KINDS = (
    "bonus", "payment", "deduction", "sent_home", "called_back", "other_rate", "rests_given", "no_day_off",
    "unexcused",
)  # fmt: skip


def upgrade() -> None:
    """Nothing of this was kept before: contracts say nothing besides, and lines have no other records."""
    dialect = op.get_bind().dialect.name
    _widen_contracts(dialect)
    _widen_lines(dialect)
    _create_facts()
    _create_decisions()
    _create_allowances()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    for statement in append_only.guards(dialect, GUARDED):
        op.execute(statement)
    if dialect == "postgresql":
        for statement in row_security.statements(TABLES):
            op.execute(statement)


def _widen_contracts(dialect: str) -> None:
    columns: tuple[sa.Column[Any], ...] = (
        _one_of("salary_by", "partofmonth", "calendar_days", "working_days", "thirtieths", nullable=True),
        sa.Column("daily_rate_cents", sa.Integer(), nullable=True),
        sa.Column("guaranteed_weekly_minutes", sa.Integer(), nullable=True),
        _one_of("night_work", "nightwork", "normal_course", "permanent", nullable=True),
        sa.Column("agreed_week", column_types.Json, nullable=True),
        sa.Column("exempt_by", sa.String(length=120), nullable=True),
        sa.Column("daily_allowance_cents", sa.Integer(), nullable=True),
    )
    with op.batch_alter_table("contracts", recreate="always" if dialect == "sqlite" else "never") as table:
        for column in columns:
            table.add_column(column)


def _widen_lines(dialect: str) -> None:
    """SQLite builds the table anew, and its guards with it."""
    with op.batch_alter_table("pay_lines", recreate="always" if dialect == "sqlite" else "never") as table:
        table.alter_column("contract_version", type_=sa.String(length=300), existing_nullable=True)
        table.add_column(sa.Column("records", column_types.Json, nullable=True))
    if dialect == "sqlite":
        for statement in append_only.guards(dialect, ("pay_lines",)):
            op.execute(statement)
        op.execute(append_only.PAY_LINES_SQLITE)


def _create_facts() -> None:
    table = "pay_facts"
    op.create_table(
        table,
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        _one_of("kind", "payfactkind", *KINDS),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("amount_cents", sa.Integer(), nullable=True),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("effect", sa.String(length=20), nullable=True),
        sa.Column("earned_from", sa.Date(), nullable=True),
        sa.Column("earned_until", sa.Date(), nullable=True),
        sa.Column("pay_code", sa.String(length=40), nullable=True),
        sa.Column("punch_id", sa.Uuid(), nullable=True),
        sa.Column("count", sa.Integer(), nullable=True),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("external_id", sa.String(length=120), nullable=True),
        sa.Column("recorded_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        *_owned(table, employee_id="employees", punch_id="punches"),
        sa.UniqueConstraint(
            "organisation_id", "external_id", name=op.f(f"uq_{table}_organisation_id_external_id")
        ),
        sa.CheckConstraint("(amount_cents IS NULL) = (currency IS NULL)", name=op.f(f"ck_{table}_money")),
        sa.CheckConstraint("amount_cents IS NULL OR amount_cents > 0", name=op.f(f"ck_{table}_amount")),
        sa.CheckConstraint(
            "(earned_from IS NULL) = (earned_until IS NULL) AND (earned_from IS NULL OR "
            "earned_from < earned_until)",
            name=op.f(f"ck_{table}_earned"),
        ),
    )
    op.create_index("ix_pay_facts_employee_day", table, ["employee_id", "day"])


def _create_decisions() -> None:
    table = "pay_fact_decisions"
    op.create_table(
        table,
        sa.Column("pay_fact_id", sa.Uuid(), nullable=False),
        _one_of("verdict", "payfactverdict", "approved", "refused", "taken_back"),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("decided_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("decided_by", sa.String(length=80), nullable=False),
        *_owned(table, pay_fact_id="pay_facts"),
        sa.UniqueConstraint("pay_fact_id", "verdict", name=op.f(f"uq_{table}_pay_fact_id_verdict")),
    )


def _create_allowances() -> None:
    table = "allowances"
    op.create_table(
        table,
        sa.Column("pay_code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        _one_of("per", "allowanceper", "day", "shift", "night"),
        sa.Column("amount_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("least_minutes", sa.Integer(), nullable=False),
        sa.Column("effect", sa.String(length=20), nullable=False),
        sa.Column("location_id", sa.Uuid(), nullable=True),
        sa.Column("job_role_id", sa.Uuid(), nullable=True),
        sa.Column("employee_id", sa.Uuid(), nullable=True),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("cite", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        *_owned(table, location_id="locations", job_role_id="job_roles", employee_id="employees"),
        sa.CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name=op.f(f"ck_{table}_span")),
        sa.CheckConstraint("amount_cents > 0", name=op.f(f"ck_{table}_amount")),
        sa.CheckConstraint("least_minutes >= 0", name=op.f(f"ck_{table}_least")),
    )


def _one_of(column: str, name: str, *values: str, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=nullable)


def _owned(table: str, **parents: str) -> list[sa.Column[object] | sa.Constraint]:
    """A key, whose it is, and what it belongs to."""
    return [
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete="RESTRICT"
            )
            for column, parent in parents.items()
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"], ["organisations.id"],
            name=op.f(f"fk_{table}_organisation_id_organisations"), ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    ]  # fmt: skip


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
