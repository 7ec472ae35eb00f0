"""Red-DiscordBot trivia lists: YAML, a question a key and its right answers a list, with ``AUTHOR`` and other keys in capitals.

YAML takes ``yes`` for a truth value, ``1:30`` for ninety and ``1984`` for a number, and ``- Star Wars: A New Hope`` for a table; here
every scalar stays the text that somebody wrote, and such a table becomes the text that it was meant to be.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml

from bot.packs.importers.rows import NotTaken, Reading, Row, one_line, read_text
from bot.packs.problems import PackError, Spot

_ABOUT_KEYS: Final = frozenset(("AUTHOR", "DESCRIPTION"))
_LEFT_OUT: Final = {"CONFIG": "settings of the other bot"}
_LOADER: Final = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def read_red(path: Path) -> Reading:
    """The list as typed questions. Raises :class:`PackError` for a file that is not such a list."""
    root = _compose(path)
    rows: list[Row] = []
    not_taken: list[NotTaken] = []
    about: dict[str, str] = {}
    for key, value in root.value:
        where, name = f"line {key.start_mark.line + 1}", one_line(key.value) if isinstance(key, yaml.ScalarNode) else ""
        texts = tuple(filter(None, map(one_line, _texts(value))))
        if name in _ABOUT_KEYS:
            about[name] = ", ".join(texts)
        elif name in _LEFT_OUT:
            not_taken.append(NotTaken(where, name, _LEFT_OUT[name]))
        elif not name:
            not_taken.append(NotTaken(where, "", "a question must be a text"))
        elif not texts:
            not_taken.append(NotTaken(where, name, "it has no answer"))
        else:
            rows.append(Row(where, name, texts[0], accept=tuple(dict.fromkeys(texts[1:]))))
    author = f", by {about['AUTHOR']}" if about.get("AUTHOR") else ""
    return Reading(f"Red trivia list {path.stem}{author}", tuple(rows), tuple(not_taken))


def _compose(path: Path) -> yaml.MappingNode:
    spot = Spot(str(path))
    try:
        root = yaml.compose(read_text(path), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = f"line {error.problem_mark.line + 1}: " if error.problem_mark else ""
        remedy = "put quotes around a text that holds a colon, a # or a quote"
        raise PackError([spot.error(f"{line}not YAML ({error.problem})", remedy)]) from error
    except yaml.YAMLError as error:
        raise PackError([spot.error("not YAML", "remove control characters, and save it as UTF-8")]) from error
    if not isinstance(root, yaml.MappingNode):
        raise PackError([spot.error("not a trivia list", "it must be questions, each with a list of answers")])
    return root


def _texts(node: yaml.Node) -> Iterator[str]:
    match node:
        case yaml.ScalarNode():
            yield node.value
        case yaml.SequenceNode():
            yield from (text for item in node.value for text in _answer(item))
        case _:
            return


def _answer(node: yaml.Node) -> Iterator[str]:
    """One item of a list; ``- Name: subtitle`` without quotes has become a table of one."""
    if isinstance(node, yaml.ScalarNode):
        yield node.value
    elif isinstance(node, yaml.MappingNode) and len(node.value) == 1:
        key, value = node.value[0]
        if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode):
            yield f"{key.value}: {value.value}"
