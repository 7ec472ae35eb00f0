"""The connection: a Bolt app that acknowledges at once, over signed HTTP and over Socket Mode, and how it starts and stops.

One pattern listener a kind. Bolt runs them before it responds (``process_before_response``: its other way looks only every 10 ms), so
each does no more than acknowledge and start a task of ours. No request waits for the network or the database to be authorized.
"""

import logging

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.response import BoltResponse

from adapters.slack.api import Refusal, Web
from adapters.slack.create import Composition
from adapters.slack.gateway import SlackGateway
from adapters.slack.handling import Handling
from adapters.slack.kit import Kit
from adapters.slack.listeners import Listeners, bolt_app
from adapters.slack.manifest import SCOPES
from adapters.slack.oauth import INSTALL_PATH, REDIRECT_PATH, Installed, OAuthFlow, States, flow, nothing
from adapters.slack.people import People
from adapters.slack.replies import Replies
from adapters.slack.sealing import seal_of
from adapters.slack.sockets import Sockets
from adapters.slack.troubles import Troubles
from adapters.slack.workspaces import Credentials, Workspaces
from bot.app.lalabot import Lalabot
from bot.app.library import Library
from bot.app.tasks import Tasks
from bot.domain.errors import LalabotError, SettingError
from bot.ports.store import Store
from bot.ports.time import Chance, Clock
from bot.settings import Settings

log = logging.getLogger(__name__)

EVENTS_PATH = "/slack/events"


def is_configured(settings: Settings) -> bool:
    """Whether there is a way in from Slack and a token to answer with, now or once somebody installs the app."""
    way_in = settings.slack_app_token or settings.slack_signing_secret
    return bool(way_in and (settings.slack_bot_token or settings.slack_client_id))


class SlackClient:
    """Its gateway can post before anything is connected. ``attach`` the core, ``add_routes``, then ``start``."""

    def __init__(self, settings: Settings, store: Store, clock: Clock, chance: Chance) -> None:
        """Raises :class:`SettingError` for settings that do not go together."""
        credentials = _credentials(settings)
        seal = seal_of(settings.secret_key)
        self._settings = settings
        self._web = way = Web(settings.slack_api_url)
        self._tasks = tasks = Tasks()
        spaces = Workspaces(store, clock, way, seal, fixed=settings.slack_bot_token, app=credentials)
        self.gateway = SlackGateway(spaces, way, clock, settings.commands)
        people = People(self.gateway.call, spaces, clock, tasks, settings.slack_managers)
        replies = Replies(self.gateway, way, clock, settings.commands)
        self.kit = Kit(self.gateway, spaces, people, replies, store, clock, tasks, settings.commands)
        self._troubles = Troubles(self.kit)
        self.gateway.troubled = self._troubles.tell
        self._installed: Installed = nothing
        self._flow: OAuthFlow | None = None
        if credentials is not None:
            states = States(store, clock, chance, seal)
            self._flow = flow(credentials, tuple(SCOPES), settings.public_url, states, spaces)
        self.app = bolt_app(settings.slack_signing_secret)
        self.sockets = Sockets(self.app, settings.slack_app_token, clock, tasks)

    def attach(self, lalabot: Lalabot) -> None:
        """Before the first payload."""
        listeners = Listeners(lalabot, Handling(lalabot, self.kit), self._troubles, self.kit)
        listeners.listen(self.app)
        self._installed = listeners.installed
        if self._flow is not None:
            self._flow.installed = listeners.installed

    def add_routes(self, app: web.Application) -> None:
        """To the bot's one server. Without a signing secret nothing is taken over HTTP."""
        if self._settings.slack_signing_secret:
            app.router.add_post(EVENTS_PATH, self._events)
        if self._flow is not None:
            app.router.add_get(INSTALL_PATH, self._install)
            app.router.add_get(REDIRECT_PATH, self._redirect)

    async def start(self) -> None:
        """Connects. Raises :class:`SettingError` for a token that Slack refuses; waits for nobody who is merely away."""
        try:
            workspace = await self.kit.workspaces.fixed()
        except Refusal as refused:
            raise SettingError(
                f"Slack refuses SLACK_BOT_TOKEN ({refused}): install the app again, see README"
            ) from refused
        except LalabotError as error:
            log.warning("Slack cannot be reached yet", extra={"why": str(error)})
        else:
            if workspace is not None:
                await self._installed(workspace)
        if self._settings.slack_app_token:
            self.sockets.start(self._settings.slack_sockets, self._web.client)

    async def stop(self, *, timeout_s: float = 5.0) -> None:
        """No more payloads; what was taken is answered."""
        await self.sockets.stop()
        await self._tasks.finish(timeout_s)

    async def close(self) -> None:
        """After the core has sent its last words."""
        await self._web.close()

    async def _events(self, request: web.Request) -> web.Response:
        try:
            bolt_request = await to_bolt_request(request)
        except UnicodeDecodeError:
            return web.Response(status=400)
        response: BoltResponse = await self.app.async_dispatch(bolt_request)
        return await to_aiohttp_response(response)

    async def _install(self, request: web.Request) -> web.Response:
        assert self._flow is not None, "the route exists with the flow alone"
        return await to_aiohttp_response(await self._flow.handle_installation(await to_bolt_request(request)))

    async def _redirect(self, request: web.Request) -> web.Response:
        assert self._flow is not None, "the route exists with the flow alone"
        return await to_aiohttp_response(await self._flow.handle_callback(await to_bolt_request(request)))


class SlackBot:
    """``app`` is Bolt's, ``client`` the adapter, ``lalabot`` the core."""

    def __init__(self, made_of: Composition) -> None:
        self._made_of = made_of
        self.store = made_of.store
        self.client = SlackClient(made_of.settings, made_of.store, made_of.clock, made_of.chance)
        self.lalabot, self._ticker = made_of.build(self.client.gateway)
        self.client.attach(self.lalabot)
        self.app = self.client.app

    def add_routes(self, app: web.Application) -> None:
        self.client.add_routes(app)

    async def start(self) -> None:
        await self.lalabot.start()
        self._ticker.start()
        await self.client.start()

    async def stop(self) -> None:
        self._ticker.stop()
        await self.client.stop()
        await self.lalabot.stop()
        await self.client.close()
        await self._made_of.close()


def create(
    settings: Settings,
    *,
    store: Store | None = None,
    clock: Clock | None = None,
    chance: Chance | None = None,
    library: Library | None = None,
) -> SlackBot:
    """The whole bot with Slack as its only platform, not connected. What is not given is made from the settings."""
    return SlackBot(Composition(settings, store=store, clock=clock, chance=chance, library=library))


def _credentials(settings: Settings) -> Credentials | None:
    if not settings.slack_client_id:
        return None
    if not settings.slack_client_secret:
        raise SettingError("SLACK_CLIENT_ID is set without SLACK_CLIENT_SECRET")
    if not settings.secret_key:
        raise SettingError(
            "many workspaces (SLACK_CLIENT_ID) need LALABOT_SECRET_KEY, which encrypts their tokens: openssl rand -hex 32"
        )
    return Credentials(settings.slack_client_id, settings.slack_client_secret)
