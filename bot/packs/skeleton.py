"""``pack new``: the smallest pack that loads, lints clean, and shows how each file is written."""

from pathlib import Path
from typing import Final

from bot.packs.format import FACTS_FOLDER, NAME_LIMIT, PACK_FILE, QUESTIONS_FOLDER
from bot.packs.problems import PackError, Spot
from bot.packs.writing import shortened, slug, write_files

_PACK: Final = """\
# Every key is told in seeds/README.md; `lalabot pack check` tells what is wrong.
id = "{id}"
name.en = {name}
name.pt-BR = {name}
# languages = ["en"]               # for a pack in one language only
people = ["Ada Lovelace"]          # everyone whom an answer may name, wrong answers included

[[topic]]                          # one for each file in facts/ and questions/
id = "general"
name.en = "General"
name.pt-BR = "Geral"

[[source]]                         # a document; its paragraphs are "book-1", "book-2", …
prefix = "book"
paragraphs = 1
name.en = "The book that I know it from"
name.pt-BR = "O livro de onde tirei isto"
"""

_FACTS: Final = """\
[[fact]]
id = "first-program"
text.en = "Ada Lovelace's notes of 1843 hold what many call the first computer program."
text.pt-BR = "As notas de Ada Lovelace, de 1843, trazem o que muitos chamam de primeiro programa de computador."
people = ["Ada Lovelace"]
spoiler = "none"                   # none, plot, ending
sources = ["book-1"]
"""

_QUESTIONS: Final = """\
[[question]]
id = "first-program-year"
fact = "first-program"
kind = "choice"                    # choice, typed, truefalse
difficulty = 2                     # 1 easy, 2, 3 hard
prompt.en = "When did the first computer program appear in print?"
prompt.pt-BR = "Quando o primeiro programa de computador foi publicado?"
answer.en = "1843"
answer.pt-BR = "1843"
distractors.en = ["1815", "1871", "1936"]
distractors.pt-BR = ["1815", "1871", "1936"]

[[question]]
id = "first-program-author"
fact = "first-program"
kind = "typed"
difficulty = 1
prompt.en = "Whose notes hold what many call the first computer program?"
prompt.pt-BR = "De quem são as notas com o que muitos chamam de primeiro programa de computador?"
answer.en = "Ada Lovelace"
answer.pt-BR = "Ada Lovelace"
hint.en = "A countess."
hint.pt-BR = "Uma condessa."
"""


def new_pack(folder: Path, *, name: str | None = None) -> tuple[Path, ...]:
    """Write a pack to begin from; the files written. Its id is the folder's name, its name that or the one given.

    Raises :class:`PackError` where the folder is not free, or its name has no letter to make an id of.
    """
    identifier = slug(folder.name)
    if not identifier:
        raise PackError(
            [Spot(str(folder)).error("no id can be made of this name", "use letters from a to z, or digits")]
        )
    title = shortened(name or folder.name, NAME_LIMIT).replace("\\", "\\\\").replace('"', '\\"')
    files = {
        PACK_FILE: _PACK.format(id=identifier, name=f'"{title}"'),
        f"{FACTS_FOLDER}/general.toml": _FACTS,
        f"{QUESTIONS_FOLDER}/general.toml": _QUESTIONS,
    }
    return write_files(files, folder)
