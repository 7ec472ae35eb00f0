"""What Discord sends, read into the core's own types: who, where, and ``Call``, ``Press`` or ``Submission``."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import discord

from adapters.discord.commands import canonical_path
from adapters.discord.ids import PLATFORM, channel_of, community_of, player_of, time_of
from adapters.discord.words import word
from bot.domain.language import Language
from bot.ports.cards import MAX_NAME
from bot.ports.chat import Actor, Call, Inbound, Place, Press, Submission

Interaction = discord.Interaction[Any]
Data = Mapping[str, Any]

SUBCOMMANDS: Final = frozenset((1, 2))  # Application command option type: SUB_COMMAND, SUB_COMMAND_GROUP
NEEDED: Final = ("view_channel", "send_messages")
NEEDED_IN_THREADS: Final = ("view_channel", "send_messages_in_threads")


@dataclass(frozen=True, slots=True)
class Completing:
    """Somebody types an option's value."""

    path: str
    option: str
    typed: str
    place: Place
    language: Language


def read_interaction(interaction: Interaction) -> Inbound | Completing | None:
    """``None`` for a kind that the bot does not use."""
    match interaction.type:
        case discord.InteractionType.application_command:
            return _call(interaction)
        case discord.InteractionType.component:
            return _press(interaction)
        case discord.InteractionType.modal_submit:
            return _submission(interaction)
        case discord.InteractionType.autocomplete:
            return _completing(interaction)
        case _:
            return None


def actor_of(interaction: Interaction) -> Actor:
    """A manager is who has the permission "Manage Server" by Discord's own word in this very payload."""
    allowed = interaction.permissions
    return Actor(
        player_of(interaction.user.id),
        clean_name(interaction.user.display_name),
        language_of(interaction),
        is_manager=interaction.guild_id is not None and (allowed.manage_guild or allowed.administrator),
    )


def place_of(interaction: Interaction) -> Place:
    guild, channel = interaction.guild_id, interaction.channel_id or interaction.user.id
    reader = language_of(interaction) or Language.EN
    missing = missing_here(interaction)
    return Place(
        channel_of(guild, channel),
        community_of(guild, channel),
        Language.of_tag(str(interaction.guild_locale)) if interaction.guild_locale else None,
        managers=word(reader, "managers"),
        can_post=guild is not None and not _is_users_own(interaction) and missing is None,
        missing=word(reader, f"permission.{missing}") if missing else "",
    )


def missing_here(interaction: Interaction) -> str | None:
    """The first permission that the bot would need to post here and has not, by what the payload says."""
    if interaction.guild_id is None or _is_users_own(interaction):
        return None
    return first_missing(interaction.app_permissions, is_thread=isinstance(interaction.channel, discord.Thread))


def _is_users_own(interaction: Interaction) -> bool:
    """Whether it comes from the user's own installation only: the bot is no member of the guild then."""
    return interaction.is_user_integration() and not interaction.is_guild_integration()


def first_missing(allowed: discord.Permissions, *, is_thread: bool) -> str | None:
    if allowed.administrator:
        return None
    needed = NEEDED_IN_THREADS if is_thread else NEEDED
    return next((name for name in needed if not getattr(allowed, name)), None)


def language_of(interaction: Interaction) -> Language | None:
    return Language.of_tag(str(interaction.locale))


def clean_name(name: str) -> str:
    """On one line, without control characters, at most 40 characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in name).split())[:MAX_NAME] or "?"


def _key(interaction: Interaction) -> str:
    return f"{PLATFORM}/{interaction.id}"


def _call(interaction: Interaction) -> Call:
    path, given = _unfold(interaction.data or {})
    options = {option["name"]: _text(option["value"]) for option in given if option.get("value") is not False}
    return Call(
        canonical_path(path),
        actor_of(interaction),
        place_of(interaction),
        time_of(interaction.id),
        _key(interaction),
        options,
    )


def _unfold(data: Data) -> tuple[str, list[Data]]:
    """The whole name of a command and its own options, from however deep they lie."""
    path, options = str(data["name"]), list(data.get("options") or ())
    while options and options[0]["type"] in SUBCOMMANDS:
        path, options = f"{path} {options[0]['name']}", list(options[0].get("options") or ())
    return path, options


def _text(value: object) -> str:
    """A flag that is off is as if it were not given, which the caller has seen to."""
    return "yes" if value is True else str(value)


def _press(interaction: Interaction) -> Press:
    data: Data = interaction.data or {}
    button = str(data.get("custom_id", ""))
    return Press(button, actor_of(interaction), place_of(interaction), time_of(interaction.id), _key(interaction))


def _submission(interaction: Interaction) -> Submission:
    data: Data = interaction.data or {}
    values = dict(_values(data.get("components") or ()))
    return Submission(
        str(data.get("custom_id", "")),
        values,
        actor_of(interaction),
        place_of(interaction),
        time_of(interaction.id),
        _key(interaction),
    )


def _values(components: object) -> Iterator[tuple[str, str]]:
    """By field name, from labels and rows alike; a select's one value as text."""
    for component in components if isinstance(components, list | tuple) else ():
        if "component" in component:
            yield from _values((component["component"],))
        elif "components" in component:
            yield from _values(component["components"])
        elif "custom_id" in component:
            chosen = component.get("values")
            value = (chosen[0] if chosen else "") if chosen is not None else component.get("value") or ""
            yield str(component["custom_id"]), str(value)


def _completing(interaction: Interaction) -> Completing | None:
    path, options = _unfold(interaction.data or {})
    focused = next((option for option in options if option.get("focused")), None)
    if focused is None:
        return None
    language = language_of(interaction) or Language.EN
    return Completing(
        canonical_path(path), str(focused["name"]), str(focused.get("value", "")), place_of(interaction), language
    )
