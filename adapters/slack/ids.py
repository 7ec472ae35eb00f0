"""The core's ids of Slack's things. Only this adapter takes them apart.

A community is a workspace, ``slack/T…``; a channel ``slack/T…/C…``; a player ``slack/T…/U…``: the same person in two workspaces is two
players, so that no workspace learns anything of another.
"""

from typing import Final, NamedTuple

from bot.domain.ids import ChannelId, CommunityId, PlayerId

PLATFORM: Final = "slack"


class Spot(NamedTuple):
    """A channel, or a person, of a workspace, in Slack's own ids."""

    team: str
    id: str


def community_of(team: str) -> CommunityId:
    return CommunityId(f"{PLATFORM}/{team}")


def channel_of(team: str, channel: str) -> ChannelId:
    return ChannelId(f"{PLATFORM}/{team}/{channel}")


def player_of(team: str, user: str) -> PlayerId:
    return PlayerId(f"{PLATFORM}/{team}/{user}")


def spot_of(known: ChannelId | PlayerId) -> Spot:
    _, team, name = known.split("/", 2)
    return Spot(team, name)
