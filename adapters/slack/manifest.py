"""The app's manifest, from the commands and the settings: what an operator pastes into Slack to create the app.

``adapters/slack/manifest.json`` is the one of the defaults, for HTTP.
"""

import json
from typing import Final

from bot.app.commands import BARE_COMMAND, BY_PATH, ROOTS, CommandOption, OptionKind, command_label
from bot.app.phrases import say
from bot.domain.language import Language
from bot.settings import Settings

SCOPES: Final = {
    "commands": "the slash commands",
    "chat:write": "questions, reveals and daily posts, and private words to whoever set a daily post up",
    "chat:write.public": "posting in a public channel without being invited first",
    "users:read": "the name that others see, the reader's language, and who is an admin of the workspace",
}
"""Least scopes, each with its reason."""
EVENTS: Final = ("app_home_opened", "app_uninstalled", "tokens_revoked")
PLACEHOLDER: Final = "https://lalabot.example.com"
"""Where ``LALABOT_PUBLIC_URL`` is not set."""
MAX_DESCRIPTION: Final = 2_000
MAX_HINT: Final = 1_000  # docs.slack.dev/reference/app-manifest#slash_commands
LONG: Final = (
    "Facts about the film La La Land, one at a time or one a day in a channel of your choice, each with its source, and quizzes "
    "on them for everyone in a channel: choose from four answers or type yours, with points for speed, streaks, hints and "
    "standings. An unofficial fan project; the film belongs to its owners."
)


def manifest(settings: Settings, *, socket: bool) -> str:
    """JSON. ``socket``: for Socket Mode, without any address."""
    events_url = f"{settings.public_url or PLACEHOLDER}/slack/events"
    address = {} if socket else {"request_url": events_url}
    oauth = {"redirect_urls": [f"{settings.public_url or PLACEHOLDER}/slack/oauth_redirect"]} if not socket else {}
    # A token of the settings would end after twelve hours; installations of many workspaces renew theirs.
    rotating = bool(settings.slack_client_id) and not socket
    document = {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": say(Language.EN, "bot.name"),
            "description": "Facts about La La Land, one a day, and quizzes on them",
            "long_description": LONG,
            "background_color": "#1f2a5c",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": say(Language.EN, "bot.name"), "always_online": True},
            "slash_commands": [_command(root, settings, {} if socket else {"url": events_url}) for root in ROOTS],
        },
        "oauth_config": {**oauth, "scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {**address, "bot_events": list(EVENTS)},
            "interactivity": {"is_enabled": True, **address},
            "org_deploy_enabled": rotating,
            "socket_mode_enabled": socket,
            "token_rotation_enabled": rotating,
        },
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _command(root: str, settings: Settings, address: dict[str, str]) -> dict[str, object]:
    return {
        "command": f"/{settings.commands.get(root, root)}",
        **address,
        "description": say(Language.EN, f"about.{root}")[:MAX_DESCRIPTION],
        "usage_hint": _hint(root)[:MAX_HINT],
        "should_escape": False,
    }


def _hint(root: str) -> str:
    """The words that may follow; the options of what the command means alone."""
    words = [path.split()[1] for path in BY_PATH if path.startswith(f"{root} ")]
    bare = BY_PATH.get(BARE_COMMAND.get(root, root))
    options = [_option(option) for option in bare.options] if bare else []
    named = "|".join(command_label(name, Language.EN) for name in dict.fromkeys(words))
    return " ".join(filter(None, (f"[{named}]" if named else "", *options)))


def _option(option: CommandOption) -> str:
    label = option.label(Language.EN)
    return f"[{label}]" if option.kind is OptionKind.FLAG else f"[{label}=…]"
