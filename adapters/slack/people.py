"""Who somebody is in their workspace: the name that others see, their language, whether they manage. Asked once in ten minutes."""

import asyncio
import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from adapters.slack.api import Answer
from adapters.slack.inbound import Origin, Profile, Setting, clean_name
from adapters.slack.limits import MAX_PROFILES, PROFILE_LIFE
from adapters.slack.words import word
from adapters.slack.workspaces import Workspaces
from bot.app.tasks import Tasks
from bot.domain.errors import LalabotError
from bot.domain.language import Language
from bot.ports.time import Clock

log = logging.getLogger(__name__)

Ask = Callable[[str, str, Mapping[str, object]], Awaitable[Answer]]
"""Calls a method of the Web API for a workspace."""


class People:
    """``named``: ids of members who manage although they are no admins."""

    def __init__(self, ask: Ask, workspaces: Workspaces, clock: Clock, tasks: Tasks, named: frozenset[str]) -> None:
        self._ask = ask
        self._workspaces = workspaces
        self._clock = clock
        self._tasks = tasks
        self._named = named
        self._known: OrderedDict[tuple[str, str], tuple[Profile, datetime]] = OrderedDict()
        self._asking: dict[tuple[str, str], asyncio.Task[None]] = {}

    def at_hand(self, team: str, user: str) -> Profile | None:
        known = self._known.get((team, user))
        return known[0] if known and self._clock.now() - known[1] < PROFILE_LIFE else None

    async def find(self, origin: Origin, *, patience_s: float) -> Profile:
        """What the payload itself tells, where Slack does not say more within the patience."""
        found = self.at_hand(origin.team, origin.user)
        if found is None:
            await asyncio.wait({self._look_up(origin.team, origin.user)}, timeout=patience_s)
            found = self.at_hand(origin.team, origin.user)
        if found is not None:
            return found
        name = clean_name(origin.handle) or origin.user
        return Profile(name, None, is_admin=origin.user in self._named)

    async def setting(self, origin: Origin, language: Language | None, *, patience_s: float) -> Setting:
        """The workspace's language is the one that its bot user was given: it has never chosen another."""
        workspace = self._workspaces.at_hand(origin.team)
        bot = workspace.bot_user if workspace else ""
        if bot and (origin.team, bot) not in self._known:
            await asyncio.wait({self._look_up(origin.team, bot)}, timeout=patience_s)
        known = self._known.get((origin.team, bot))
        own = known[0].language if known else None
        if bot and self.at_hand(origin.team, bot) is None:
            self._look_up(origin.team, bot)
        managers = word(language or own or Language.EN, "managers.named" if self._named else "managers")
        return Setting(own, managers)

    def forget(self, team: str) -> None:
        for key in [key for key in self._known if key[0] == team]:
            del self._known[key]

    def _look_up(self, team: str, user: str) -> "asyncio.Task[None]":
        key = (team, user)
        running = self._asking.get(key)
        if running is None:
            running = self._asking[key] = self._tasks.spawn(self._fetch(team, user), f"profile {team}/{user}")
            running.add_done_callback(lambda _: self._asking.pop(key, None))
        return running

    async def _fetch(self, team: str, user: str) -> None:
        try:
            answer = await self._ask(team, "users.info", {"user": user, "include_locale": "true"})
        except LalabotError as error:
            log.info("a profile could not be read", extra={"team": team, "why": str(error)})
            return
        told = answer.get("user") or {}
        self._known[team, user] = (read_profile(told, user, self._named), self._clock.now())
        if len(self._known) > MAX_PROFILES:
            self._known.popitem(last=False)


def read_profile(told: Answer, user: str, named: frozenset[str]) -> Profile:
    shown = told.get("profile") or {}
    candidates = (shown.get("display_name"), shown.get("real_name"), told.get("real_name"), told.get("name"), user)
    name = next(filter(None, (clean_name(str(candidate or "")) for candidate in candidates)), user)
    is_admin = any(told.get(flag) is True for flag in ("is_admin", "is_owner", "is_primary_owner"))
    return Profile(name, Language.of_tag(told.get("locale")), is_admin=is_admin or user in named)
