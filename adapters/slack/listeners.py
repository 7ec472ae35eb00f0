"""What Bolt hands over, acknowledged and passed on. One pattern listener a kind, and nothing slow in any of them."""

import asyncio
import logging
import re
from datetime import timedelta
from typing import Any, Final

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.async_authorize import AsyncAuthorize
from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.handling import Handling
from adapters.slack.home_dailies import channel_in, is_ours
from adapters.slack.ids import channel_of, community_of
from adapters.slack.inbound import (
    Origin,
    Payload,
    first_action,
    form_values,
    is_link,
    read_action,
    read_command,
    read_event,
    read_submission,
)
from adapters.slack.kit import Kit
from adapters.slack.limits import SUBMISSION_PATIENCE_S
from adapters.slack.recent import Recent
from adapters.slack.render import escape, render_card, render_receipt
from adapters.slack.troubles import Troubles
from adapters.slack.workspaces import Workspace
from bot.app.command_line import CommandLine, read_words
from bot.app.lalabot import Lalabot
from bot.domain.language import Language
from bot.ports.chat import Answer, Reply

log = logging.getLogger(__name__)

ANY: Final = re.compile("")


class NoWait(AsyncAuthorize):
    """Lets every signed request through at once; whether the bot is installed there is asked after the acknowledgement."""

    def __init__(self) -> None:
        """Nothing to look anything up in."""

    async def __call__(
        self,
        *,
        context: AsyncBoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_: object,
    ) -> AuthorizeResult:
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


def bolt_app(signing_secret: str) -> AsyncApp:
    return AsyncApp(
        name="lalabot",
        signing_secret=signing_secret,
        # Never used: each call goes with its workspace's own token.
        client=AsyncWebClient(),
        authorize=NoWait(),
        process_before_response=True,
        attaching_function_token_enabled=False,
        attaching_conversation_kwargs_enabled=False,
    )


class Listeners:
    def __init__(self, lalabot: Lalabot, handling: Handling, troubles: Troubles, kit: Kit) -> None:
        self._lalabot = lalabot
        self._handling = handling
        self._troubles = troubles
        self._kit = kit
        self._roots = {f"/{name}": root for root, name in kit.names.items()}
        self._recent = Recent()

    def listen(self, app: AsyncApp) -> None:
        app.command(ANY)(self.on_command)
        app.block_action(ANY)(self.on_action)
        app.view_submission(ANY)(self.on_submission)
        app.event(ANY)(self.on_event)

    async def on_command(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        origin = read_command(body, self._kit.clock.now())
        if not self._recent.first(origin.key):
            await ack()
            return
        root = self._roots.get(str(body.get("command", "")), "lala")
        language = self._language(origin)
        line = read_words(root, str(body.get("text") or ""), language)
        if isinstance(line, CommandLine):
            await ack()
            self._troubles.remember(channel_of(origin.team, origin.channel), origin)
            self._kit.tasks.spawn(self._handling.call(origin, line.path, line.options), f"call {origin.key}")
        else:
            # What is wrong with the words is known without asking anybody: the acknowledgement itself says it.
            card = self._lalabot.refusal(line, language).card
            await ack({**render_card(card, self._kit.names), "response_type": "ephemeral"})

    async def on_action(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        if is_link(body):
            return
        origin = read_action(body, self._kit.clock.now())
        if self._recent.first(origin.key):
            button = str(first_action(body).get("action_id", ""))
            work = self._handling.ask_daily(origin, channel_in(button)) if is_ours(button) else None
            self._kit.tasks.spawn(work or self._handling.press(origin, button), f"press {origin.key}")

    async def on_submission(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        """The one listener that waits, for an error can stand on its field in the acknowledgement alone; and not for long."""
        origin = read_submission(body, self._kit.clock.now())
        if not self._recent.first(origin.key):
            await ack()
            return
        answering = asyncio.get_running_loop().create_task(self._submit(origin, body), name=f"form {origin.key}")
        await asyncio.wait({answering}, timeout=SUBMISSION_PATIENCE_S)
        answer = answering.result() if answering.done() else None
        match answer:
            case Reply(wrong_field=str(name)) as reply:
                text = " ".join(reply.card.spoken().splitlines()[1:]) or reply.card.title
                await ack(response_action="errors", errors={name: escape(text)})
                return
            case Reply() as reply if not origin.line.is_open(self._kit.clock.now()):
                await ack(response_action="update", view=render_receipt(reply.card, self._kit.names))
                return
            case _:
                await ack()
        self._kit.tasks.spawn(self._handling.show(origin, answering), f"form {origin.key}")

    async def on_event(self, ack: AsyncAck, body: dict[str, Any]) -> None:
        await ack()
        origin = read_event(body, self._kit.clock.now())
        if not self._recent.first(origin.key):
            return
        event = body.get("event") or {}
        match event.get("type"):
            case "app_home_opened" if event.get("tab", "home") == "home":
                self._kit.tasks.spawn(self._handling.home(origin), f"home {origin.key}")
            case "app_uninstalled":
                self._kit.tasks.spawn(self._left(origin), f"uninstalled {origin.team}")
            case "tokens_revoked" if (event.get("tokens") or {}).get("bot"):
                self._kit.tasks.spawn(self._left(origin), f"revoked {origin.team}")
            case _:
                pass

    async def installed(self, workspace: Workspace) -> None:
        """By OAuth: what paused when the bot was put out goes on."""
        await self._lalabot.joined(
            community_of(workspace.team), greet_in=None, language=Language.EN, joined_at=self._kit.clock.now()
        )

    async def _submit(self, origin: Origin, body: Payload) -> Answer:
        form, values = str(body["view"].get("callback_id", "")), form_values(body)
        if is_ours(form):
            return await self._handling.save_daily(origin, channel_in(form), values)
        return await self._handling.submission(origin, form, values)

    async def _left(self, origin: Origin) -> None:
        """Slack tells it again for minutes; who has installed the app again meanwhile is not put out by that."""
        if not await self._kit.workspaces.forget(origin.team, before=origin.at + timedelta(seconds=1)):
            return
        log.info("uninstalled", extra={"team": origin.team})
        self._kit.people.forget(origin.team)
        await self._lalabot.left(community_of(origin.team))

    def _language(self, origin: Origin) -> Language:
        profile = self._kit.people.at_hand(origin.team, origin.user)
        return (profile.language if profile else None) or Language.EN
