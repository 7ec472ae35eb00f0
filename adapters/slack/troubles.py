"""What went wrong with a post, told to whom it concerns: the one who last commanded there, else who installed the bot."""

from collections import OrderedDict
from datetime import datetime, timedelta
from typing import Final

from adapters.slack.ids import player_of, spot_of
from adapters.slack.inbound import Origin, ReplyLine
from adapters.slack.kit import Kit
from adapters.slack.words import word
from bot.app.cards import notice
from bot.domain.ids import ChannelId
from bot.domain.language import Language
from bot.ports.cards import Card, Tone

MAX_CHANNELS: Final = 10_000
ONCE_IN: Final = timedelta(hours=1)
SAID: Final = {"uncertain": ("uncertain.title", "uncertain"), "is_archived": ("cannot.title", "cannot.is_archived")}
"""What has no remedy of a manager's, such as a token that was revoked, is in the log alone."""


class Troubles:
    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._lines: OrderedDict[ChannelId, tuple[ReplyLine, str]] = OrderedDict()
        self._told: OrderedDict[tuple[ChannelId, str], datetime] = OrderedDict()

    def remember(self, channel: ChannelId, origin: Origin) -> None:
        """Somebody commands there."""
        self._lines.pop(channel, None)
        self._lines[channel] = (origin.line, origin.user)
        if len(self._lines) > MAX_CHANNELS:
            self._lines.popitem(last=False)

    def tell(self, channel: ChannelId, what: str) -> None:
        """Once an hour for each channel and kind."""
        now = self._kit.clock.now()
        last = self._told.pop((channel, what), None)
        self._told[channel, what] = now
        if len(self._told) > MAX_CHANNELS:
            self._told.popitem(last=False)
        if what in SAID and (last is None or now - last > ONCE_IN):
            self._kit.tasks.spawn(self._tell(channel, what), f"trouble {channel}")

    async def _tell(self, channel: ChannelId, what: str) -> None:
        team = spot_of(channel).team
        line, user = self._lines.get(channel, (None, ""))
        if line is not None and await self._kit.replies.tell(line, self._card(team, user, what)):
            return
        workspace = self._kit.workspaces.at_hand(team)
        somebody = (workspace.installer if workspace else "") or user
        if somebody:
            await self._kit.gateway.whisper(channel, player_of(team, somebody), self._card(team, somebody, what))

    def _card(self, team: str, user: str, what: str) -> Card:
        profile = self._kit.people.at_hand(team, user)
        language = (profile.language if profile else None) or Language.EN
        title, text = SAID[what]
        return notice(language, word(language, title), word(language, text), tone=Tone.WARNING)
