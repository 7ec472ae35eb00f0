"""A room's newest messages are found by an index."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("room_messages_of_room", "room_messages", ["room", "id"])
