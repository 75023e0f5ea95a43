"""Leave policies and the ledger of leave, announcements, and webhooks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

TABLES = (
    "leave_policies",
    "leave_entries",
    "announcements",
    "webhook_endpoints",
    "webhook_deliveries",
    "webhook_attempts",
)
LEAVE_KINDS = ("annual", "sick", "unpaid", "other", "overtime")
HR_KINDS = (
    "worked_hours",
    "leave",
    "overtime",
    "contract_dates",
    "expiring_skills",
    "leave_balances",
    "overtime_accounts",
)


def upgrade() -> None:
    """Nobody had an account of leave before, and nobody was told of anything."""
    dialect = op.get_bind().dialect.name
    _create_policies()
    _create_entries()
    _create_announcements()
    _create_endpoints()
    _create_deliveries()
    _create_attempts()
    for table in TABLES:
        op.create_index(op.f(f"ix_{table}_organisation_id"), table, ["organisation_id"])
    for statement in append_only.guards(dialect, ("leave_entries",)):
        op.execute(statement)
    if dialect == "postgresql":
        for statement in row_security.statements(TABLES):
            op.execute(statement)
    _widen("time_off", "ck_time_off_leavekind", "kind", LEAVE_KINDS)
    _widen("hr_records", "ck_hr_records_hrrecordkind", "kind", HR_KINDS)


def _widen(table_name: str, constraint: str, column: str, values: tuple[str, ...]) -> None:
    """Let a column say more than before; SQLite builds the table anew."""
    sqlite = op.get_bind().dialect.name == "sqlite"
    allowed = ", ".join(f"'{value}'" for value in values)
    with op.batch_alter_table(table_name, recreate="always" if sqlite else "never") as table:
        table.drop_constraint(op.f(constraint), type_="check")
        table.create_check_constraint(op.f(constraint), f"{column} IN ({allowed})")


def _one_of(column: str, name: str, *values: str) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)
    return sa.Column(column, kind, nullable=False)


def _at(column: str, *, nullable: bool = False) -> sa.Column[object]:
    return sa.Column(column, column_types.UtcDateTime(), nullable=nullable)


def _owned(table: str, **parents: tuple[str, str]) -> list[sa.Column[object] | sa.Constraint]:
    """Id, organisation and keys of a table."""
    referred = {**parents, "organisation_id": ("organisations", "CASCADE")}
    columns: list[sa.Column[object]] = [
        sa.Column(name, sa.Uuid(), nullable=False) for name in ("id", *referred)
    ]
    return [
        *columns,
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
        *(
            sa.ForeignKeyConstraint(
                [column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"), ondelete=ondelete
            )
            for column, (parent, ondelete) in referred.items()
        ),
    ]


def _create_policies() -> None:
    table = "leave_policies"
    op.create_table(
        table,
        _one_of("kind", "leavekind", *LEAVE_KINDS),
        sa.Column("starts_on", sa.Date(), nullable=False),
        _one_of("unit", "leaveunit", "days", "minutes"),
        _one_of("granting", "leavegranting", "yearly", "monthly", "hours", "by_hand"),
        sa.Column("yearly_amount", sa.Integer(), nullable=False),
        sa.Column("long_service_years", sa.Integer(), nullable=True),
        sa.Column("long_service_amount", sa.Integer(), nullable=True),
        sa.Column("share_basis_points", sa.Integer(), nullable=False),
        _one_of("part_year", "partyear", "days", "started_months", "full_months"),
        _one_of("rounding", "leaverounding", "exact", "up", "half_up"),
        sa.Column("day_minutes", sa.Integer(), nullable=False),
        sa.Column("full_time_weekly_minutes", sa.Integer(), nullable=True),
        sa.Column("waiting_months", sa.Integer(), nullable=False),
        sa.Column("counted_weekdays", column_types.Json, nullable=False),
        sa.Column("counts_holidays", sa.Boolean(), nullable=False),
        sa.Column("carry_over_limit", sa.Integer(), nullable=True),
        sa.Column("carry_over_months", sa.Integer(), nullable=True),
        sa.Column("source", sa.String(length=200), nullable=True),
        *_owned(table, location_id=("locations", "CASCADE")),
        sa.CheckConstraint(
            "yearly_amount >= 0 AND waiting_months >= 0 AND day_minutes > 0 AND share_basis_points >= 0",
            name=op.f("ck_leave_policies_amounts"),
        ),
        sa.CheckConstraint(
            "(long_service_years IS NULL) = (long_service_amount IS NULL)",
            name=op.f("ck_leave_policies_long_service"),
        ),
        sa.UniqueConstraint(
            "location_id", "kind", "starts_on", name=op.f("uq_leave_policies_location_id_kind_starts_on")
        ),
    )


def _create_entries() -> None:
    table = "leave_entries"
    op.create_table(
        table,
        _one_of("leave_kind", "leavekind", *LEAVE_KINDS),
        sa.Column("day", sa.Date(), nullable=False),
        _one_of("entry", "leaveentrykind", "opening", "grant", "accrual", "adjustment", "paid_out"),
        _one_of("unit", "leaveunit", "days", "minutes"),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("source", sa.String(length=120), nullable=True),
        _at("recorded_at"),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        *_owned(table, employee_id=("employees", "RESTRICT")),
        sa.UniqueConstraint(
            "employee_id", "leave_kind", "source", name=op.f("uq_leave_entries_employee_id_leave_kind_source")
        ),
    )
    op.create_index("ix_leave_entries_account", table, ["employee_id", "leave_kind", "day"])


def _create_announcements() -> None:
    table = "announcements"
    op.create_table(
        table,
        _at("at"),
        sa.Column("type", sa.String(length=60), nullable=False),
        sa.Column("facts", column_types.Json, nullable=False),
        sa.Column("key", sa.String(length=160), nullable=True),
        _at("handed_out_at", nullable=True),
        *_owned(table),
        sa.UniqueConstraint("organisation_id", "key", name=op.f("uq_announcements_organisation_id_key")),
    )
    op.create_index("ix_announcements_waiting", table, ["handed_out_at", "id"])


def _create_endpoints() -> None:
    table = "webhook_endpoints"
    op.create_table(
        table,
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("url", sa.String(length=500), nullable=False),
        sa.Column("event_types", column_types.Json, nullable=False),
        sa.Column("secret_number", sa.Integer(), nullable=False),
        sa.Column("secret_hash", sa.String(length=64), nullable=False),
        _at("old_secret_until", nullable=True),
        _at("failing_since", nullable=True),
        _at("disabled_at", nullable=True),
        sa.Column("disabled_reason", sa.String(length=300), nullable=True),
        _at("created_at"),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        _at("removed_at", nullable=True),
        *_owned(table),
    )


def _create_deliveries() -> None:
    table = "webhook_deliveries"
    op.create_table(
        table,
        _one_of("state", "deliverystate", "waiting", "delivered", "failed"),
        sa.Column("attempts", sa.Integer(), nullable=False),
        _at("next_attempt_at", nullable=True),
        _at("delivered_at", nullable=True),
        _at("created_at"),
        *_owned(
            table,
            endpoint_id=("webhook_endpoints", "CASCADE"),
            announcement_id=("announcements", "CASCADE"),
        ),
        sa.UniqueConstraint(
            "endpoint_id",
            "announcement_id",
            name=op.f("uq_webhook_deliveries_endpoint_id_announcement_id"),
        ),
    )
    op.create_index(op.f("ix_webhook_deliveries_announcement_id"), table, ["announcement_id"])
    op.create_index("ix_webhook_deliveries_due", table, ["state", "next_attempt_at"])


def _create_attempts() -> None:
    table = "webhook_attempts"
    op.create_table(
        table,
        _at("at"),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("milliseconds", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(length=500), nullable=False),
        sa.Column("problem", sa.String(length=300), nullable=True),
        *_owned(table, delivery_id=("webhook_deliveries", "CASCADE")),
    )
    op.create_index(op.f("ix_webhook_attempts_delivery_id"), table, ["delivery_id"])


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
