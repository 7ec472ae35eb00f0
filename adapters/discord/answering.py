"""Answers an interaction within Discord's three seconds, however slow the core is.

A quick answer is given at once, in one request. Where the core takes longer, the answer is announced ("thinking …") in the way that
``Lalabot.expect`` foretells, and follows. A form cannot follow an announcement: one that comes too late is offered behind a button.
"""

import asyncio
import logging
from typing import Any, Final, assert_never

import aiohttp
import discord

from adapters.discord.errors import ALREADY_ACKNOWLEDGED, UNKNOWN_INTERACTION
from adapters.discord.gateway import NOBODY
from adapters.discord.limits import FORM_PATIENCE_S, PATIENCE_S
from adapters.discord.render import render_card, render_form
from adapters.discord.words import word
from bot.app.lalabot import Lalabot
from bot.domain.language import Language
from bot.ports.cards import Button, ButtonStyle, Card, CardKind, Form, Text, Tone
from bot.ports.chat import Answer, AskForm, Audience, Inbound, Press, Reply

log = logging.getLogger(__name__)

Interaction = discord.Interaction[Any]
TOO_LATE: Final = frozenset((UNKNOWN_INTERACTION, ALREADY_ACKNOWLEDGED))


class Announcement:
    """Made once patience ends, unless the answer was there first."""

    def __init__(self, interaction: Interaction, *, is_private: bool, after_s: float) -> None:
        self.is_private = is_private
        self._interaction = interaction
        self._making: asyncio.Task[None] | None = None
        self._timer = asyncio.get_running_loop().call_later(after_s, self._begin)

    async def settle(self) -> bool:
        """The answer is there: whether it was announced. An announcement that was lost on its way leaves the answer to be tried."""
        self._timer.cancel()
        if self._making is None:
            return False
        try:
            await self._making
        except (aiohttp.ClientError, OSError):
            return False
        return True

    def _begin(self) -> None:
        self._making = asyncio.get_running_loop().create_task(self._make(), name="announce an answer")

    async def _make(self) -> None:
        await self._interaction.response.defer(ephemeral=self.is_private, thinking=True)


async def answer(lalabot: Lalabot, interaction: Interaction, inbound: Inbound) -> None:
    """Never raises for what Discord or the network does: what was decided stands in the store, only the word on it is lost."""
    try:
        await _answer(lalabot, interaction, inbound)
    except discord.HTTPException as error:
        level = logging.INFO if error.code in TOO_LATE else logging.WARNING
        log.log(level, "an answer was not taken", extra={"key": inbound.dedupe_key, "why": str(error)})
    except (aiohttp.ClientError, OSError) as error:
        log.warning("an answer was lost", extra={"key": inbound.dedupe_key, "why": repr(error)})


async def _answer(lalabot: Lalabot, interaction: Interaction, inbound: Inbound) -> None:
    expected = lalabot.expect(inbound)
    patience_s = FORM_PATIENCE_S if expected.may_ask_form else PATIENCE_S
    announcement = Announcement(interaction, is_private=expected.audience is Audience.ACTOR, after_s=patience_s)
    given: Answer = None
    try:
        given = await lalabot.handle(inbound)
    finally:
        announced = await announcement.settle()
    if announced:
        await _follow(interaction, given, inbound, is_private=announcement.is_private)
    else:
        await _respond(interaction, given)


async def _respond(interaction: Interaction, given: Answer) -> None:
    """In the one request that also acknowledges."""
    match given:
        case Reply(card, to):
            await interaction.response.send_message(
                view=render_card(card), ephemeral=to is Audience.ACTOR, allowed_mentions=NOBODY
            )
        case AskForm(form):
            await interaction.response.send_modal(render_form(form))
        case None:
            await interaction.response.defer(ephemeral=True, thinking=interaction.message is None)
            if interaction.message is None:
                await interaction.delete_original_response()
        case _:
            assert_never(given)


async def _follow(interaction: Interaction, given: Answer, inbound: Inbound, *, is_private: bool) -> None:
    """After an announcement, whose privacy cannot be changed any more: an answer for other eyes takes its place."""
    match given:
        case None:
            await interaction.delete_original_response()
        case Reply(card, to) if (to is Audience.ACTOR) != is_private:
            await interaction.delete_original_response()
            await interaction.followup.send(
                view=render_card(card), ephemeral=to is Audience.ACTOR, allowed_mentions=NOBODY
            )
        case Reply(card):
            await interaction.edit_original_response(view=render_card(card), allowed_mentions=NOBODY)
        case AskForm(form):
            await interaction.edit_original_response(view=render_card(late_form_card(form, inbound)))
        case _:
            assert_never(given)


def late_form_card(form: Form, inbound: Inbound) -> Card:
    """The same button again: pressed, it opens the form."""
    language = form.language
    again = (
        (Button(inbound.button, word(language, "late.again"), ButtonStyle.PRIMARY),)
        if isinstance(inbound, Press)
        else ()
    )
    return _notice(language, "late", again)


def stopping_card(language: Language) -> Card:
    return _notice(language, "stopping", ())


def _notice(language: Language, key: str, buttons: tuple[Button, ...]) -> Card:
    body = Text(word(language, f"{key}.body"))
    return Card(CardKind.NOTICE, language, word(language, f"{key}.title"), (body,), buttons, Tone.WARNING)
