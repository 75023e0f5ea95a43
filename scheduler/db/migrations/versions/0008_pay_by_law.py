"""Pay lines by rule packs: an open list of codes, finer rates, which minutes are worked; salaries."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Lines that are there stay as they are: their codes are among the new ones, the rest is not known."""
    dialect = op.get_bind().dialect.name
    op.add_column("contracts", sa.Column("monthly_salary_cents", sa.Integer(), nullable=True))
    op.add_column("pay_periods", sa.Column("law", sa.Text(), nullable=True))
    with op.batch_alter_table("pay_lines", recreate="always" if dialect == "sqlite" else "never") as table:
        table.drop_constraint(op.f("ck_pay_lines_paycode"), type_="check")
        table.alter_column("pay_code", type_=sa.String(length=40), existing_nullable=False)
        table.add_column(sa.Column("rate", sa.String(length=30), nullable=True))
        table.add_column(sa.Column("is_worked", sa.Boolean(), nullable=True))
        table.add_column(sa.Column("contract_version", sa.String(length=80), nullable=True))
    if dialect == "sqlite":
        for statement in append_only.guards(dialect, ("pay_lines",)):
            op.execute(statement)
        op.execute(append_only.PAY_LINES_SQLITE)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
