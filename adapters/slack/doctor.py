"""What the operator asks of Slack: is all well (`lalabot doctor`), and if not, what to do. It changes nothing."""

from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Final

import aiohttp

from adapters.slack.api import Refusal, Web
from adapters.slack.client import EVENTS_PATH
from adapters.slack.ids import PLATFORM
from adapters.slack.manifest import SCOPES
from bot.domain.errors import LalabotError
from bot.ports.findings import Finding
from bot.ports.store import Store
from bot.ports.time import Clock
from bot.settings import Settings

SKEW_S: Final = 60
"""Slack refuses nothing for it, but the bot refuses requests five minutes off, and rounds would close early or late."""


async def doctor(settings: Settings, clock: Clock, store: Store | None = None) -> tuple[Finding, ...]:
    """``store``: to count the workspaces that installed the bot."""
    asked = settings.slack_bot_token or settings.slack_client_id or settings.slack_app_token
    if not (asked or settings.slack_signing_secret):
        return (Finding(ok=True, text="Slack: no token, so it is left out"),)
    web = Web(settings.slack_api_url)
    try:
        findings = [_ways_in(settings)]
        if settings.slack_bot_token:
            findings += await _token(web, settings, clock)
        if settings.slack_app_token:
            findings.append(await _sockets(web, settings))
        if settings.slack_signing_secret:
            findings.append(await _address(web, settings))
        if settings.slack_client_id:
            findings.append(await _installing(settings, store))
        return tuple(findings)
    finally:
        await web.close()


async def doctor_lines(settings: Settings, clock: Clock, store: Store | None = None) -> tuple[str, ...]:
    """The findings as lines for a terminal."""
    found = await doctor(settings, clock, store)
    return tuple(finding.line() for finding in found)


def _ways_in(settings: Settings) -> Finding:
    ways = []
    if settings.slack_app_token:
        ways.append(f"Socket Mode with {settings.slack_sockets} connections")
    if settings.slack_signing_secret:
        ways.append(f"HTTP at {EVENTS_PATH}")
    if not ways:
        return Finding(ok=False, text="Slack: nothing can come in; set SLACK_APP_TOKEN or SLACK_SIGNING_SECRET")
    if not settings.slack_bot_token and not settings.slack_client_id:
        return Finding(
            ok=False, text="Slack: nothing can be answered; set SLACK_BOT_TOKEN, or SLACK_CLIENT_ID for many"
        )
    return Finding(ok=True, text=f"Slack: events come over {' and '.join(ways)}")


async def _token(web: Web, settings: Settings, clock: Clock) -> list[Finding]:
    try:
        answer, headers = await web.exchange("auth.test", {}, token=settings.slack_bot_token)
    except Refusal as refused:
        text = f"Slack: SLACK_BOT_TOKEN is refused ({refused}); copy it anew from OAuth & Permissions"
        return [Finding(ok=False, text=text)]
    except LalabotError as error:
        return [Finding(ok=False, text=f"Slack: cannot be reached ({error}); check the network and SLACK_API_URL")]
    who = f"Slack: the bot is {answer.get('user')} in {answer.get('team')} ({answer.get('team_id')})"
    return [Finding(ok=True, text=who), _scopes(headers), _clock(headers, clock)]


def _scopes(headers: Mapping[str, str]) -> Finding:
    granted = {scope.strip() for scope in headers.get("x-oauth-scopes", "").split(",") if scope.strip()}
    missing = [scope for scope in SCOPES if scope not in granted]
    if missing:
        needs = "; ".join(f"{scope}, for {SCOPES[scope]}" for scope in missing)
        return Finding(ok=False, text=f"Slack: scopes are missing ({needs}); add them and install the app again")
    unneeded = ", ".join(sorted(granted - set(SCOPES)))
    more = f"; not needed: {unneeded}" if unneeded else ""
    return Finding(ok=True, text=f"Slack: scopes present: {', '.join(SCOPES)}{more}")


def _clock(headers: Mapping[str, str], clock: Clock) -> Finding:
    try:
        theirs = parsedate_to_datetime(headers.get("Date", ""))
    except (TypeError, ValueError):
        return Finding(ok=True, text="Slack: it told no time to compare with")
    skew_s = abs((clock.now() - theirs).total_seconds())
    text = f"Slack: this machine's clock is {skew_s:.0f} s off Slack's"
    return Finding(ok=skew_s <= SKEW_S, text=text if skew_s <= SKEW_S else f"{text}; let it be set over NTP")


async def _sockets(web: Web, settings: Settings) -> Finding:
    try:
        await web.call("apps.connections.open", {}, token=settings.slack_app_token)
    except Refusal as refused:
        remedy = "make an app-level token with connections:write, and switch Socket Mode on"
        return Finding(ok=False, text=f"Slack: SLACK_APP_TOKEN is refused ({refused}); {remedy}")
    except LalabotError as error:
        return Finding(ok=False, text=f"Slack: no socket ({error}); check the network and SLACK_API_URL")
    return Finding(ok=True, text="Slack: a socket can be opened")


async def _address(web: Web, settings: Settings) -> Finding:
    """Our own server refuses what is not signed, and that is the sign that it is there."""
    if not settings.public_url:
        text = "Slack: LALABOT_PUBLIC_URL is not set, so the request address cannot be tried"
        return Finding(ok=not settings.slack_client_id, text=text)
    url = f"{settings.public_url}{EVENTS_PATH}"
    try:
        async with web.session.post(url, json={}) as response:
            status = response.status
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(ok=False, text=f"Slack: {url} cannot be reached ({type(error).__name__}); is the bot running?")
    if status == 401:
        return Finding(ok=True, text=f"Slack: {url} answers, and refuses what is not signed")
    return Finding(ok=False, text=f"Slack: {url} answers {status}; the proxy before it must pass {EVENTS_PATH} on")


async def _installing(settings: Settings, store: Store | None) -> Finding:
    missing = [
        name
        for name, value in (
            ("SLACK_CLIENT_SECRET", settings.slack_client_secret),
            ("SLACK_SIGNING_SECRET", settings.slack_signing_secret),
            ("LALABOT_SECRET_KEY", settings.secret_key),
            ("LALABOT_PUBLIC_URL", settings.public_url),
        )
        if not value
    ]
    if missing:
        return Finding(ok=False, text=f"Slack: for many workspaces, set {', '.join(missing)} too")
    if store is None:
        return Finding(ok=True, text="Slack: many workspaces can install it")
    async with store.view() as work:
        count = len(await work.installations.communities(platform=PLATFORM))
    return Finding(ok=True, text=f"Slack: {count} workspaces have installed it, at {settings.public_url}/slack/install")
