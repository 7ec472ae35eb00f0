"""Installing into many workspaces: Bolt's OAuth v2 flow, with state that is sealed, bound to the browser, and good for one use."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final

from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.oauth.installation_store import Installation
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.sealing import Seal
from adapters.slack.workspaces import Credentials, Workspace, Workspaces
from bot.domain.errors import LalabotError
from bot.ports.store import Store
from bot.ports.time import Chance, Clock

log = logging.getLogger(__name__)

INSTALL_PATH: Final = "/slack/install"
REDIRECT_PATH: Final = "/slack/oauth_redirect"
STATE_LIFE_S: Final = 600

Installed = Callable[[Workspace], Awaitable[None]]
"""Told of each workspace that has installed the bot."""


class States(AsyncOAuthStateStore):
    """Nothing is stored until a state is used: it opens only for who sealed it, and its use is remembered."""

    def __init__(self, store: Store, clock: Clock, chance: Chance, seal: Seal) -> None:
        self._store = store
        self._clock = clock
        self._chance = chance
        self._seal = seal

    @property
    def logger(self) -> logging.Logger:
        return log

    async def async_issue(self, *_: Any, **__: Any) -> str:  # noqa: ANN401 - slack_sdk's signature
        return self._seal.close(self._chance.token(24), self._clock.now())

    async def async_consume(self, state: str) -> bool:
        now = self._clock.now()
        token = self._seal.open(state, now=now, life_s=STATE_LIFE_S)
        if token is None:
            return False
        async with self._store.begin() as work:
            return await work.seen.first(f"slack/state/{token}", now=now)


class OAuthFlow(AsyncOAuthFlow):
    """Bolt's pages and checks; the installation itself is ours, since tokens are sealed and times are the clock's."""

    def __init__(self, settings: AsyncOAuthSettings, client: AsyncWebClient, workspaces: Workspaces) -> None:
        super().__init__(settings=settings, client=client, logger=log)
        self._workspaces = workspaces
        self.installed: Installed = nothing

    async def run_installation(self, code: str) -> Installation | None:
        try:
            workspace = await self._workspaces.exchange_code(code, self.settings.redirect_uri or "")
            await self._workspaces.add(workspace)
            await self.installed(workspace)
        except LalabotError as error:
            log.warning("an installation failed", extra={"why": str(error)})
            return None
        log.info("installed", extra={"team": workspace.team})
        return Installation(user_id=workspace.installer, team_id=workspace.team, team_name=workspace.name)

    async def store_installation(self, request: AsyncBoltRequest, installation: Installation) -> None:
        """Done: ``run_installation`` stored it."""


def flow(app: Credentials, scopes: Sequence[str], public_url: str, states: States, workspaces: Workspaces) -> OAuthFlow:
    settings = AsyncOAuthSettings(
        client_id=app.client_id,
        client_secret=app.client_secret,
        scopes=list(scopes),
        user_scopes=[],
        redirect_uri=f"{public_url}{REDIRECT_PATH}" if public_url else None,
        install_path=INSTALL_PATH,
        redirect_uri_path=REDIRECT_PATH,
        state_store=states,
        state_expiration_seconds=STATE_LIFE_S,
        logger=log,
    )
    return OAuthFlow(settings, AsyncWebClient(), workspaces)


async def nothing(_: Workspace) -> None:
    pass
