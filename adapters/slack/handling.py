"""What a payload comes to once it is acknowledged: the core is asked, and its answer is shown. Nothing here delays an acknowledgement
but the verdict on a form, and that not for long."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import replace

from adapters.slack.api import Refusal
from adapters.slack.home import home_view
from adapters.slack.home_dailies import PATH, daily_form, field_named_in, options_of
from adapters.slack.ids import PLATFORM, channel_of
from adapters.slack.inbound import (
    Origin,
    Profile,
    Setting,
    call_of,
    press_of,
    submission_of,
    write_metadata,
)
from adapters.slack.kit import Kit
from adapters.slack.limits import PRESS_PATIENCE_S, PROFILE_PATIENCE_S
from adapters.slack.render import render_form
from adapters.slack.words import word
from bot.app.cards import notice
from bot.app.lalabot import Lalabot
from bot.domain.errors import LalabotError
from bot.domain.language import Language
from bot.ports.cards import Form, Tone
from bot.ports.chat import Answer, AskForm, Audience, Press, Reply

log = logging.getLogger(__name__)

TRIGGER_GONE = frozenset(("expired_trigger_id", "trigger_expired", "invalid_trigger_id", "exchanged_trigger_id"))


class Handling:
    def __init__(self, lalabot: Lalabot, kit: Kit) -> None:
        self._lalabot = lalabot
        self._kit = kit

    async def call(self, origin: Origin, path: str, options: Mapping[str, str]) -> None:
        """A command. It is shown once, whichever process it reaches a second time."""
        async with self._kit.store.begin() as work:
            if not await work.seen.first(f"{PLATFORM}/call/{origin.key}", now=self._kit.clock.now()):
                return
        known = await self._known(origin, PROFILE_PATIENCE_S)
        if known is not None:
            await self._show(origin, await self._lalabot.handle(call_of(origin, *known, path, options)))

    async def press(self, origin: Origin, button: str) -> None:
        """An answer to a question waits the least for who its player is: the round may be about to close."""
        # Whether it may ask for a form, or needs a manager, the button alone tells.
        bare = press_of(origin, Profile(origin.handle, None, is_admin=False), Setting(None, ""), button)
        in_haste = not self._lalabot.expect(bare).may_ask_form
        known = await self._known(origin, PRESS_PATIENCE_S if in_haste else PROFILE_PATIENCE_S)
        if known is not None:
            press: Press = press_of(origin, *known, button)
            await self._show(origin, await self._lalabot.handle(press))

    async def submission(self, origin: Origin, form: str, values: Mapping[str, str]) -> Answer:
        """The verdict; showing it is the caller's, who alone knows whether the form is still open."""
        known = await self._known(origin, PROFILE_PATIENCE_S)
        if known is None:
            return None
        return await self._lalabot.handle(submission_of(origin, *known, form, values))

    async def show(self, origin: Origin, answering: "asyncio.Task[Answer]") -> None:
        await self._show(origin, await answering)

    async def home(self, origin: Origin) -> None:
        known = await self._known(origin, PROFILE_PATIENCE_S)
        if known is None:
            return
        view = await home_view(self._lalabot, self._kit, origin, *known)
        try:
            await self._kit.gateway.call(origin.team, "views.publish", {"user_id": origin.user, "view": view})
        except LalabotError as error:
            log.warning("App Home was not published", extra={"user": origin.user, "why": str(error)})

    async def ask_daily(self, origin: Origin, channel: str) -> None:
        """From App Home; whether this is a manager is asked when the form is sent."""
        known = await self._known(origin, PROFILE_PATIENCE_S)
        async with self._kit.store.view() as work:
            daily = await work.dailies.load(channel_of(origin.team, channel))
        if known is not None and daily is not None:
            await self._ask(origin, daily_form(daily, known[0].language or Language.EN))

    async def save_daily(self, origin: Origin, channel: str, values: Mapping[str, str]) -> Answer:
        there = replace(origin, channel=channel)
        known = await self._known(there, PROFILE_PATIENCE_S)
        if known is None:
            return None
        answer = await self._lalabot.handle(call_of(there, *known, PATH, options_of(values)))
        if isinstance(answer, Reply) and answer.card.tone is Tone.WARNING:
            wrong = field_named_in(answer.card.spoken(), known[0].language or Language.EN)
            return replace(answer, wrong_field=wrong)
        self._kit.tasks.spawn(self.home(origin), f"home {origin.key}")
        return answer

    async def _known(self, origin: Origin, patience_s: float) -> tuple[Profile, Setting] | None:
        """Who acts and where; ``None``, with a word to them, if the bot is not installed there."""
        try:
            workspace = await self._kit.workspaces.find(origin.team)
        except LalabotError as error:
            # The token is not needed to answer by the response_url.
            log.warning("a workspace could not be looked up", extra={"team": origin.team, "why": str(error)})
        else:
            if workspace is None:
                await self._not_installed(origin)
                return None
        profile = await self._kit.people.find(origin, patience_s=patience_s)
        setting = await self._kit.people.setting(origin, profile.language, patience_s=patience_s)
        return profile, setting

    async def _not_installed(self, origin: Origin) -> None:
        log.warning("a workspace without an installation", extra={"team": origin.team})
        language = Language.EN
        card = notice(language, word(language, "cannot.title"), word(language, "cannot.not_installed"), tone=Tone.BAD)
        await self._kit.replies.tell(origin.line, card)

    async def _show(self, origin: Origin, answer: Answer) -> None:
        match answer:
            case Reply():
                await self._kit.replies.show(origin, answer.card, answer.to)
            case AskForm():
                await self._ask(origin, answer.form)
            case None:
                pass

    async def _ask(self, origin: Origin, form: Form) -> None:
        view = render_form(form, write_metadata(origin))
        try:
            await self._kit.gateway.call(origin.team, "views.open", {"trigger_id": origin.trigger, "view": view})
        except LalabotError as error:
            expected = isinstance(error, Refusal) and error.error in TRIGGER_GONE
            log.log(logging.INFO if expected else logging.ERROR, "a form did not open", extra={"why": str(error)})
            card = notice(form.language, form.title, word(form.language, "form.late"), tone=Tone.WARNING)
            await self._kit.replies.show(origin, card, Audience.ACTOR)
