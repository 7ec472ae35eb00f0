"""Help and about, generated from the command specs and the scoring rules."""

from collections.abc import Mapping
from importlib.metadata import version

from bot.app.commands import ROOTS, SPECS, CommandSpec
from bot.app.core import Core, scene_of
from bot.app.options import Value
from bot.app.phrases import number, say
from bot.domain.language import Language
from bot.domain.scoring import points_for
from bot.ports.cards import Card, CardKind, Text, TextStyle
from bot.ports.chat import Answer, Call, Reply


async def show_help(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala help``."""
    language = (await scene_of(core, call)).private
    parts = [Text(_commands_of(root, language)) for root in ROOTS]
    half = points_for(elapsed_ms=10_000, limit_ms=20_000, streak=1, hinted=False)
    parts.append(Text(say(language, "help.points"), TextStyle.STRONG))
    parts.append(Text(say(language, "help.points_body", half=number(language, half))))
    return Reply(Card(CardKind.HELP, language, say(language, "help.title"), tuple(parts)))


async def show_about(core: Core, call: Call, _: Mapping[str, Value]) -> Answer:
    """``/lala about``."""
    scene = await scene_of(core, call)
    language, pack = scene.private, scene.catalogue.pack
    sources = "; ".join(source.name[language] for source in pack.sources)
    body = say(
        language,
        "about.body",
        facts=number(language, len(pack.facts)),
        questions=number(language, len(pack.questions)),
        version=version("lalabot"),
    )
    lines = (body, say(language, "about.sources", sources=sources), say(language, "about.privacy"))
    small = Text(say(language, "about.unofficial"), TextStyle.SMALL)
    parts = (*(Text(line) for line in lines), small)
    return Reply(Card(CardKind.HELP, language, say(language, "about.title"), parts))


def _commands_of(root: str, language: Language) -> str:
    return "\n".join(_line(spec, language) for spec in SPECS if spec.root == root)


def _line(spec: CommandSpec, language: Language) -> str:
    about = spec.about(language)
    if spec.managers_only:
        about = say(language, "help.managers", about=about)
    return f"/{spec.label(language)}: {about}"
