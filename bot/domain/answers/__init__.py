"""The judge of typed answers: a pure function of the question and the text."""

from bot.domain.answers.judge import judge
from bot.domain.answers.key import Key, prepare, prepare_question
from bot.domain.answers.lexicon import Lexicon
from bot.domain.answers.verdict import Reason, Verdict

__all__ = ["Key", "Lexicon", "Reason", "Verdict", "judge", "prepare", "prepare_question"]
