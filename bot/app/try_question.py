"""*Quiz me*: a question on one fact, for one person, without points."""

from bot.app.cards import button_id, fact_texts, refusal_card
from bot.app.core import Core, Scene, scene_of
from bot.app.phrases import say
from bot.app.questions import option_texts, true_first
from bot.app.submit_guess import ANSWER_FIELD, answer_form, not_counted
from bot.domain.answers import judge
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Question, QuestionKind
from bot.domain.ids import FactId, PackId, QuestionId
from bot.domain.selection import permute
from bot.ports.cards import Button, ButtonStyle, Card, CardKind, Text, TextStyle, Tone
from bot.ports.chat import Answer, AskForm, Press, Reply, Submission


async def quiz_me(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:quizme:<pack>:<fact>``."""
    scene = await scene_of(core, press)
    pack = PackId(arguments[0])
    asked = core.library.of_pack(pack).questions_on(FactId(arguments[1]), scene.channel.spoilers)
    if not asked:
        text = Text(say(scene.private, "try.none"))
        return Reply(Card(CardKind.NOTICE, scene.private, say(scene.private, "try.title"), (text,)))
    question = asked[core.chance.shuffled(range(len(asked)))[0]]
    return Reply(_question_card(scene, pack, question))


async def press_try(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:try:<pack>:<question>:<option as shown>``."""
    scene = await scene_of(core, press)
    pack, place = PackId(arguments[0]), int(arguments[2])
    question = core.library.of_pack(pack).question(QuestionId(arguments[1]))
    if question is None or not 0 <= place < len(_order(question)):
        return Reply(refusal_card(scene.private, Refused(Reason.UNKNOWN_BUTTON)))
    return Reply(_result_card(scene, pack, question, right=_order(question)[place] == 0))


async def press_try_type(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:trytype:<pack>:<question>``."""
    scene = await scene_of(core, press)
    return AskForm(answer_form(button_id("trytyped", *arguments), scene.private))


async def submit_try(core: Core, sent: Submission, arguments: list[str]) -> Answer:
    scene = await scene_of(core, sent)
    pack = PackId(arguments[0])
    question = core.library.of_pack(pack).question(QuestionId(arguments[1]))
    if question is None:
        return Reply(refusal_card(scene.private, Refused(Reason.UNKNOWN_BUTTON)))
    verdict = judge(core.library.key_of(pack, question), sent.values.get(ANSWER_FIELD, ""))
    if verdict.reason.is_form:
        return Reply(not_counted(scene.private, verdict.reason), wrong_field=ANSWER_FIELD)
    return Reply(_result_card(scene, pack, question, right=verdict.accepted))


def _order(question: Question) -> tuple[int, ...]:
    """The options' order, the same at every showing, so that nothing need be remembered; true stands before false."""
    size = 1 + len(question.distractors)
    if question.kind is QuestionKind.TRUE_FALSE:
        return true_first(question)
    return tuple(permute(place, size=size, key=f"try/{question.id}") for place in range(size))


def _question_card(scene: Scene, pack: PackId, question: Question) -> Card:
    language = scene.private
    if question.kind is QuestionKind.TYPED:
        typed = button_id("trytype", pack, question.id)
        buttons: tuple[Button, ...] = (Button(typed, say(language, "question.type"), ButtonStyle.PRIMARY),)
    else:
        texts = option_texts(question, _order(question), language)
        buttons = tuple(Button(button_id("try", pack, question.id, place), text) for place, text in enumerate(texts))
    prompt = Text(question.prompt[language], TextStyle.STRONG)
    return Card(CardKind.QUESTION, language, say(language, "try.title"), (prompt,), buttons)


def _result_card(scene: Scene, pack: PackId, question: Question, *, right: bool) -> Card:
    language = scene.private
    fact = scene.core.library.of_pack(pack).fact(question.fact)
    title = say(language, "try.right") if right else say(language, "try.wrong", answer=question.answer[language])
    tone = Tone.GOOD if right else Tone.WARNING
    return Card(CardKind.REVEAL, language, title, fact_texts(fact, language) if fact else (), tone=tone)
