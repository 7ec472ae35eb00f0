"""App Home: one's own record, the workspace's standings and its daily posts. It is put together from the core's own cards."""

from typing import Final

from adapters.slack.home_dailies import MOST, daily_blocks
from adapters.slack.inbound import Origin, Profile, Setting, actor_of, place_of
from adapters.slack.kit import Kit
from adapters.slack.limits import MAX_VIEW_BLOCKS
from adapters.slack.render import Json, Names, plain, render_blocks
from adapters.slack.words import word
from bot.app.lalabot import Lalabot
from bot.domain.language import Language
from bot.domain.standings import Scope
from bot.ports.cards import Card
from bot.ports.chat import Call, Reply

SECTIONS: Final[tuple[tuple[str, dict[str, str]], ...]] = (
    ("quiz me", {}),
    ("quiz scores", {"scope": str(Scope.COMMUNITY)}),
)
"""The commands whose answers stand there, in order; the channels with a daily post follow."""


async def home_view(lalabot: Lalabot, kit: Kit, origin: Origin, profile: Profile, setting: Setting) -> Json:
    actor, place = actor_of(origin, profile), place_of(origin, profile, setting)
    cards = []
    for path, options in SECTIONS:
        answer = await lalabot.handle(Call(path, actor, place, origin.at, f"{origin.key}/{path}", options))
        if isinstance(answer, Reply):
            cards.append(answer.card)
    async with kit.store.view() as work:
        dailies = await work.dailies.of_community(origin.community, limit=MOST)
    language = profile.language or setting.language or Language.EN
    return render_home(cards, daily_blocks(dailies, language, edits=profile.is_admin), language, kit.names)


def render_home(cards: list[Card], dailies: list[Json], language: Language, names: Names) -> Json:
    commands = {"fact": names.get("lalafact", "lalafact"), "quiz": names.get("quiz", "quiz")}
    hint = word(language, "home.hint", lala=names.get("lala", "lala"), **commands)
    blocks: list[Json] = [
        {"type": "header", "text": plain(word(language, "home.title"), 150)},
        {"type": "context", "elements": [plain(hint, 2_000)]},
    ]
    for card in cards:
        blocks += [{"type": "divider"}, *render_blocks(card, names)]
    blocks += [{"type": "divider"}, *dailies]
    return {"type": "home", "blocks": blocks[:MAX_VIEW_BLOCKS]}
