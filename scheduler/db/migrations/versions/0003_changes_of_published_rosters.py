"""The log of changes of published rosters, the premiums they cost, and the sector of a location."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

PAY_CODES = "'regular', 'predictability_1h', 'predictability_half', 'schedule_change_premium'"
CAUSES = ("employer", "employee_request", "swap", "emergency")


def upgrade() -> None:
    """No change of a published roster was logged before, and no location has a sector."""
    op.add_column("locations", sa.Column("sector", sa.String(length=40), nullable=True))
    create_log()
    dialect = op.get_bind().dialect.name
    widen_pay_lines(dialect)
    rebuilt = ("pay_lines",) if dialect == "sqlite" else ()
    for statement in append_only.guards(dialect, ("roster_changes", *rebuilt)):
        op.execute(statement)
    if dialect == "sqlite":
        op.execute(append_only.PAY_LINES_SQLITE)
    else:
        for statement in row_security.statements(["roster_changes"]):
            op.execute(statement)


def create_log() -> None:
    """The table of changes."""
    op.create_table(
        "roster_changes",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", column_types.Json, nullable=True),
        sa.Column("after", column_types.Json, nullable=True),
        sa.Column("told_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column(
            "cause",
            sa.Enum(*CAUSES, name="changecause", native_enum=False, create_constraint=True, length=32),
            nullable=False,
        ),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.Column("consented", sa.Boolean(), nullable=False),
        sa.Column("pay_code", sa.String(length=32), nullable=True),
        sa.Column("contract_id", sa.Uuid(), nullable=True),
        sa.Column("premium_minutes", sa.Integer(), nullable=False),
        sa.Column("hourly_rate_cents", sa.Integer(), nullable=False),
        sa.Column("multiplier", sa.String(length=20), nullable=True),
        sa.Column("premium_cents", sa.Integer(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=True),
        sa.Column("pack", sa.String(length=120), nullable=True),
        sa.Column("citation", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("notice_minutes >= 0", name=op.f("ck_roster_changes_notice")),
        sa.CheckConstraint(
            "premium_cents >= 0 AND premium_minutes >= 0", name=op.f("ck_roster_changes_premium")
        ),
        sa.CheckConstraint(
            "premium_cents = 0 OR (pay_code IS NOT NULL AND contract_id IS NOT NULL)",
            name=op.f("ck_roster_changes_grounds"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_roster_changes_{column}_{table}"),
                ondelete="CASCADE" if table == "organisations" else "RESTRICT",
            )
            for column, table in (
                ("publication_id", "publications"),
                ("roster_id", "rosters"),
                ("employee_id", "employees"),
                ("contract_id", "contracts"),
                ("organisation_id", "organisations"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roster_changes")),
        sa.UniqueConstraint(
            "publication_id",
            "employee_id",
            "lineage_id",
            name=op.f("uq_roster_changes_publication_id_employee_id_lineage_id"),
        ),
    )
    for column in ("publication_id", "employee_id", "organisation_id"):
        op.create_index(op.f(f"ix_roster_changes_{column}"), "roster_changes", [column])
    op.create_index("ix_roster_changes_day", "roster_changes", ["roster_id", "day"])


def widen_pay_lines(dialect: str) -> None:
    """Pay lines say which law asks for them, and may be premiums; SQLite builds the table anew."""
    columns = [
        sa.Column("multiplier", sa.String(length=20), nullable=True),
        sa.Column("rule", sa.String(length=80), nullable=True),
        sa.Column("pack", sa.String(length=120), nullable=True),
        sa.Column("citation", sa.Text(), nullable=True),
    ]
    name, codes = op.f("ck_pay_lines_paycode"), f"pay_code IN ({PAY_CODES})"
    with op.batch_alter_table("pay_lines", recreate="always" if dialect == "sqlite" else "never") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, codes)
        for column in columns:
            table.add_column(column)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
