"""Writes entries as TOML, as ``seeds/README.md`` lays it out. Never over anything that is there."""

import json
import re
import unicodedata
from collections.abc import Container, Iterator
from pathlib import Path
from typing import Any

import msgspec

from bot.packs.draft import Draft
from bot.packs.format import FACTS_FOLDER, ID_LIMIT, PACK_FILE, QUESTIONS_FOLDER, Entry
from bot.packs.problems import PackError, Spot


def write_draft(draft: Draft, folder: Path) -> tuple[Path, ...]:
    """The files written. Raises :class:`PackError` where the folder exists already and is not empty."""
    return write_files(draft_files(draft), folder)


def draft_files(draft: Draft) -> dict[str, str]:
    """The text of every file of the pack, by its path within it."""
    files = {PACK_FILE: pack_text(draft.pack)}
    for topic in draft.pack.topic:
        for name, noun, filed in (
            (FACTS_FOLDER, "fact", [row.entry for row in draft.facts if row.topic == topic.id]),
            (QUESTIONS_FOLDER, "question", [row.entry for row in draft.questions if row.topic == topic.id]),
        ):
            if filed:
                files[f"{name}/{topic.id}.toml"] = "\n".join(table_text(noun, entry) for entry in filed)
    return files


def write_files(files: dict[str, str], folder: Path) -> tuple[Path, ...]:
    """Each text in its file. Raises :class:`PackError` where the folder exists already and is not empty."""
    refuse_to_overwrite(folder)
    written: list[Path] = []
    try:
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as file:
                file.write(text)
            written.append(path)
    except OSError as error:
        remedy = "check the disk and the folder's permissions; what was written so far is still there"
        raise PackError([Spot(str(folder)).error(f"cannot be written ({error.strerror})", remedy)]) from error
    return tuple(written)


def refuse_to_overwrite(folder: Path) -> None:
    """Raises :class:`PackError` unless the folder is free."""
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise PackError([Spot(str(folder)).error("exists already, and nothing is overwritten", "name a new folder")])


def pack_text(pack: Entry) -> str:
    """``pack.toml``: the plain keys, then the lists of tables."""
    fields: dict[str, Any] = msgspec.to_builtins(pack)
    tables = {
        key: value for key, value in fields.items() if isinstance(value, tuple) and value and isinstance(value[0], dict)
    }
    plain = {key: value for key, value in fields.items() if key not in tables}
    parts = ["\n".join(_lines(plain)) + "\n"]
    parts += [f"[[{key}]]\n" + "\n".join(_lines(row)) + "\n" for key, rows in tables.items() for row in rows]
    return "\n".join(parts)


def table_text(noun: str, entry: Entry) -> str:
    """One ``[[fact]]`` or ``[[question]]``."""
    return f"[[{noun}]]\n" + "\n".join(_lines(msgspec.to_builtins(entry))) + "\n"


def _lines(fields: dict[str, Any], prefix: str = "") -> Iterator[str]:
    for key, value in fields.items():
        if isinstance(value, dict):
            yield from _lines(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key} = {_value(value)}"


def _value(value: str | int | tuple[str, ...]) -> str:
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case _:
            return "[" + ", ".join(_value(item) for item in value) + "]"


def slug(text: str, *, limit: int = ID_LIMIT) -> str:
    """The text as an id, cut at a word's end; empty where it has no Latin letter or digit."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    words = re.findall(
        r"[a-z0-9]+", re.sub(r"['’]", "", "".join(c for c in decomposed if not unicodedata.combining(c)))
    )
    taken = words[0][:limit] if words else ""
    for word in words[1:]:
        if len(taken) + 1 + len(word) > limit:
            break
        taken = f"{taken}-{word}"
    return taken


def unused(wanted: str, taken: Container[str]) -> str:
    """The id, with the first number that makes it one of its own."""
    if wanted not in taken:
        return wanted
    number = 2
    while f"{wanted}-{number}" in taken:
        number += 1
    return f"{wanted}-{number}"


def shortened(text: str, limit: int) -> str:
    """The text in one line and at most so long, cut at a word's end with an ellipsis."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,;:-") + "…"
