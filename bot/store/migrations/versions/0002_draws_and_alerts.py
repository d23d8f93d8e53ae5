"""Draws with their revisions, watched pages, notices, alerts, deliveries, workers; subscriptions to choose by."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

Moment = sa.DateTime(timezone=True)
Counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
DELIVERY_STATES = "'pending', 'retry', 'sending', 'uncertain', 'sent', 'blocked', 'failed', 'cancelled'"


def upgrade() -> None:
    _choosing()
    _draws()
    _watching()
    _alerts()
    _deliveries()
    _workers()


def _choosing() -> None:
    with op.batch_alter_table("subscriptions") as table:
        for name in ("programs", "streams", "regions"):
            table.add_column(sa.Column(name, sa.BigInteger(), nullable=False, server_default="0"))
        for name in ("by_code", "paused"):
            table.add_column(sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
        for name in ("within", "score_crs", "score_eoi"):
            table.add_column(sa.Column(name, sa.Integer(), nullable=True))
    op.create_table(
        "subscription_codes",
        sa.Column("code", sa.String(5), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", "chat_id", name="pk_subscription_codes"),
    )
    op.create_index("ix_subscription_codes_chat_id", "subscription_codes", ["chat_id"])
    op.create_index("ix_subscription_codes_person_id", "subscription_codes", ["person_id"])


def _draws() -> None:
    op.create_table(
        "draws",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("program", sa.String(40), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("changed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_draws"),
    )
    op.create_index("ix_draws_program", "draws", ["program"])
    op.create_index("ix_draws_changed_at", "draws", ["changed_at"])
    op.create_table(
        "draw_revisions",
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("revision", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("changed", sa.String(200), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("key", "revision", name="pk_draw_revisions"),
    )


def _watching() -> None:
    op.create_table(
        "sources",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.String(64), nullable=True),
        sa.Column("checked_at", Moment, nullable=True),
        sa.Column("changed_at", Moment, nullable=True),
        sa.Column("next_at", Moment, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("review_since", Moment, nullable=True),
        sa.PrimaryKeyConstraint("name", name="pk_sources"),
    )
    op.create_index("ix_sources_next_at", "sources", ["next_at"])
    op.create_table(
        "notices",
        sa.Column("id", Counted, sa.Identity(), nullable=False),
        sa.Column("about", sa.String(200), nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("raised_at", Moment, nullable=False),
        sa.Column("told_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
        sa.UniqueConstraint("about", name="uq_notices_about"),
    )
    op.create_index("ix_notices_told_at", "notices", ["told_at"])


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", Counted, sa.Identity(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(160), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("resend_uncertain", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("decided_by", sa.String(40), nullable=True),
        sa.Column("started_at", Moment, nullable=True),
        sa.Column("done_at", Moment, nullable=True),
        sa.Column("planned_to", sa.BigInteger(), nullable=True),
        sa.Column("planned", sa.Boolean(), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.Column("queued", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_alerts"),
        sa.UniqueConstraint("kind", "subject", "revision", name="uq_alerts_kind"),
    )
    op.create_index("ix_alerts_state", "alerts", ["state"])


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("alert_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.BigInteger(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("silent", sa.Boolean(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("claimed_by", sa.String(80), nullable=True),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("reason", sa.String(200), nullable=True),
        sa.Column("updated_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("alert_id", "chat_id", name="pk_deliveries"),
        sa.CheckConstraint(f"state IN ({DELIVERY_STATES})", name="state"),
    )
    op.create_index("ix_deliveries_alert_id", "deliveries", ["alert_id", "page", "state"])
    op.create_index("ix_deliveries_state", "deliveries", ["alert_id", "state", "due_at"])
    op.create_index("ix_deliveries_person_id", "deliveries", ["person_id"])


def _workers() -> None:
    op.create_table(
        "workers",
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("seen_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_workers"),
    )
    op.create_table(
        "pace",
        sa.Column("lane", sa.String(20), nullable=False),
        sa.Column("free_at", sa.Float(53), nullable=False),
        sa.PrimaryKeyConstraint("lane", name="pk_pace"),
    )


def downgrade() -> None:
    for name in ("pace", "workers", "deliveries", "alerts", "notices", "sources"):
        op.drop_table(name)
    for name in ("draw_revisions", "draws", "subscription_codes"):
        op.drop_table(name)
    with op.batch_alter_table("subscriptions") as table:
        for column in (
            "programs",
            "streams",
            "regions",
            "by_code",
            "paused",
            "within",
            "score_crs",
            "score_eoi",
        ):
            table.drop_column(column)
