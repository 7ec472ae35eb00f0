"""Every word that the bot says, in every language.

A phrase is a format string, or a pair (one, many) chosen by ``count``. A test holds the languages to the same keys and the same
blanks, and every key that the code uses to these tables.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.app.phrases.en import ENGLISH
from bot.app.phrases.pt_br import PORTUGUESE
from bot.domain.language import Language

Phrase = str | tuple[str, str]

PHRASES: Final[Mapping[Language, Mapping[str, Phrase]]] = MappingProxyType(
    {Language.EN: ENGLISH, Language.PT_BR: PORTUGUESE}
)


def say(language: Language, key: str, /, **blanks: object) -> str:
    """The phrase with its blanks filled in; a pair is chosen by the blank ``count``. An unknown key is a ``KeyError``."""
    phrase = PHRASES[language][key]
    if isinstance(phrase, tuple):
        phrase = phrase[0] if blanks["count"] == 1 else phrase[1]
    return phrase.format_map(blanks)


def number(language: Language, value: int) -> str:
    """A number with the thousands set off as the language does."""
    text = f"{value:,}"
    return text.replace(",", ".") if language is Language.PT_BR else text


def seconds(language: Language, milliseconds: int) -> str:
    """A duration in seconds with one decimal (``2.3 s``)."""
    text = f"{milliseconds / 1000:.1f}"
    return f"{text.replace('.', ',') if language is Language.PT_BR else text} s"


def listed(language: Language, items: tuple[str, ...]) -> str:
    """``a, b and c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {say(language, 'list.and')} {items[-1]}"


def listed_or(language: Language, items: tuple[str, ...]) -> str:
    """``a, b or c``."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {say(language, 'list.or')} {items[-1]}"
