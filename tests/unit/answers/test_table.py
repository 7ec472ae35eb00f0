"""More than five hundred judged answers, category by category, each with what must be accepted and what must not."""

from collections import Counter

import pytest

from bot.domain.answers import judge
from tests.unit.answers.table import KEYS, Case, cases

TABLE = tuple(cases("cases.tsv"))
ADVERSARIES = tuple(cases("adversaries.tsv"))


@pytest.mark.parametrize(
    "case", TABLE + ADVERSARIES, ids=lambda case: f"{case.category}:{case.question}:{case.guess[:30]!a}"
)
def test_guess_is_judged_as_the_table_says(case: Case) -> None:
    verdict = judge(KEYS[case.question], case.guess)
    assert verdict.accepted is case.accepted, verdict.reason


def test_table_has_both_verdicts_in_every_category() -> None:
    verdicts = Counter((case.category, case.accepted) for case in TABLE)
    categories = {case.category for case in TABLE} - {"negation", "dumping", "mention", "long", "empty", "other name"}
    assert len(TABLE) >= 500
    assert all(verdicts[category, True] and verdicts[category, False] for category in categories)
