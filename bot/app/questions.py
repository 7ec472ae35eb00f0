"""A question as a game shows it: its options in their shuffled order, and its hint."""

from bot.app.cards import LETTERS
from bot.app.phrases import say
from bot.domain.facts import Question, QuestionKind
from bot.domain.game import Asked
from bot.domain.language import Language
from bot.ports.time import Chance


def options_of(question: Question) -> int:
    """How many options it has; 0 for a typed one."""
    return 0 if question.kind is QuestionKind.TYPED else 1 + len(question.distractors)


def shuffle(question: Question, chance: Chance) -> Asked:
    """The order is drawn once and kept: for true or false it is always true first."""
    if question.kind is QuestionKind.TRUE_FALSE:
        return Asked(question.id, true_first(question))
    return Asked(question.id, chance.shuffled(range(options_of(question))))


def true_first(question: Question) -> tuple[int, ...]:
    """The order of a true-or-false question."""
    return (0, 1) if question.answer.en == say(Language.EN, "try.true") else (1, 0)


def option_texts(question: Question, order: tuple[int, ...], language: Language) -> tuple[str, ...]:
    """The options as shown."""
    options = (question.answer, *question.distractors)
    return tuple(options[place][language] for place in order)


def hint_text(question: Question, asked: Asked, language: Language) -> str | None:
    """The pack's hint, else one made from the answer; ``None`` where any would tell (true or false)."""
    if question.hint:
        return question.hint[language]
    if question.kind is QuestionKind.CHOICE:
        return say(language, "hint.not", letter=LETTERS[asked.order.index(len(question.distractors))])
    if question.kind is QuestionKind.TYPED:
        return _shape_of(question.answer[language], language)
    return None


def _shape_of(answer: str, language: Language) -> str:
    symbols = [char for char in answer if char.isalnum()]
    if all(char.isdigit() for char in symbols):
        return say(language, "hint.number", count=len(symbols))
    return say(language, "hint.starts", first=symbols[0].upper(), count=len(symbols))
