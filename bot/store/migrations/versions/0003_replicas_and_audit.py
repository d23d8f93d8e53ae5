"""Who has an update or a reply in hand, what the replicas agree on, and what administrators did.

The new columns may be empty, so the version before goes on working while this one starts.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Moment = sa.DateTime(timezone=True)
Counted = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("inbox", sa.Column("held_by", sa.String(40), nullable=True))
    op.add_column("inbox", sa.Column("held_until", Moment, nullable=True))
    op.add_column("outbox", sa.Column("held_by", sa.String(40), nullable=True))
    op.create_table(
        "agreements",
        sa.Column("about", sa.String(40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("agreed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("about", name="pk_agreements"),
    )
    op.create_table(
        "audit",
        sa.Column("id", Counted, sa.Identity(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("outcome", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
    )
    op.create_index("ix_audit_at", "audit", ["at"])


def downgrade() -> None:
    op.drop_table("audit")
    op.drop_table("agreements")
    with op.batch_alter_table("outbox") as table:
        table.drop_column("held_by")
    with op.batch_alter_table("inbox") as table:
        table.drop_column("held_until")
        table.drop_column("held_by")
