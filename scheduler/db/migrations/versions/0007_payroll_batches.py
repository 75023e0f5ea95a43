"""Payroll systems that lines are handed to: own profiles, targets, mappings, batches with their bytes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from scheduler.db import append_only, column_types, row_security

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

TABLES = (
    "payroll_profiles",
    "payroll_targets",
    "payroll_mappings",
    "payroll_batches",
    "payroll_batch_periods",
    "payroll_batch_pieces",
    "payroll_batch_events",
)


def upgrade() -> None:
    """Nothing was handed over in batches before."""
    op.create_table(
        "payroll_profiles",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=100), nullable=False),
        sa.Column("document", column_types.Json, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("saved_by", sa.String(length=80), nullable=False),
        sa.Column("saved_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_profiles_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_profiles")),
        sa.UniqueConstraint(
            "organisation_id", "code", "number", name=op.f("uq_payroll_profiles_organisation_id_code_number")
        ),
    )
    op.create_index(op.f("ix_payroll_profiles_organisation_id"), "payroll_profiles", ["organisation_id"])
    op.create_table(
        "payroll_targets",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("profile_code", sa.String(length=40), nullable=False),
        sa.Column("settings", column_types.Json, nullable=False),
        sa.Column("same_numbers", sa.Boolean(), nullable=False),
        sa.Column("created_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_targets_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_targets")),
        sa.UniqueConstraint("organisation_id", "code", name=op.f("uq_payroll_targets_organisation_id_code")),
    )
    op.create_index(op.f("ix_payroll_targets_organisation_id"), "payroll_targets", ["organisation_id"])
    op.create_table(
        "payroll_batches",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("profile", column_types.Json, nullable=False),
        sa.Column("settings", column_types.Json, nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("file_name", sa.String(length=150), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("line_count", sa.Integer(), nullable=False),
        sa.Column("person_count", sa.Integer(), nullable=False),
        sa.Column("totals", column_types.Json, nullable=False),
        sa.Column("created_by", sa.String(length=80), nullable=False),
        sa.Column("created_at", column_types.UtcDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.CheckConstraint("first_day <= last_day", name=op.f("ck_payroll_batches_span")),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_batches_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["payroll_targets.id"],
            name=op.f("fk_payroll_batches_target_id_payroll_targets"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_batches")),
        sa.UniqueConstraint("target_id", "number", name=op.f("uq_payroll_batches_target_id_number")),
    )
    op.create_index(op.f("ix_payroll_batches_organisation_id"), "payroll_batches", ["organisation_id"])
    op.create_index(op.f("ix_payroll_batches_target_id"), "payroll_batches", ["target_id"])
    op.create_table(
        "payroll_mappings",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "employee",
                "pay_code",
                "location",
                name="mappingkind",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("ours", sa.String(length=80), nullable=False),
        sa.Column("theirs", column_types.Json, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_mappings_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["target_id"],
            ["payroll_targets.id"],
            name=op.f("fk_payroll_mappings_target_id_payroll_targets"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_mappings")),
        sa.UniqueConstraint(
            "target_id", "kind", "ours", name=op.f("uq_payroll_mappings_target_id_kind_ours")
        ),
    )
    op.create_index(op.f("ix_payroll_mappings_organisation_id"), "payroll_mappings", ["organisation_id"])
    op.create_index(op.f("ix_payroll_mappings_target_id"), "payroll_mappings", ["target_id"])
    op.create_table(
        "payroll_batch_events",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "draft",
                "exported",
                "accepted",
                "rejected",
                "superseded",
                name="batchstate",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("at", column_types.UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(length=80), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=True),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["payroll_batches.id"],
            name=op.f("fk_payroll_batch_events_batch_id_payroll_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_batch_events_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_batch_events")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_payroll_batch_events_batch_id_number")),
    )
    op.create_index(
        op.f("ix_payroll_batch_events_organisation_id"), "payroll_batch_events", ["organisation_id"]
    )
    op.create_table(
        "payroll_batch_periods",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("pay_period_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["payroll_batches.id"],
            name=op.f("fk_payroll_batch_periods_batch_id_payroll_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_batch_periods_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["pay_period_id"],
            ["pay_periods.id"],
            name=op.f("fk_payroll_batch_periods_pay_period_id_pay_periods"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_batch_periods")),
        sa.UniqueConstraint(
            "batch_id", "pay_period_id", name=op.f("uq_payroll_batch_periods_batch_id_pay_period_id")
        ),
    )
    op.create_index(
        op.f("ix_payroll_batch_periods_organisation_id"), "payroll_batch_periods", ["organisation_id"]
    )
    op.create_index(
        op.f("ix_payroll_batch_periods_pay_period_id"), "payroll_batch_periods", ["pay_period_id"]
    )
    op.create_table(
        "payroll_batch_pieces",
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("organisation_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["payroll_batches.id"],
            name=op.f("fk_payroll_batch_pieces_batch_id_payroll_batches"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["organisation_id"],
            ["organisations.id"],
            name=op.f("fk_payroll_batch_pieces_organisation_id_organisations"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payroll_batch_pieces")),
        sa.UniqueConstraint("batch_id", "number", name=op.f("uq_payroll_batch_pieces_batch_id_number")),
    )
    op.create_index(
        op.f("ix_payroll_batch_pieces_organisation_id"), "payroll_batch_pieces", ["organisation_id"]
    )
    dialect = op.get_bind().dialect.name
    guarded = [table for table in TABLES if table not in ("payroll_targets", "payroll_mappings")]
    for statement in append_only.guards(dialect, guarded):
        op.execute(statement)
    if dialect == "postgresql":
        for statement in row_security.statements(TABLES):
            op.execute(statement)


def downgrade() -> None:
    """Migrations only lead forward; the way back is the backup."""
    raise RuntimeError("restore the backup that was made before the upgrade")
