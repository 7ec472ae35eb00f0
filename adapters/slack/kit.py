"""What the parts of this adapter work with."""

from dataclasses import dataclass

from adapters.slack.gateway import SlackGateway
from adapters.slack.people import People
from adapters.slack.render import Names
from adapters.slack.replies import Replies
from adapters.slack.workspaces import Workspaces
from bot.app.tasks import Tasks
from bot.ports.store import Store
from bot.ports.time import Clock


@dataclass(frozen=True, slots=True)
class Kit:
    gateway: SlackGateway
    workspaces: Workspaces
    people: People
    replies: Replies
    store: Store
    clock: Clock
    tasks: Tasks
    names: Names
