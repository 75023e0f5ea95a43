"""Consents and opt-outs of people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import column_types, row_security

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nobody's consent was recorded before."""
    op.create_table(
        "consents",
        sa.Column("employee_id", sa.Uuid(), nullable=False),
        sa.Column("ground", sa.String(length=80), nullable=False),
        sa.Column("given_on", sa.Date(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("notice_days", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.String(length=500), nullable=False),
        sa.Column("recorded_by", sa.String(length=80), nullable=False),
        sa.Column("recorded_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=True),
        sa.Column("withdrawn_by", sa.String(length=80), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("given_on <= valid_from", name=op.f("ck_consents_given")),
        sa.CheckConstraint("valid_until IS NULL OR valid_from < valid_until", name=op.f("ck_consents_span")),
        sa.CheckConstraint("notice_days >= 0", name=op.f("ck_consents_notice")),
        sa.CheckConstraint(
            "(withdrawn_on IS NULL) = (withdrawn_by IS NULL)", name=op.f("ck_consents_withdrawn")
        ),
        sa.ForeignKeyConstraint(
            ["employee_id"],
            ["employees.id"],
            name=op.f("fk_consents_employee_id_employees"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_consents_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_employee_id"), "consents", ["employee_id"])
    op.create_index(op.f("ix_consents_organisation_id"), "consents", ["organisation_id"])
    if op.get_bind().dialect.name == "postgresql":
        for statement in row_security.statements(["consents"]):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
