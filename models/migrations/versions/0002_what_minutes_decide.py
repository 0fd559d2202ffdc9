"""Decisions of minutes with their number and addressee, motions, declarations, and the days of actions"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_WHOLE = sa.Integer().with_variant(sa.BigInteger(), "postgresql")
_OLD_KINDS = "kind in ('resolved', 'recommended')"
_NEW_KINDS = "kind in ('resolved', 'recommended', 'agreed')"
_OLD_COMMENT = "resolved, or recommended to others."
_NEW_COMMENT = "resolved, recommended to others, or agreed in running text."
_OLD_TABLE = "One part of what was resolved, or recommended to others."
_NEW_TABLE = "One part of what was resolved, recommended to others, or agreed in running text."


def upgrade() -> None:
    """Room for what minutes decide; the rows there are stay as they are."""
    # SQLite cannot change a check: the table is made anew there, and would not be STRICT by itself.
    with op.batch_alter_table("resolutions", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_resolutions_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_resolutions_kind"), _NEW_KINDS)
        batch_op.alter_column(
            "kind",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=_NEW_COMMENT,
            existing_comment=_OLD_COMMENT,
        )
        batch_op.create_table_comment(_NEW_TABLE, existing_comment=_OLD_TABLE)
        batch_op.add_column(
            sa.Column("ref", sa.Text(), nullable=True, comment="The part's number or letter as printed.")
        )
        batch_op.add_column(
            sa.Column("lead", sa.Text(), nullable=True, comment="What stands before the parts ('Cabinet:').")
        )
        batch_op.add_column(
            sa.Column(
                "addressed_to",
                sa.Text(),
                nullable=True,
                comment="The body that a recommendation goes to, as printed.",
            )
        )
    op.add_column(
        "actions",
        sa.Column("due_earliest", sa.Text(), nullable=True, comment="First day of the time printed, ISO."),
    )
    op.add_column(
        "actions",
        sa.Column(
            "due_latest",
            sa.Text(),
            nullable=True,
            comment="Last day of the time printed, ISO; null where it is no day ('next meeting').",
        ),
    )
    op.add_column(
        "actions",
        sa.Column(
            "due_inferred_from",
            sa.Text(),
            nullable=True,
            comment="What the year was taken from where it is not printed.",
        ),
    )
    op.create_table(
        "motions",
        sa.Column("id", sa.Text(), nullable=False, comment="The item's id and the position."),
        sa.Column("agenda_item_id", sa.Text(), nullable=False, comment="The item it was moved under."),
        sa.Column("position", _WHOLE, nullable=False, comment="Its place under the item, from 1."),
        sa.Column("kind", sa.Text(), nullable=False, comment="motion or amendment."),
        sa.Column("text", sa.Text(), nullable=False, comment="The words."),
        sa.Column("proposer", sa.Text(), nullable=True, comment="Who moved it, as printed."),
        sa.Column("seconder", sa.Text(), nullable=True, comment="Who seconded it, as printed."),
        sa.Column(
            "result", sa.Text(), nullable=True, comment="What became of it; null where that is not printed."
        ),
        sa.CheckConstraint("kind in ('motion', 'amendment')", name=op.f("ck_motions_kind")),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_items.id"],
            name=op.f("fk_motions_agenda_item_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_motions")),
        sa.UniqueConstraint("agenda_item_id", "position", name=op.f("uq_motions_agenda_item_id_position")),
        comment="What was proposed, by whom, and what became of it.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_table(
        "declarations",
        sa.Column("id", sa.Text(), nullable=False, comment="The item's id and the position."),
        sa.Column("agenda_item_id", sa.Text(), nullable=False, comment="The item it is minuted under."),
        sa.Column("party_id", sa.Text(), nullable=False, comment="Who."),
        sa.Column("position", _WHOLE, nullable=False, comment="Its place under the item, from 1."),
        sa.Column("name", sa.Text(), nullable=False, comment="The name as printed."),
        sa.Column("text", sa.Text(), nullable=False, comment="The words of the minutes."),
        sa.ForeignKeyConstraint(
            ["agenda_item_id"],
            ["agenda_items.id"],
            name=op.f("fk_declarations_agenda_item_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["party_id"], ["parties.id"], name=op.f("fk_declarations_party_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_declarations")),
        sa.UniqueConstraint(
            "agenda_item_id", "position", name=op.f("uq_declarations_agenda_item_id_position")
        ),
        comment="An interest that somebody declared.",
        sqlite_strict=True,
        sqlite_with_rowid=True,
    )
    op.create_index(op.f("ix_declarations_party_id"), "declarations", ["party_id"], unique=False)


def downgrade() -> None:
    """Back to 0001: agreements, motions, declarations and the new columns are lost."""
    op.drop_index(op.f("ix_declarations_party_id"), table_name="declarations")
    op.drop_table("declarations")
    op.drop_table("motions")
    for name in ("due_inferred_from", "due_latest", "due_earliest"):
        op.drop_column("actions", name)
    op.execute(
        "delete from evidence where subject = 'resolutions' and subject_id in (select id from resolutions where kind = 'agreed')"
    )
    op.execute("delete from resolutions where kind = 'agreed'")
    with op.batch_alter_table("resolutions", table_kwargs={"sqlite_strict": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_resolutions_kind"), type_="check")
        batch_op.create_check_constraint(op.f("ck_resolutions_kind"), _OLD_KINDS)
        batch_op.alter_column(
            "kind",
            existing_type=sa.Text(),
            existing_nullable=False,
            comment=_OLD_COMMENT,
            existing_comment=_NEW_COMMENT,
        )
        batch_op.create_table_comment(_OLD_TABLE, existing_comment=_NEW_TABLE)
        for name in ("addressed_to", "lead", "ref"):
            batch_op.drop_column(name)
