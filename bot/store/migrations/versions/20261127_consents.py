"""where a consent was given, consent to words of its own, and how long words wait for a choice

Revision: 20261127_consents, after 20261127_purpose
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261127_consents"
down_revision = "20261127_purpose"
branch_labels = None
depends_on = None

_PLATFORM = """
UPDATE consent SET platform = coalesce(
    (SELECT min(account.platform) FROM account WHERE account.person_id = consent.person_id), '')
"""
_WORDS = """
INSERT INTO consent (id, person_id, kind, version, platform, given_at, withdrawn_at)
SELECT -id, person_id, 'words', version, platform, given_at, withdrawn_at FROM consent
WHERE kind = 'records' AND platform <> 'discord'
"""


def upgrade() -> None:
    """The first version of the text asked for both at once: whoever agreed to it agreed to both."""
    with op.batch_alter_table("consent") as consent:
        consent.add_column(sa.Column("platform", sa.String(), nullable=False, server_default=""))
    op.execute(_PLATFORM)
    op.execute(_WORDS)
    with op.batch_alter_table("consent") as consent:
        consent.alter_column("platform", server_default=None)
    with op.batch_alter_table("conversation") as conversation:
        conversation.add_column(sa.Column("held_until", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    op.create_index("ix_conversation_held_until", "conversation", ["held_until"])


def downgrade() -> None:
    op.drop_index("ix_conversation_held_until", "conversation")
    with op.batch_alter_table("conversation") as conversation:
        conversation.drop_column("held_until")
    op.execute("DELETE FROM consent WHERE kind <> 'records'")
    with op.batch_alter_table("consent") as consent:
        consent.drop_column("platform")
