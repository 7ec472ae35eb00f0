"""Discord's limits, each with its source: its API documentation (docs.discord.com/developers), or what is named beside it."""

from typing import Final

MESSAGE_COMPONENTS: Final = 40  # Components reference: "40 total components in the message"
MESSAGE_TEXT: Final = 4_000  # the same: characters of all text displays together
BUTTONS_A_ROW: Final = 5  # Action Row
LABEL: Final = 80  # Button
CUSTOM_ID: Final = 100  # Anatomy of a component; unique in its message
LINK: Final = 512  # Button: url
MODAL_TITLE: Final = 45  # Interaction response: modal
MODAL_INPUTS: Final = 5
FIELD_LABEL: Final = 45  # Label
INPUT_VALUE: Final = 4_000  # Text Input
INPUT_PLACEHOLDER: Final = 100  # Text Input
SELECT_PLACEHOLDER: Final = 150  # String Select
SELECT_OPTIONS: Final = 25
SELECT_TEXT: Final = 100  # an option's label and its value
NONCE: Final = 25  # Create Message: nonce
NONCE_KEPT_S: Final = 120.0  # the same: enforced within "the past few minutes", of which two are sure
COMMAND_NAME: Final = 32  # Application commands
COMMAND_DESCRIPTION: Final = 100
COMMAND_OPTIONS: Final = 25
COMMAND_TEXT: Final = 8_000  # names, descriptions and values of one command with its subcommands
CHOICES: Final = 25
CHOICE_TEXT: Final = 100

ACKNOWLEDGE_S: Final = 3.0  # Receiving and responding: then the token is void (10062)
PATIENCE_S: Final = 1.5
"""An answer that takes longer is announced first: half of the time is left for the way there."""
FORM_PATIENCE_S: Final = 2.2
"""A form cannot follow an announcement: so a little more is risked for it."""
EDIT_INTERVAL_S: Final = 1.0  # our own: a message's edits share the channel's bucket of five in five seconds

REQUESTS_A_SECOND: Final = 40  # Rate limits: 50 a second for a bot; the rest is what discord.py asks for itself
INVALID_REQUESTS: Final = 10_000  # Rate limits: 401, 403 and 429 in ten minutes ban the address
INVALID_WINDOW_S: Final = 600.0
INVALID_ALLOWED: Final = 2_000
"""Of one process: five may share an address and still not reach the ban together."""

LONGEST_RATE_LIMIT_S: Final = 30.0  # discord.py: the least max_ratelimit_timeout; a longer wait is the outbox's to keep
SEND_TIMEOUT_S: Final = 45.0
"""Below the outbox's lease of a minute: whoever sends gives up before another may take the post over."""
STOP_TIMEOUT_S: Final = 3.0
