"""What the judge's reasons say to the player who guessed, in both languages. None of them repeats the guess or tells the answer."""

from collections.abc import Mapping
from typing import Final

from bot.domain.answers import Reason
from bot.domain.language import Language, Localized

_WORDS: Final[Mapping[Reason, Localized]] = {
    Reason.RIGHT: Localized("right", "certo"),
    Reason.WRONG: Localized("not that", "não é isso"),
    Reason.CLOSE: Localized("close: check the spelling", "quase: confira a grafia"),
    Reason.INCOMPLETE: Localized("incomplete: say the whole of it", "incompleto: diga por inteiro"),
    Reason.NEGATED: Localized("say what it is, not what it is not", "diga o que é, não o que não é"),
    Reason.SEVERAL: Localized("name one answer", "dê uma resposta só"),
    Reason.EMPTY: Localized("there is no answer in this", "não há resposta aqui"),
    Reason.TOO_LONG: Localized("too long: at most 200 characters", "longo demais: no máximo 200 caracteres"),
    Reason.MENTION: Localized("no mentions and no links, please", "sem menções e sem links, por favor"),
    Reason.AMBIGUOUS_DATE: Localized(
        "day or month first? write the month as a word", "dia ou mês primeiro? escreva o mês por extenso"
    ),
}


def reason_text(reason: Reason, language: Language) -> str:
    """A few words, without a full stop."""
    return _WORDS[reason][language]
