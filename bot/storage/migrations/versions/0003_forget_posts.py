"""What a settled post said is forgotten, and after a while the post; a room's newest messages are found by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SETTLED = sa.text("state NOT IN ('due', 'sending')")


def upgrade() -> None:
    op.create_index("room_messages_of_room", "room_messages", ["room", "id"])
    op.create_index("posts_settled", "posts", ["due_at"], sqlite_where=SETTLED, postgresql_where=SETTLED)
    op.execute("UPDATE posts SET card = '' WHERE state NOT IN ('due', 'sending')")
