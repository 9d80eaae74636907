"""reminders that ended stay in the record; since when a plan is nudged less

Revision: 20261128_ended_reminders, after 20261127_consents
"""

import sqlalchemy as sa
import sqlmodel.sql.sqltypes
from alembic import op

revision = "20261128_ended_reminders"
down_revision = "20261127_consents"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("reminder") as reminder:
        reminder.add_column(sa.Column("ended_at", sqlmodel.sql.sqltypes.UTCDateTime(), nullable=True))
    with op.batch_alter_table("plan") as plan:
        plan.add_column(sa.Column("thinned_on", sa.Date(), nullable=True))
    op.execute(
        "UPDATE reminder SET ended_at = (SELECT treatment_ended_at FROM person WHERE person.id = person_id)"
        " WHERE kind = 'resting'"
    )


def downgrade() -> None:
    op.execute("DELETE FROM reminder WHERE ended_at IS NOT NULL AND kind <> 'resting'")
    with op.batch_alter_table("plan") as plan:
        plan.drop_column("thinned_on")
    with op.batch_alter_table("reminder") as reminder:
        reminder.drop_column("ended_at")
