"""The log of short rests in published rosters, and changes that came too late without consent."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

PAY_CODES = (
    "regular",
    "predictability_1h",
    "predictability_half",
    "schedule_change_premium",
    "short_rest_premium",
    "clopening_premium",
)


def upgrade() -> None:
    """No short rest was logged before, and no change was held against the notice of a single shift."""
    op.add_column("roster_changes", sa.Column("finding", column_types.Json, nullable=True))
    create_log()
    dialect = op.get_bind().dialect.name
    widen_pay_codes(dialect)
    rebuilt = ("pay_lines",) if dialect == "sqlite" else ()
    for statement in append_only.guards(dialect, ("short_rests", *rebuilt)):
        op.execute(statement)
    if dialect == "sqlite":
        op.execute(append_only.PAY_LINES_SQLITE)
    else:
        for statement in row_security.statements(["short_rests"]):
            op.execute(statement)


def create_log() -> None:
    """The table of short rests."""
    op.create_table(
        "short_rests",
        sa.Column("publication_id", sa.Uuid(), nullable=False),
        sa.Column("before_roster_id", sa.Uuid(), nullable=False),
        sa.Column("roster_id", sa.Uuid(), nullable=False),
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("before_lineage_id", sa.Uuid(), nullable=False),
        sa.Column("lineage_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("before", column_types.Json, nullable=False),
        sa.Column("after", column_types.Json, nullable=False),
        sa.Column("rest_minutes", sa.Integer(), nullable=True),
        sa.Column("due_minutes", sa.Integer(), nullable=False),
        sa.Column("told_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("notice_minutes", sa.Integer(), nullable=False),
        sa.Column("changed_by", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
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
        sa.CheckConstraint("notice_minutes >= 0", name=op.f("ck_short_rests_notice")),
        sa.CheckConstraint(
            "premium_cents >= 0 AND premium_minutes >= 0", name=op.f("ck_short_rests_premium")
        ),
        sa.CheckConstraint(
            "premium_cents = 0 OR "
            "(pay_code IS NOT NULL AND contract_id IS NOT NULL AND rest_minutes IS NOT NULL)",
            name=op.f("ck_short_rests_grounds"),
        ),
        *(
            sa.ForeignKeyConstraint(
                [column],
                [f"{table}.id"],
                name=op.f(f"fk_short_rests_{column}_{table}"),
                ondelete="CASCADE" if table == "organisations" else "RESTRICT",
            )
            for column, table in (
                ("publication_id", "publications"),
                ("before_roster_id", "rosters"),
                ("roster_id", "rosters"),
                ("employee_id", "employees"),
                ("contract_id", "contracts"),
                ("organisation_id", "organisations"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_short_rests")),
        sa.UniqueConstraint(
            "publication_id",
            "employee_id",
            "before_lineage_id",
            "lineage_id",
            name=op.f("uq_short_rests_publication_id_employee_id_before_lineage_id_lineage_id"),
        ),
    )
    for column in ("publication_id", "before_roster_id", "roster_id", "employee_id", "organisation_id"):
        op.create_index(op.f(f"ix_short_rests_{column}"), "short_rests", [column])


def widen_pay_codes(dialect: str) -> None:
    """Pay lines may be premiums of short rests too; SQLite builds the table anew."""
    name = op.f("ck_pay_lines_paycode")
    codes = ", ".join(f"'{code}'" for code in PAY_CODES)
    with op.batch_alter_table("pay_lines", recreate="always" if dialect == "sqlite" else "never") as table:
        table.drop_constraint(name, type_="check")
        table.create_check_constraint(name, f"pay_code IN ({codes})")


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
