"""The workspaces that installed the bot, and their tokens: cached, sealed in the database, renewed before they end.

Whoever is about to speak to Slack asks here, so a token that rotates is renewed before a scheduled post as well as before an answer.
"""

import asyncio
import json
import logging
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Final

from adapters.slack.api import Answer, Refusal, Web
from adapters.slack.ids import community_of
from adapters.slack.limits import INSTALLATION_LIFE, TOKEN_MARGIN
from adapters.slack.sealing import Seal
from bot.domain.errors import LalabotError
from bot.ports.chat import DeliveryError
from bot.ports.installations import Installation
from bot.ports.store import Store
from bot.ports.time import Clock

log = logging.getLogger(__name__)

TOKEN_ENDED: Final = frozenset(
    (
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "token_expired",
        "team_not_found",
        "no_permission",
    )
)


@dataclass(frozen=True, slots=True)
class Workspace:
    """One installation. ``expires_at`` (seconds since 1970) is 0 for a token that does not rotate."""

    team: str
    token: str
    bot_user: str = ""
    bot_id: str = ""
    url: str = ""
    name: str = ""
    scopes: str = ""
    installer: str = ""
    refresh_token: str = ""
    expires_at: float = 0.0
    same_as: str = ""
    """The organization that installed it for this workspace."""

    def __repr__(self) -> str:
        return f"Workspace({self.team})"


@dataclass(frozen=True, slots=True)
class Credentials:
    """The app's own, for installing and rotating."""

    client_id: str
    client_secret: str


class Workspaces:
    """``fixed``: the token of the one workspace that the settings name, if they do."""

    def __init__(
        self, store: Store, clock: Clock, web: Web, seal: Seal, *, fixed: str = "", app: Credentials | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._web = web
        self._seal = seal
        self._fixed_token = fixed
        self._fixed: Workspace | None = None
        self._app = app
        self._resting: dict[str, datetime] = {}
        self._known: dict[str, tuple[Workspace | None, datetime]] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def find(self, team: str, enterprise: str = "") -> Workspace | None:
        """With a token that is good for a while; ``None`` if the bot is not installed there."""
        known = self._known.get(team)
        now = self._clock.now()
        if known is not None and now - known[1] < INSTALLATION_LIFE and not self._ends_soon(known[0], now):
            return known[0]
        async with self._locks.setdefault(team, asyncio.Lock()):
            found = await self._read(team, enterprise)
            if found is not None and self._ends_soon(found, self._clock.now()):
                found = await self._renew(found)
            # What is not there is asked for again each time: it may be installed at any moment.
            if found is not None:
                self._known[team] = (found, self._clock.now())
            return found

    def at_hand(self, team: str) -> Workspace | None:
        """Without asking anybody."""
        known = self._known.get(team)
        return known[0] if known else None

    def distrust(self, team: str) -> None:
        """Its token was refused: look again before the next call."""
        self._known.pop(team, None)
        if self._fixed is not None and self._fixed.team == team:
            self._fixed = None

    async def add(self, workspace: Workspace) -> None:
        """A new installation, or one again."""
        await self._save(workspace, self._clock.now())
        self._known[workspace.team] = (workspace, self._clock.now())

    async def forget(self, team: str, *, before: datetime | None = None) -> bool:
        """``False`` if it was installed again since ``before``, and is kept."""
        self.distrust(team)
        async with self._store.begin() as work:
            stored = await work.installations.load(community_of(team))
            if stored is not None and before is not None and stored.installed_at > before:
                return False
            await work.installations.remove(community_of(team))
        return True

    async def inspect(self, token: str) -> Workspace:
        """Whose token that is (``auth.test``). Raises as :meth:`Web.call` does."""
        answer, headers = await self._web.exchange("auth.test", {}, token=token)
        return Workspace(
            team=str(answer.get("team_id") or answer.get("enterprise_id") or ""),
            token=token,
            bot_user=str(answer.get("user_id", "")),
            bot_id=str(answer.get("bot_id", "")),
            url=str(answer.get("url", "")),
            name=str(answer.get("team", "")),
            scopes=str(headers.get("x-oauth-scopes", "")).replace(" ", ""),
        )

    async def exchange_code(self, code: str, redirect: str) -> Workspace:
        """Ends an installation: the code for a token."""
        body = {"code": code} | ({"redirect_uri": redirect} if redirect else {})
        answer = await self._access(body)
        told = await self.inspect(str(answer["access_token"]))
        tenant = answer.get("enterprise") if answer.get("is_enterprise_install") else answer.get("team")
        installer = (answer.get("authed_user") or {}).get("id", "")
        return replace(
            _renewed(told, answer, self._clock.now()),
            team=str((tenant or {}).get("id") or told.team),
            name=str((tenant or {}).get("name") or told.name),
            bot_user=str(answer.get("bot_user_id") or told.bot_user),
            scopes=str(answer.get("scope") or told.scopes),
            installer=str(installer),
        )

    async def fixed(self) -> Workspace | None:
        """The one workspace of the settings, if they name one."""
        if self._fixed_token and self._fixed is None:
            self._fixed = await self.inspect(self._fixed_token)
        return self._fixed

    async def _read(self, team: str, enterprise: str) -> Workspace | None:
        fixed = await self.fixed()
        if fixed is not None and fixed.team in {team, enterprise}:
            return replace(fixed, team=team)
        async with self._store.view() as work:
            stored = await work.installations.load(community_of(team))
        found = self._opened(stored) if stored else None
        if found is not None and found.same_as:
            shared = await self._read(found.same_as, "")
            return replace(shared, team=team, same_as=found.same_as) if shared else None
        if found is None and enterprise and enterprise != team:
            return await self._of_organization(team, enterprise)
        return found

    async def _of_organization(self, team: str, enterprise: str) -> Workspace | None:
        """Installed for the whole organization: remembered, since a post knows only the workspace."""
        shared = await self._read(enterprise, "")
        if shared is None:
            return None
        await self._save(Workspace(team, "", same_as=enterprise), self._clock.now())
        return replace(shared, team=team, same_as=enterprise)

    def _opened(self, stored: Installation) -> Workspace | None:
        text = self._seal.open(stored.sealed)
        if text is None:
            log.error(
                "an installation cannot be opened: was LALABOT_SECRET_KEY changed?", extra={"at": stored.community}
            )
            return None
        return Workspace(**json.loads(text))

    async def _save(self, workspace: Workspace, installed_at: datetime) -> None:
        now = self._clock.now()
        sealed = self._seal.close(json.dumps(asdict(workspace)), now)
        async with self._store.begin() as work:
            await work.installations.save(Installation(community_of(workspace.team), sealed, installed_at, now))

    def _ends_soon(self, workspace: Workspace | None, now: datetime) -> bool:
        if workspace is None or not workspace.expires_at or self._app is None:
            return False
        if now < self._resting.get(workspace.team, now):
            return False
        return datetime.fromtimestamp(workspace.expires_at, UTC) - now < TOKEN_MARGIN

    async def _renew(self, workspace: Workspace) -> Workspace:
        """A token for the next hours; the old one, while it lasts, if Slack cannot be asked."""
        tenant = workspace.same_as or workspace.team
        try:
            answer = await self._access({"grant_type": "refresh_token", "refresh_token": workspace.refresh_token})
        except (Refusal, DeliveryError) as error:
            # Another process may have been faster: a refresh token is good for one use.
            newer = await self._read(workspace.team, "")
            if newer is not None and newer.refresh_token != workspace.refresh_token:
                return newer
            log.warning("a token could not be renewed", extra={"team": tenant, "why": str(error)})
            self._resting[workspace.team] = self._clock.now() + INSTALLATION_LIFE
            return workspace
        renewed = replace(_renewed(workspace, answer, self._clock.now()), team=tenant, same_as="")
        async with self._store.view() as work:
            stored = await work.installations.load(community_of(tenant))
        await self._save(renewed, stored.installed_at if stored else self._clock.now())
        return replace(renewed, team=workspace.team, same_as=workspace.same_as)

    async def _access(self, body: dict[str, str]) -> Answer:
        if self._app is None:
            raise LalabotError("SLACK_CLIENT_ID and SLACK_CLIENT_SECRET are needed to install or to rotate")
        secrets = {"client_id": self._app.client_id, "client_secret": self._app.client_secret}
        return await self._web.call("oauth.v2.access", secrets | body)


def _renewed(workspace: Workspace, answer: Answer, now: datetime) -> Workspace:
    lasts_s = float(answer.get("expires_in") or 0)
    return replace(
        workspace,
        token=str(answer["access_token"]),
        refresh_token=str(answer.get("refresh_token") or ""),
        expires_at=(now + timedelta(seconds=lasts_s)).timestamp() if lasts_s else 0.0,
    )
