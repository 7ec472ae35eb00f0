import re

from adapters.web.pages import ASSETS, STATIC, TOOLS
from adapters.web.words import WORDS
from bot.domain.language import Language

BLANK = re.compile(r"\{(\w+)\}")


def sources():
    return {path.name: path.read_text(encoding="utf-8") for path in STATIC.iterdir()}


def test_both_languages_have_the_same_words_with_the_same_blanks():
    english, portuguese = WORDS[Language.EN], WORDS[Language.PT_BR]
    assert english.keys() == portuguese.keys()
    for key, text in english.items():
        assert text
        assert portuguese[key]
        assert sorted(BLANK.findall(text)) == sorted(BLANK.findall(portuguese[key])), key


def test_every_word_that_the_page_uses_exists_and_every_word_is_used():
    texts = sources()
    scripts = "".join(text for name, text in texts.items() if name.endswith(".js"))
    pages = "".join(text for name, text in texts.items() if name.endswith(".html"))
    used = set(re.findall(r'"((?:room|box|menu|message|choice|form)\.\w+)"', scripts))
    blanks = {word.replace(".", "_"): word for word in WORDS[Language.EN]}
    used |= {blanks[name] for name in re.findall(r"\$(\w+)", pages) if name in blanks}
    used |= {key for key, _ in TOOLS}
    python = "".join((STATIC.parent / name).read_text() for name in ("pages.py", "client.py", "live.py"))
    used |= set(re.findall(r'"((?:entry|lost|room|box)\.\w+)"', python))
    used = {key for key in used if not key.endswith((".js", ".css", ".html"))}
    assert used == set(WORDS[Language.EN])


def test_every_asset_is_there_and_none_comes_from_another_host():
    texts = sources()
    assert set(ASSETS) <= set(texts)
    for name, text in texts.items():
        foreign = re.findall(r"(?:src|href|url|import|from)\W{1,3}(?:https?:)?//[^\s\"')]+", text)
        assert not foreign, (name, foreign)


def test_the_page_never_makes_markup_of_text():
    for name, text in sources().items():
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text), (
            name
        )
