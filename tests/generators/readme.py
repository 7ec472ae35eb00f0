"""The README's tables and diagram, from the code: ``python -m tests.generators.readme`` writes them, a test holds them to it."""

import re
from pathlib import Path

from bot.app.commands import SPECS as COMMANDS
from bot.app.commands import OptionKind
from bot.domain.game import LEGAL, Phase
from bot.domain.language import Language
from bot.settings import SPECS as SETTINGS

README = Path(__file__).parent.parent.parent / "README.md"

# What a command leads to is worked out by running the rules: see test_the_diagram_shows_what_the_rules_do.
MOVES = {
    (Phase.STARTING, "Advance", Phase.ASKING),
    (Phase.STARTING, "Stop", Phase.ENDED),
    (Phase.ASKING, "MarkShown", Phase.ASKING),
    (Phase.ASKING, "CastVote", Phase.ASKING),
    (Phase.ASKING, "CastVote", Phase.REVEALING),
    (Phase.ASKING, "CloseRound", Phase.REVEALING),
    (Phase.ASKING, "Stop", Phase.ENDED),
    (Phase.REVEALING, "Advance", Phase.ASKING),
    (Phase.REVEALING, "Advance", Phase.PAUSED),
    (Phase.REVEALING, "Advance", Phase.ENDED),
    (Phase.REVEALING, "Stop", Phase.ENDED),
    (Phase.PAUSED, "Resume", Phase.ASKING),
    (Phase.PAUSED, "Advance", Phase.ENDED),
    (Phase.PAUSED, "Stop", Phase.ENDED),
}


def commands_table() -> str:
    lines = ["| command | in Portuguese | what it does | options |", "|---|---|---|---|"]
    for spec in COMMANDS:
        who = " (managers)" if spec.managers_only else ""
        options = ", ".join(_option(option) for option in spec.options) or "–"
        portuguese = spec.label(Language.PT_BR)
        lines.append(f"| `/{spec.path}` | `/{portuguese}` | {spec.about(Language.EN)}{who} | {options} |")
    return "\n".join(lines)


def _option(option) -> str:
    match option.kind:
        case OptionKind.INTEGER:
            return f"`{option.name}` {option.minimum}–{option.maximum}"
        case OptionKind.CHOICE:
            return f"`{option.name}` {'·'.join(option.values)}"
        case _:
            return f"`{option.name}`"


def settings_table() -> str:
    lines = ["| variable | meaning | default |", "|---|---|---|"]
    lines += [f"| `{s.name}` | {s.meaning} | {f'`{s.default}`' if s.default else '–'} |" for s in SETTINGS]
    return "\n".join(lines)


def diagram() -> str:
    assert {(phase, command.__name__) for phase, command in LEGAL} == {(phase, name) for phase, name, _ in MOVES}
    arrows: dict[tuple[Phase, Phase], list[str]] = {}
    for phase in Phase:
        for source, name, target in sorted(MOVES, key=lambda move: (move[1], move[2])):
            if source is phase:
                arrows.setdefault((source, target), []).append(name)
    lines = ["```mermaid", "stateDiagram-v2", "    [*] --> starting"]
    lines += [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()]
    return "\n".join([*lines, "    ended --> [*]", "```"])


PARTS = {"commands": commands_table, "settings": settings_table, "diagram": diagram}


def rendered(text: str) -> str:
    for name, make in PARTS.items():
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        if end not in text:
            text = text.replace(begin, f"{begin}\n{end}")
        text = re.sub(f"{begin}.*?{end}", lambda _: f"{begin}\n{make()}\n{end}", text, flags=re.S)  # noqa: B023
    return text


if __name__ == "__main__":
    README.write_text(rendered(README.read_text(encoding="utf-8")), encoding="utf-8")
