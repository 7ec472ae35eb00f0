"""A player answers the running question, by a press or by a form."""

from datetime import datetime

from bot.app.cards import LETTERS, button_id, notice, refusal_card
from bot.app.core import Core
from bot.app.phrases import say
from bot.domain.answers import Reason as JudgeReason
from bot.domain.answers import judge
from bot.domain.errors import Reason, Refused
from bot.domain.game import Game, check_guess, elapsed_ms
from bot.domain.guesses import Guess, GuessOutcome
from bot.domain.ids import GameId
from bot.domain.language import Language
from bot.ports.cards import Card, FieldKind, Form, FormField, Tone
from bot.ports.chat import Answer, AskForm, Inbound, Press, Reply, Submission

ANSWER_FIELD = "answer"
MAX_TYPED = 200
"""What the judge would refuse for its length cannot be sent in the first place."""


async def press_option(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:answer:<game>:<round>:<option>``."""
    game_id, number, option = GameId(arguments[0]), int(arguments[1]), int(arguments[2])
    game = await _open_round(core, press, game_id, number)
    if isinstance(game, Refused):
        return _refuse(press, None, game)
    asked = game.asked[number - 1]
    if not 0 <= option < len(asked.order):
        return _refuse(press, game, Refused(Reason.UNKNOWN_BUTTON))
    guess = _guess(game, press, option=option, text=None, right=option == asked.right_option)
    outcome = await core.store.submit_guess(guess)
    return Reply(_receipt_card(core, game, press, outcome, letter=LETTERS[option]))


async def press_type(core: Core, press: Press, arguments: list[str]) -> Answer:
    """``v1:type:<game>:<round>``: the form for a typed answer."""
    game_id, number = GameId(arguments[0]), int(arguments[1])
    game = await _open_round(core, press, game_id, number)
    if isinstance(game, Refused):
        return _refuse(press, None, game)
    return AskForm(answer_form(button_id("typed", game_id, number), _language(press, game)))


def answer_form(form_id: str, language: Language) -> Form:
    field = FormField(
        ANSWER_FIELD,
        say(language, "typed.label"),
        FieldKind.SHORT,
        placeholder=say(language, "typed.placeholder"),
        max_length=MAX_TYPED,
    )
    return Form(form_id, language, say(language, "typed.title"), say(language, "typed.submit"), (field,))


async def submit_typed(core: Core, sent: Submission, arguments: list[str]) -> Answer:
    """The form sent. A try that is refused for its form does not count as an answer."""
    game_id, number = GameId(arguments[0]), int(arguments[1])
    game = await _open_round(core, sent, game_id, number)
    if isinstance(game, Refused):
        return _refuse(sent, None, game)
    catalogue = core.library.of_pack(game.pack)
    question = catalogue.question(game.asked[number - 1].question)
    if question is None or game.asked[number - 1].order:
        return _refuse(sent, game, Refused(Reason.UNKNOWN_BUTTON))
    text = sent.values.get(ANSWER_FIELD, "")
    verdict = judge(core.library.key_of(game.pack, question), text)
    if verdict.reason.is_form:
        return Reply(not_counted(_language(sent, game), verdict.reason), wrong_field=ANSWER_FIELD)
    guess = _guess(game, sent, option=None, text=text[:MAX_TYPED], right=verdict.accepted)
    outcome = await core.store.submit_guess(guess)
    return Reply(_receipt_card(core, game, sent, outcome, letter=None))


def not_counted(language: Language, reason: JudgeReason) -> Card:
    title = say(language, "refused.title")
    text = say(language, "guess.not_counted", why=say(language, f"form.{reason.value}"))
    return notice(language, title, text, tone=Tone.WARNING)


async def _open_round(core: Core, inbound: Inbound, game_id: GameId, number: int) -> Game | Refused:
    """The game, if this player may answer that round now. What is at hand may be behind: a refusal looks again."""
    at = inbound.at
    game = await core.games.find(game_id)
    refused = _check(game, inbound, number, at)
    if refused is not None:
        game = await core.games.refresh(game_id)
        refused = _check(game, inbound, number, at)
    if refused is not None:
        return refused
    assert game is not None, "a missing game is refused"
    return game


def _check(game: Game | None, inbound: Inbound, number: int, at: datetime) -> Refused | None:
    if game is None or number < 1:
        return Refused(Reason.GAME_OVER)
    if game.channel != inbound.place.channel:
        return Refused(Reason.UNKNOWN_BUTTON)
    return check_guess(game, number, inbound.actor.player, at)


def _guess(game: Game, inbound: Inbound, *, option: int | None, text: str | None, right: bool) -> Guess:
    actor = inbound.actor
    return Guess(
        game=game.id,
        number=game.number,
        player=actor.player,
        name=actor.name,
        option=option,
        text=text,
        right=right,
        elapsed_ms=elapsed_ms(game, inbound.at),
        at=inbound.at,
        dedupe_key=inbound.dedupe_key,
    )


def _receipt_card(core: Core, game: Game, inbound: Inbound, outcome: GuessOutcome, *, letter: str | None) -> Card:
    language = _language(inbound, game)
    suffix = "" if letter else "_typed"
    match outcome:
        case GuessOutcome.ACCEPTED | GuessOutcome.CHANGED:
            gateway = core.outbox.gateway_of(game.channel)
            core.live.touch(game.id, interval_s=gateway.capabilities.edit_interval_s if gateway else 1.0)
            key = "guess.locked" if outcome is GuessOutcome.ACCEPTED else "guess.changed"
            return notice(language, say(language, key + suffix, letter=letter), tone=Tone.GOOD)
        case GuessOutcome.LOCKED:
            return refusal_card(language, Refused(Reason.LOCKED))
        case GuessOutcome.CLOSED:
            return refusal_card(language, Refused(Reason.TOO_LATE))


def _refuse(inbound: Inbound, game: Game | None, refused: Refused) -> Reply:
    return Reply(refusal_card(_language(inbound, game), refused))


def _language(inbound: Inbound, game: Game | None) -> Language:
    return inbound.actor.language or (game.language if game else None) or inbound.place.language or Language.EN
