"""Slack's payloads, read into the core's own types. Pure: who somebody is, and what time it is, is passed in.

Time: a press carries Slack's own ``action_ts``; commands and forms carry none, so theirs is when they came. The dedupe key is the
``trigger_id``, which Slack makes once for each thing that a person does and repeats when it delivers that again.
"""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from adapters.slack.ids import PLATFORM, channel_of, community_of, player_of
from adapters.slack.limits import MAX_METADATA, REPLY_LIFE, REPLY_USES
from adapters.slack.render import LINK, VALUE
from bot.domain.ids import CommunityId
from bot.domain.language import Language
from bot.ports.cards import MAX_NAME
from bot.ports.chat import Actor, Call, Place, Press, Submission

Payload = Mapping[str, Any]
"""As Slack sends it: read here, and nowhere else."""
_INVISIBLE: Final = frozenset(("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
_CANNOT_POST: Final = ("directmessage", "mpdm-")
"""Where a slash command works but the bot is no member, by the name that the command carries."""


@dataclass(frozen=True, slots=True)
class ReplyLine:
    """A ``response_url``: where answers to one thing that a person did may go, a few times and for half an hour."""

    url: str
    until: datetime
    left: int = REPLY_USES

    def is_open(self, now: datetime) -> bool:
        return bool(self.url) and self.left > 0 and now < self.until

    def used(self) -> "ReplyLine":
        return replace(self, left=self.left - 1)


CLOSED: Final = ReplyLine("", datetime(1970, 1, 1, tzinfo=UTC), 0)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a payload comes from, and the ways to answer it. ``channel`` is empty outside a channel (App Home)."""

    team: str
    user: str
    handle: str
    channel: str
    trigger: str
    line: ReplyLine
    at: datetime
    key: str
    can_post: bool = True

    @property
    def community(self) -> CommunityId:
        return community_of(self.team)


@dataclass(frozen=True, slots=True)
class Profile:
    """A person as their workspace knows them."""

    name: str
    language: Language | None
    is_admin: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """What a workspace adds to every place in it."""

    language: Language | None
    managers: str


def read_command(body: Payload, now: datetime) -> Origin:
    name = str(body.get("channel_name") or "")
    channel = str(body.get("channel_id") or "")
    team = team_of(body)
    return Origin(
        team=team,
        user=str(body["user_id"]),
        handle=str(body.get("user_name") or ""),
        channel=channel,
        trigger=str(body.get("trigger_id") or ""),
        line=_line(body, now),
        at=now,
        key=_key(team, "command", body),
        can_post=bool(channel) and not name.startswith(_CANNOT_POST),
    )


def read_action(body: Payload, now: datetime) -> Origin:
    action, team = first_action(body), team_of(body)
    return Origin(
        team=team,
        user=str(body["user"]["id"]),
        handle=_handle(body),
        channel=str((body.get("channel") or body.get("container") or {}).get("id") or _container_channel(body)),
        trigger=str(body.get("trigger_id") or ""),
        line=_line(body, now),
        at=instant(action.get("action_ts")) or now,
        key=_key(team, f"action/{action.get('action_ts')}/{action.get('action_id')}", body),
    )


def read_submission(body: Payload, now: datetime) -> Origin:
    """The channel and the line for private words are those of the press that asked for the form."""
    view, team = body["view"], team_of(body)
    channel, line = read_metadata(str(view.get("private_metadata") or ""))
    return Origin(
        team=team,
        user=str(body["user"]["id"]),
        handle=_handle(body),
        channel=channel,
        trigger=str(body.get("trigger_id") or ""),
        line=line,
        at=now,
        key=_key(team, f"view/{view.get('id')}/{view.get('hash')}", body),
    )


def first_action(body: Payload) -> Payload:
    actions = body.get("actions") or [{}]
    return dict(actions[0])


def is_link(body: Payload) -> bool:
    """Whether the button only opened an address."""
    return str(first_action(body).get("action_id", "")).startswith(LINK)


def team_of(body: Payload) -> str:
    """The workspace that it happened in, or the organization where Slack names no workspace."""
    team, view, enterprise = body.get("team"), body.get("view") or {}, body.get("enterprise") or {}
    named = team.get("id") if isinstance(team, Mapping) else team
    user = body.get("user")
    found = (
        view.get("app_installed_team_id")
        or body.get("team_id")
        or named
        or (user.get("team_id") if isinstance(user, Mapping) else None)
        or body.get("enterprise_id")
        or enterprise.get("id")
    )
    return str(found or "")


def form_values(body: Payload) -> dict[str, str]:
    """By field name; a field left empty is an empty text."""
    state = body["view"].get("state", {}).get("values", {})
    return {block: _value(fields.get(VALUE, {})) for block, fields in state.items()}


def call_of(origin: Origin, profile: Profile, setting: Setting, path: str, options: Mapping[str, str]) -> Call:
    actor, place = actor_of(origin, profile), place_of(origin, profile, setting)
    return Call(path, actor, place, origin.at, origin.key, options)


def press_of(origin: Origin, profile: Profile, setting: Setting, button: str) -> Press:
    return Press(button, actor_of(origin, profile), place_of(origin, profile, setting), origin.at, origin.key)


def submission_of(
    origin: Origin, profile: Profile, setting: Setting, form: str, values: Mapping[str, str]
) -> Submission:
    return Submission(
        form, values, actor_of(origin, profile), place_of(origin, profile, setting), origin.at, origin.key
    )


def actor_of(origin: Origin, profile: Profile) -> Actor:
    return Actor(player_of(origin.team, origin.user), profile.name, profile.language, is_manager=profile.is_admin)


def place_of(origin: Origin, profile: Profile, setting: Setting) -> Place:
    # Outside a channel everything is the person's own.
    channel = channel_of(origin.team, origin.channel or origin.user)
    language = setting.language if origin.channel else profile.language
    can_post = origin.can_post and bool(origin.channel)
    return Place(channel, origin.community, language, setting.managers, can_post)


def clean_name(text: str) -> str:
    """One line without what cannot be seen, at most 40 characters; empty if nothing is left."""
    seen = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in _INVISIBLE)
    return " ".join(seen.split())[:MAX_NAME].strip()


def instant(ts: object) -> datetime | None:
    """Slack's ``1700000000.000100``, to the microsecond."""
    whole, _, fraction = str(ts or "").partition(".")
    if not whole.isascii() or not whole.isdecimal() or not (fraction or "0").isdecimal():
        return None
    return datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=int(f"{fraction[:6]:0<6}"))


def write_metadata(origin: Origin) -> str:
    """What a form carries, to come back with it."""
    line = origin.line
    metadata = {"channel": origin.channel, "url": line.url, "until": line.until.timestamp(), "left": line.left}
    text = json.dumps(metadata)
    return text if len(text) <= MAX_METADATA else json.dumps({"channel": origin.channel})


def read_metadata(text: str) -> tuple[str, ReplyLine]:
    try:
        metadata = json.loads(text)
        until = datetime.fromtimestamp(float(metadata.get("until", 0)), UTC)
        line = ReplyLine(str(metadata.get("url", "")), until, int(metadata.get("left", 0)))
        return str(metadata["channel"]), line
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError):
        return "", CLOSED


def _line(body: Payload, now: datetime) -> ReplyLine:
    url = str(body.get("response_url") or "")
    return ReplyLine(url, now + REPLY_LIFE) if url else CLOSED


def _key(team: str, otherwise: str, body: Payload) -> str:
    return f"{PLATFORM}/{team}/{body.get('trigger_id') or otherwise}"


def _handle(body: Payload) -> str:
    user = body["user"]
    return str(user.get("username") or user.get("name") or "")


def _container_channel(body: Payload) -> str:
    return str((body.get("container") or {}).get("channel_id") or "")


def _value(field: Payload) -> str:
    if field.get("type") == "static_select":
        return str((field.get("selected_option") or {}).get("value") or "")
    return str(field.get("value") or "")


def read_event(body: Payload, now: datetime) -> Origin:
    """An event; its own id is its key, whichever connection it comes by."""
    event, team = body.get("event") or {}, team_of(body)
    return Origin(
        team=team,
        user=str(event.get("user") or ""),
        handle="",
        channel="",
        trigger="",
        line=CLOSED,
        at=instant(body.get("event_time")) or now,
        key=f"{PLATFORM}/{team}/event/{body.get('event_id')}",
        can_post=False,
    )
