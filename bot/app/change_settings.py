"""A channel's settings: shown, changed by options or by a form, by its managers only."""

from collections.abc import Mapping
from dataclasses import replace

from bot.app.cards import button_id, refusal_card
from bot.app.commands import BY_PATH, LANGUAGE, MODE, QUESTIONS, SECONDS, SPOILERS, CommandOption
from bot.app.core import Core, Scene, scene_of
from bot.app.options import Value, bad_value, read_options
from bot.app.phrases import say
from bot.domain.channels import Channel
from bot.domain.errors import Reason, Refused
from bot.domain.facts import Spoiler
from bot.domain.ids import PackId
from bot.domain.language import Language
from bot.domain.rules import AnswerStyle, Mode, Rules
from bot.ports.cards import (
    Button,
    ButtonStyle,
    Card,
    CardKind,
    Field,
    FieldKind,
    FieldOption,
    Fields,
    Form,
    FormField,
    Text,
)
from bot.ports.chat import Answer, AskForm, Call, Press, Reply, Submission

PATH = "lala settings"


async def settings(core: Core, call: Call, options: Mapping[str, Value]) -> Answer:
    """``/lala settings``: with options changes them, without shows all and offers the form."""
    scene = await scene_of(core, call)
    return await _save(scene, options) if options else Reply(_settings_card(scene, scene.channel, saved=False))


async def ask_settings(core: Core, press: Press, _: list[str]) -> Answer:
    """``v1:settings``: the form."""
    scene = await scene_of(core, press)
    if not press.actor.is_manager:
        return Reply(refusal_card(scene.private, not_allowed(scene)))
    return AskForm(_form(scene))


async def submit_settings(core: Core, sent: Submission, _: list[str]) -> Answer:
    scene = await scene_of(core, sent)
    if not sent.actor.is_manager:
        return Reply(refusal_card(scene.private, not_allowed(scene)))
    given = {name: text for name, text in sent.values.items() if BY_PATH[PATH].option(name)}
    for name, text in given.items():
        if isinstance(refused := read_options(BY_PATH[PATH], {name: text}, scene.private), Refused):
            return Reply(refusal_card(scene.private, refused), wrong_field=name)
    options = read_options(BY_PATH[PATH], given, scene.private)
    assert not isinstance(options, Refused), "each was read by itself"
    return await _save(scene, options)


def not_allowed(scene: Scene) -> Refused:
    """Says who may."""
    return Refused(Reason.NOT_ALLOWED, {"who": scene.place.managers})


async def _save(scene: Scene, options: Mapping[str, Value]) -> Answer:
    channel = _changed(scene, options)
    if isinstance(channel, Refused):
        return Reply(refusal_card(scene.private, channel))
    async with scene.core.store.begin() as work:
        await work.channels.save(channel)
    return Reply(_settings_card(scene, channel, saved=True))


def _changed(scene: Scene, options: Mapping[str, Value]) -> Channel | Refused:
    channel, quiz = scene.channel, scene.channel.quiz
    for name, value in options.items():
        match name:
            case "language":
                channel = replace(channel, language=Language(str(value)))
            case "spoilers":
                channel = replace(channel, spoilers=Spoiler(str(value)))
            case "pack":
                known = {pack.id for pack in scene.core.library.packs}
                if PackId(str(value)) not in known:
                    return _unknown_pack(scene, str(value))
                channel = replace(channel, pack=PackId(str(value)))
            case _:
                quiz = _with_rule(quiz, name, value)
    return replace(channel, quiz=quiz)


def _with_rule(quiz: Rules, name: str, value: Value) -> Rules:
    match name:
        case "questions":
            return replace(quiz, questions=int(value))
        case "seconds":
            return replace(quiz, seconds=int(value))
        case "answers":
            return replace(quiz, answers=AnswerStyle(str(value)))
        case "mode":
            return replace(quiz, mode=Mode(str(value)))
        case _:
            return quiz


def _unknown_pack(scene: Scene, given: str) -> Refused:
    names = " · ".join(pack.id for pack in scene.core.library.packs)
    return bad_value(say(scene.private, "name.pack"), given, say(scene.private, "remedy.nearest", nearest=names))


def _settings_card(scene: Scene, channel: Channel, *, saved: bool) -> Card:
    language = scene.private
    spoken = channel.language or scene.public
    quiz = say(
        language,
        "settings.quiz_value",
        questions=channel.quiz.questions,
        seconds=channel.quiz.seconds,
        answers=say(language, f"value.{channel.quiz.answers}"),
        mode=say(language, f"value.{channel.quiz.mode}"),
    )
    fields = [
        Field(say(language, "settings.language"), say(language, f"value.{spoken}")),
        Field(say(language, "settings.spoilers"), say(language, f"settings.spoilers.{channel.spoilers}")),
        Field(say(language, "settings.quiz"), quiz),
    ]
    if len(scene.core.library.packs) > 1:
        pack = scene.core.library.of_channel(channel).pack
        fields.append(Field(say(language, "settings.pack"), pack.name[language]))
    parts = (Text(say(language, "settings.saved")), Fields(tuple(fields))) if saved else (Fields(tuple(fields)),)
    change = Button(button_id("settings"), say(language, "settings.change"), ButtonStyle.PRIMARY)
    return Card(CardKind.SETTINGS, language, say(language, "settings.title"), parts, (change,))


def _form(scene: Scene) -> Form:
    language, channel = scene.private, scene.channel
    fields = (
        _select(LANGUAGE, channel.language or scene.public, language),
        _select(SPOILERS, channel.spoilers, language),
        _number(QUESTIONS, channel.quiz.questions, language),
        _number(SECONDS, channel.quiz.seconds, language),
        _select(MODE, channel.quiz.mode, language),
    )
    return Form(
        button_id("settings"), language, say(language, "settings.form"), say(language, "settings.submit"), fields
    )


def _select(option: CommandOption, value: str, language: Language) -> FormField:
    choices = tuple(FieldOption(known, option.value_label(language, known)) for known in option.values)
    return FormField(option.name, option.label(language), FieldKind.SELECT, value=value, options=choices)


def _number(option: CommandOption, value: int, language: Language) -> FormField:
    limits = f"{option.minimum}–{option.maximum}"
    return FormField(option.name, option.label(language), value=str(value), placeholder=limits, max_length=3)
