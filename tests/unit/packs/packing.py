"""A small sound pack in TOML, from which each test spoils one thing."""

from pathlib import Path

PACK = """\
id = "tea"
name.en = "Tea"
name.pt-BR = "Chá"
people = ["Robert Fortune", "Thomas Lipton", "Catherine of Braganza"]

[[topic]]
id = "history"
name.en = "History"
name.pt-BR = "História"

[[topic]]
id = "leaves"
name.en = "Leaves"
name.pt-BR = "Folhas"

[[source]]
prefix = "book"
paragraphs = 12
digits = 3
name.en = "A book on tea"
name.pt-BR = "Um livro sobre chá"

[[work]]
title.en = "The Teahouse"
title.pt-BR = "A Casa de Chá"
year = 1982

[[omitted]]
paragraph = "book-012"
reason = "An advertisement."
"""

FACTS = """\
[[fact]]
id = "fortune"
text.en = "Robert Fortune carried tea plants out of China."
text.pt-BR = "Robert Fortune levou mudas de chá para fora da China."
people = ["Robert Fortune"]
films = ["The Teahouse"]
spoiler = "plot"
sources = ["book-001", "book-002"]
as_of = "1848"
note.en = "The count of plants differs."
note.pt-BR = "O número de mudas varia."
day = "02-29"

[[fact]]
id = "bags"
text.en = "Tea bags were an accident."
text.pt-BR = "Os saquinhos de chá foram um acidente."
spoiler = "none"
sources = ["book-003"]
"""

QUESTIONS = """\
[[question]]
id = "fortune-who"
fact = "fortune"
kind = "choice"
difficulty = 2
prompt.en = "Who carried the plants out of China?"
prompt.pt-BR = "Quem levou as mudas para fora da China?"
answer.en = "Robert Fortune"
answer.pt-BR = "Robert Fortune"
distractors.en = ["Thomas Lipton", "Thomas Twining", "Joseph Banks"]
distractors.pt-BR = ["Thomas Lipton", "Thomas Twining", "Joseph Banks"]
hint.en = "A Scot."
hint.pt-BR = "Um escocês."

[[question]]
id = "fortune-typed"
fact = "fortune"
kind = "typed"
difficulty = 3
prompt.en = "Which country did the plants leave?"
prompt.pt-BR = "De que país saíram as mudas?"
answer.en = "China"
answer.pt-BR = "China"
accept.en = ["Qing empire", "Middle Kingdom"]
accept.pt-BR = ["Império Qing"]
spoiler = "ending"

[[question]]
id = "bags-truth"
fact = "bags"
kind = "truefalse"
difficulty = 1
prompt.en = "Tea bags were planned from the start."
prompt.pt-BR = "Os saquinhos de chá foram planejados desde o começo."
truth = false
"""


def write_pack(
    folder: Path, *, pack: str = PACK, facts: str = FACTS, questions: str = QUESTIONS, topic: str = "history"
) -> Path:
    for path, text in (
        (folder / "pack.toml", pack),
        (folder / "facts" / f"{topic}.toml", facts),
        (folder / "questions" / f"{topic}.toml", questions),
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder
