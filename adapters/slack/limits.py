"""What Slack accepts, each number with its source; nothing here is a choice of ours but what says so."""

from datetime import timedelta
from typing import Final

# Block Kit: docs.slack.dev/reference/block-kit
MAX_BLOCKS: Final = 50
"""In a message; a modal and App Home take 100."""
MAX_VIEW_BLOCKS: Final = 100
MAX_HEADER: Final = 150
MAX_SECTION: Final = 3_000
MAX_LABEL: Final = 75
MAX_ACTION_ID: Final = 255
MAX_ACTIONS: Final = 25
MAX_CONTEXT_ELEMENTS: Final = 10
MAX_OPTION_VALUE: Final = 150
MAX_SELECT_OPTIONS: Final = 100
MAX_PLACEHOLDER: Final = 150
MAX_INPUT_LABEL: Final = 2_000
MAX_INPUT: Final = 3_000
MAX_URL: Final = 3_000

# Messages
MAX_TEXT: Final = 4_000
"""Best under 4,000, cut at 40,000: docs.slack.dev/reference/methods/chat.postMessage (``text``)."""
MAX_MESSAGE: Final = 13_000
"""All text of the blocks: no page says it, in practice ``msg_blocks_too_long`` begins at about 13,200 characters."""

# Modals, see docs.slack.dev/reference/views/modal-views
MAX_MODAL_TITLE: Final = 24
MAX_METADATA: Final = 3_000
MAX_CALLBACK_ID: Final = 255

# Time: docs.slack.dev/interactivity/handling-user-interaction, docs.slack.dev/apis/web-api/rate-limits
ACK_LIMIT_S: Final = 3.0
TRIGGER_LIFE: Final = timedelta(seconds=3)
REPLY_LIFE: Final = timedelta(minutes=30)
REPLY_USES: Final = 5
POST_INTERVAL: Final = timedelta(seconds=1)
"""``chat.postMessage``: one a second and channel."""
EDIT_INTERVAL_S: Final = 1.5
"""``chat.update`` is tier 3: 50 a minute, which a busy workspace's games share."""
RETRY_AFTER_S: Final = 30.0
"""Where a 429 does not say how long."""
REQUEST_TIMEOUT_S: Final = 10.0
"""Ours: Slack answers in well under a second."""

# Tokens, see docs.slack.dev/authentication/using-token-rotation
TOKEN_MARGIN: Final = timedelta(hours=2)
"""A token that rotates lives 12 hours, and is renewed so long before its end."""
MAX_SOCKETS: Final = 10
"""Connections of one app: docs.slack.dev/apis/events-api/using-socket-mode."""

# Ours
SUBMISSION_PATIENCE_S: Final = 1.2
"""A form waits so long for its verdict, to show an error on its field; it is acknowledged at once when that is known."""
PROFILE_PATIENCE_S: Final = 0.8
"""A command waits so long for who its sender is; a form must still open within the trigger's three seconds."""
PRESS_PATIENCE_S: Final = 0.25
PROFILE_LIFE: Final = timedelta(minutes=10)
MAX_PROFILES: Final = 50_000
INSTALLATION_LIFE: Final = timedelta(minutes=1)
"""A workspace's token is read from the database again after so long, so that processes agree."""
MAX_RECENT: Final = 50_000
"""Deliveries kept in mind, to drop the same one again."""
