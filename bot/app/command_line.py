"""Typed commands: ``/quiz start questions=5 topic="the songs"``, and loosely ``/quiz 5 music``, in either language.

This finds the command and which words belong to which option; ``bot.app.options`` then reads the values.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.app.commands import BARE_COMMAND, BY_PATH, ROOTS, SPECS, CommandOption, CommandSpec, OptionKind, command_label
from bot.app.nearest import fold, nearest
from bot.app.phrases import say
from bot.domain.errors import Reason, Refused
from bot.domain.language import Language

MAX_LINE: Final = 500
"""Longer ones are cut: no command needs more."""

_QUOTES: Final = str.maketrans("“”„«»‘’", '"""""\'\'')
_TOKEN: Final = re.compile(
    r"""(?:(?P<name>[\w-]+)[=:])?(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"]+))"""
)


@dataclass(frozen=True, slots=True)
class CommandLine:
    """The command that was meant, and its options by canonical name with their text."""

    path: str
    options: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Token:
    name: str | None
    value: str


def read_command_line(text: str, language: Language) -> CommandLine | Refused:
    """What a typed line means; names of every language are taken, refusals are worded in ``language``."""
    tokens = list(_tokens(text.strip()[:MAX_LINE].removeprefix("/")))
    if not tokens:
        return _unknown_command("", language)
    root = _named(ROOTS, tokens[0].value) if tokens[0].name is None else None
    if root is None:
        return _unknown_command(tokens[0].value, language)
    return _read_words(root, tokens[1:], language)


def read_words(root: str, text: str, language: Language) -> CommandLine | Refused:
    """The same for the words behind a command whose root the platform has read already."""
    return _read_words(root, list(_tokens(text.strip()[:MAX_LINE])), language)


def _read_words(root: str, tokens: list[_Token], language: Language) -> CommandLine | Refused:
    if tokens and tokens[0].name is None and root != "lala" and _named(("help",), tokens[0].value):
        return CommandLine("lala help", {})
    path = root
    while subcommands := _subcommands(path):
        word = tokens[0] if tokens else None
        found = _named(subcommands, word.value) if word and word.name is None else None
        if found is None:
            return _read_bare(path, tokens, subcommands, language)
        path, tokens = f"{path} {found}", tokens[1:]
    return _read_options(BY_PATH[path], tokens, language)


def _subcommands(path: str) -> tuple[str, ...]:
    """The words that may follow, each once; none behind a whole command."""
    depth = len(path.split())
    following = (spec.path.split() for spec in SPECS if spec.path.startswith(f"{path} "))
    return tuple(dict.fromkeys(words[depth] for words in following))


def _read_bare(
    path: str, tokens: list[_Token], subcommands: tuple[str, ...], language: Language
) -> CommandLine | Refused:
    """What stands where a subcommand should: nothing, an option of the command meant by none, or a misspelling."""
    if not tokens:
        return CommandLine(BARE_COMMAND[path], {})
    bare, word = BY_PATH[BARE_COMMAND[path]], tokens[0]
    if bare.options and (word.name is not None or _looks_like_value(bare, word.value, subcommands)):
        return _read_options(bare, tokens, language)
    return _unknown_subcommand(path, word.value, subcommands, language)


def _read_options(spec: CommandSpec, tokens: list[_Token], language: Language) -> CommandLine | Refused:
    options: dict[str, str] = {}
    loose: list[str] = []
    for token in tokens:
        option = _option_named(spec, token.name) if token.name else None
        if option is not None:
            options[option.name] = token.value
        elif token.name is not None:
            return _unknown_option(spec, token.name, language)
        elif taker := _taker(spec, token.value, taken=options):
            options[taker.name] = "yes" if taker.kind is OptionKind.FLAG else token.value
        else:
            loose.append(token.value)
    if not loose:
        return CommandLine(spec.path, options)
    text_option = next(
        (o for o in spec.options if o.kind is OptionKind.TEXT and o.loose and o.name not in options), None
    )
    if text_option is None:
        return _unknown_option(spec, loose[0], language)
    return CommandLine(spec.path, options | {text_option.name: " ".join(loose)})


def _tokens(text: str) -> Iterator[_Token]:
    for match in _TOKEN.finditer(text.translate(_QUOTES)):
        yield _Token(match["name"], next(filter(None, (match["double"], match["single"], match["bare"])), ""))


def _taker(spec: CommandSpec, value: str, *, taken: dict[str, str]) -> CommandOption | None:
    """The option that a value without a name plainly belongs to."""
    free = [option for option in spec.options if option.name not in taken]
    if value.lstrip("-").isdecimal():
        return next((option for option in free if option.kind is OptionKind.INTEGER and option.loose), None)
    for option in free:
        if option.kind is OptionKind.FLAG and _is_named(option.name, value):
            return option
        if option.kind is OptionKind.CHOICE and choice_value(option, value) is not None:
            return option
    return None


def choice_value(option: CommandOption, text: str) -> str | None:
    """The canonical value that a text in either language names, if any."""
    wanted = fold(text)
    for value in option.values:
        if wanted in {fold(value), *(fold(option.value_label(language, value)) for language in Language)}:
            return value
    return None


def _looks_like_value(spec: CommandSpec, word: str, subcommands: tuple[str, ...]) -> bool:
    """Whether a word behind a bare root is rather an option's value than a misspelt subcommand."""
    if _taker(spec, word, taken={}) is not None:
        return True
    guess = nearest(word, [label for name in subcommands for label in _labels(name)])
    return guess is None or not _similar(word, guess)


def _similar(given: str, known: str) -> bool:
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - only a wrong word gets here

    return OSA.distance(fold(given), fold(known)) <= max(1, len(known) // 3)


def _option_named(spec: CommandSpec, name: str) -> CommandOption | None:
    found = _named([option.name for option in spec.options], name)
    return spec.option(found) if found else None


def _named(names: tuple[str, ...] | list[str], given: str) -> str | None:
    """Which canonical name a word in any language means."""
    return next((name for name in names if _is_named(name, given)), None)


def _is_named(name: str, given: str) -> bool:
    return fold(given) in {fold(label) for label in _labels(name)}


def _labels(name: str) -> tuple[str, ...]:
    return (name, *(say(language, f"name.{name}") for language in Language))


def _unknown_command(given: str, language: Language) -> Refused:
    found = nearest(given, [label for root in ROOTS for label in _labels(root)]) or ROOTS[0]
    return Refused(Reason.UNKNOWN_COMMAND, {"given": f"/{given[:40]}", "nearest": f"/{_named(ROOTS, found) or found}"})


def _unknown_subcommand(path: str, given: str, subcommands: tuple[str, ...], language: Language) -> Refused:
    found = nearest(given, [label for name in subcommands for label in _labels(name)]) or subcommands[0]
    meant = command_label(f"{path} {_named(subcommands, found)}", language)
    return Refused(Reason.UNKNOWN_COMMAND, {"given": f"/{path} {given[:40]}", "nearest": f"/{meant}"})


def _unknown_option(spec: CommandSpec, given: str, language: Language) -> Refused:
    known = [option.label(language) for option in spec.options]
    found = nearest(given, known)
    details = {"command": spec.label(language), "given": given[:40], "nearest": found or f"/{spec.label(language)}"}
    return Refused(Reason.UNKNOWN_OPTION, details)
