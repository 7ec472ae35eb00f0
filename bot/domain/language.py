"""The two languages of the bot, and a text that exists in both."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Language(StrEnum):
    """A language that every word of the bot exists in; the value is its BCP 47 tag."""

    EN = "en"
    PT_BR = "pt-BR"

    @classmethod
    def of_tag(cls, tag: str | None) -> "Language | None":
        """The language of a locale such as ``pt``, ``pt_BR`` or ``en-GB``; ``None`` for one that the bot does not speak."""
        primary = (tag or "").replace("_", "-").split("-")[0].casefold()
        return _BY_PRIMARY_TAG.get(primary)


_BY_PRIMARY_TAG: Final = {"en": Language.EN, "pt": Language.PT_BR}


@dataclass(frozen=True, slots=True)
class Localized:
    """One text in every language."""

    en: str
    pt_br: str

    def __getitem__(self, language: Language) -> str:
        return self.pt_br if language is Language.PT_BR else self.en

    def __iter__(self) -> Iterator[str]:
        return iter((self.en, self.pt_br))
