"""Pools by level, topic, person and kind: whole, in order, and never above the level asked for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalogue import ALL_KINDS, Catalogue
from bot.domain.facts import CalendarDay, Fact, Pack, Question, QuestionKind, Source, Spoiler, Topic
from bot.domain.ids import FactId, PackId, ParagraphId, QuestionId, TopicId
from bot.domain.language import Localized

WORD = Localized("word", "palavra")
MUSIC, CAST = TopicId("music"), TopicId("cast")
TYPED = frozenset((QuestionKind.TYPED,))


def fact(
    name: str,
    topic: TopicId = MUSIC,
    spoiler: Spoiler = Spoiler.NONE,
    people: tuple[str, ...] = (),
    day: CalendarDay | None = None,
) -> Fact:
    return Fact(FactId(name), topic, WORD, spoiler, (ParagraphId("en-001"),), people, day=day)


def question(name: str, on: str, kind: QuestionKind = QuestionKind.CHOICE, spoiler: Spoiler = Spoiler.NONE) -> Question:
    return Question(QuestionId(name), FactId(on), kind, 1, WORD, WORD, spoiler=spoiler)


def catalogue(facts: tuple[Fact, ...] = (), questions: tuple[Question, ...] = ()) -> Catalogue:
    topics = tuple(Topic(topic, WORD) for topic in (MUSIC, CAST))
    return Catalogue(Pack(PackId("p"), WORD, topics, (Source("en", WORD),), facts, questions))


def ids(items: tuple[Fact, ...] | tuple[Question, ...]) -> str:
    return " ".join(item.id for item in items)


def test_a_level_holds_everything_at_or_under_it_in_the_order_of_the_pack() -> None:
    pool = catalogue((fact("c", spoiler=Spoiler.ENDING), fact("a"), fact("b", spoiler=Spoiler.PLOT)))
    assert [ids(pool.facts(level)) for level in Spoiler] == ["a", "a b", "c a b"]


def test_a_topic_and_a_person_narrow_the_pool_together() -> None:
    pool = catalogue((fact("a", people=("Emma Stone",)), fact("b", CAST, people=("Emma Stone",)), fact("c", CAST)))
    assert ids(pool.facts(Spoiler.NONE, topic=CAST)) == "b c"
    assert ids(pool.facts(Spoiler.NONE, person="Emma Stone")) == "a b"
    assert ids(pool.facts(Spoiler.NONE, topic=CAST, person="Emma Stone")) == "b"


def test_a_person_is_found_in_any_case_and_without_accents() -> None:
    pool = catalogue((fact("a", people=("Penélope Cruz",)),))
    assert ids(pool.facts(Spoiler.NONE, person=" penelope  CRUZ")) == "a"


def test_an_unknown_topic_or_person_has_no_facts() -> None:
    pool = catalogue((fact("a"),))
    assert pool.facts(Spoiler.ENDING, topic=TopicId("x")) == pool.facts(Spoiler.ENDING, person="Nobody") == ()


def test_questions_come_by_topic_of_their_fact_and_by_kind() -> None:
    asked = (question("q", "a"), question("t", "a", QuestionKind.TYPED), question("r", "b", QuestionKind.TRUE_FALSE))
    pool = catalogue((fact("a"), fact("b", CAST)), asked)
    assert ids(pool.questions(Spoiler.NONE)) == "q t r"
    assert ids(pool.questions(Spoiler.NONE, topic=CAST)) == "r"
    assert ids(pool.questions(Spoiler.NONE, kinds=TYPED)) == "t"
    assert ids(pool.questions(Spoiler.NONE, topic=MUSIC, kinds=ALL_KINDS - TYPED)) == "q"
    assert pool.questions(Spoiler.NONE, kinds=frozenset()) == ()


def test_a_question_may_be_more_secret_than_its_fact() -> None:
    asked = (question("q", "a"), question("z", "a", spoiler=Spoiler.ENDING))
    pool = catalogue((fact("a"),), asked)
    assert ids(pool.questions_on(FactId("a"), Spoiler.PLOT)) == "q"
    assert ids(pool.questions_on(FactId("a"), Spoiler.ENDING)) == "q z"
    assert pool.questions_on(FactId("a"), Spoiler.ENDING, kinds=TYPED) == ()
    assert ids(pool.questions(Spoiler.NONE)) == "q"


def test_facts_of_a_day_keep_to_the_level() -> None:
    day = CalendarDay(8, 31)
    pool = catalogue((fact("a", day=day), fact("b", day=day, spoiler=Spoiler.PLOT), fact("c")))
    assert ids(pool.facts_on(day, Spoiler.NONE)) == "a"
    assert ids(pool.facts_on(day, Spoiler.ENDING)) == "a b"
    assert pool.facts_on(CalendarDay(9, 1), Spoiler.ENDING) == ()


def test_topics_and_people_of_whom_nothing_may_be_told_are_not_offered() -> None:
    pool = catalogue((fact("a", people=("Ana",)), fact("b", CAST, Spoiler.ENDING, people=("Bia",))))
    assert [topic.id for topic in pool.topics(Spoiler.PLOT)] == [MUSIC]
    assert [topic.id for topic in pool.topics(Spoiler.ENDING)] == [MUSIC, CAST]
    assert (pool.people(Spoiler.PLOT), pool.people(Spoiler.ENDING)) == (("Ana",), ("Ana", "Bia"))
    assert pool.complete_person("b", Spoiler.PLOT) == ()


def test_a_person_is_completed_by_the_beginning_of_any_name() -> None:
    pool = catalogue((fact("a", people=("Ryan Gosling", "Gene Kelly", "Ângela Ro", "Rosa Rosa Ro", "Emma Stone")),))
    complete = {typed: pool.complete_person(typed, Spoiler.NONE) for typed in ("go", "GENE k", "r", "ang", "x", "o")}
    assert complete == {
        "go": ("Ryan Gosling",),
        "GENE k": ("Gene Kelly",),
        "r": ("Rosa Rosa Ro", "Ryan Gosling", "Ângela Ro"),
        "ang": ("Ângela Ro",),
        "x": (),
        "o": (),
    }


def test_nothing_typed_offers_the_alphabet_up_to_the_limit() -> None:
    pool = catalogue((fact("a", people=("C", "B", "A")),))
    assert pool.complete_person("", Spoiler.NONE, limit=2) == ("A", "B")


def test_entries_are_found_by_their_ids() -> None:
    asked = question("q", "a")
    pool = catalogue((fact("a", CAST),), (asked,))
    assert (pool.fact(FactId("a")), pool.fact(FactId("b"))) == (fact("a", CAST), None)
    assert (pool.question(QuestionId("q")), pool.question(QuestionId("r"))) == (asked, None)
    assert pool.topic_of(asked) == CAST
    assert pool.topic(CAST) == Topic(CAST, WORD)
    assert pool.source(ParagraphId("en-001")) == Source("en", WORD)
    assert pool.source(ParagraphId("fr-001")) is None


facts = st.lists(
    st.builds(
        fact,
        st.uuids().map(str),
        st.sampled_from((MUSIC, CAST)),
        st.sampled_from(Spoiler),
        st.lists(st.sampled_from(("Ana", "Bia", "Zé")), max_size=3).map(tuple),
    )
)


@given(facts, st.sampled_from(Spoiler), st.sampled_from((None, MUSIC, CAST)), st.sampled_from((None, "Ana", "Zé")))
def test_a_pool_is_what_a_search_of_the_whole_pack_would_find(
    told: list[Fact], level: Spoiler, topic: TopicId | None, person: str | None
) -> None:
    expected = tuple(
        one
        for one in told
        if level.allows(one.spoiler) and topic in (None, one.topic) and (person is None or person in one.people)
    )
    assert catalogue(tuple(told)).facts(level, topic=topic, person=person) == expected


def test_a_pick_does_not_copy_its_pool() -> None:
    pool = catalogue(tuple(fact(str(number)) for number in range(100)))
    assert pool.facts(Spoiler.NONE) is pool.facts(Spoiler.NONE)
