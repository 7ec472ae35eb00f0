"""What a channel's managers have set."""

from dataclasses import dataclass, field

from bot.domain.facts import Spoiler
from bot.domain.ids import ChannelId, CommunityId, PackId
from bot.domain.language import Language
from bot.domain.rules import Rules


@dataclass(frozen=True, slots=True)
class Channel:
    """The defaults are a channel nobody has set anything in."""

    id: ChannelId
    community: CommunityId
    language: Language | None = None
    """``None``: the community's own, else English."""
    spoilers: Spoiler = Spoiler.NONE
    quiz: Rules = field(default_factory=Rules)
    """What ``/quiz start`` without options means here."""
    pack: PackId | None = None
    """``None``: the first that is loaded."""
