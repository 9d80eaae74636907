"""several homes for one person, and the codes that link them

Revision: 20261127_homes, after 20261127_theme
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261127_homes"
down_revision = "20261127_theme"
branch_labels = None
depends_on = None

_WROTE = """
UPDATE person SET has_written = :yes
WHERE id IN (SELECT person_id FROM account WHERE platform <> 'discord')
"""


def upgrade() -> None:
    with op.batch_alter_table("account") as account:
        account.add_column(sa.Column("taps_only", sa.Boolean(), nullable=False, server_default=sa.false()))
        account.add_column(sa.Column("picked_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
        account.add_column(sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
        account.add_column(sa.Column("tried_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("person") as person:
        person.add_column(sa.Column("has_written", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.get_bind().execute(sa.text(_WROTE), {"yes": True})
    op.create_table(
        "link_code",
        sa.Column(
            "person_id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            sa.ForeignKey("person.id", ondelete="CASCADE", name="fk_link_code_person_id_person"),
            nullable=False,
        ),
        sa.Column("code_hash", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("person_id", name="pk_link_code"),
        sa.UniqueConstraint("code_hash", name="uq_link_code_code_hash"),
    )


def downgrade() -> None:
    op.drop_table("link_code")
    with op.batch_alter_table("person") as person:
        person.drop_column("has_written")
    with op.batch_alter_table("account") as account:
        for name in ("tried_at", "tries", "picked_at", "taps_only"):
            account.drop_column(name)
