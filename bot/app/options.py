"""The values of a command's options, read from text into the core's own types, with a kind word for each wrong one."""

from collections.abc import Mapping

from bot.app.command_line import choice_value
from bot.app.commands import CommandOption, CommandSpec, OptionKind
from bot.app.nearest import fold, nearest
from bot.app.phrases import listed_or, say
from bot.domain.errors import Reason, Refused
from bot.domain.language import Language

Value = str | int | bool


def read_options(spec: CommandSpec, given: Mapping[str, str], language: Language) -> dict[str, Value] | Refused:
    """Canonical option names with values that fit; text options stay text, for whoever knows what they may name."""
    values: dict[str, Value] = {}
    for name, text in given.items():
        option = spec.option(name)
        if option is None:
            return Refused(Reason.UNKNOWN_OPTION, _option_details(spec, name, language))
        value = _read(option, text.strip(), language)
        if isinstance(value, Refused):
            return value
        if value != "":
            values[name] = value
    return values


def _read(option: CommandOption, text: str, language: Language) -> Value | Refused:
    match option.kind:
        case OptionKind.TEXT:
            return text
        case OptionKind.FLAG:
            return fold(text) in {"", "yes", "true", "1", "sim", "on"}
        case OptionKind.INTEGER:
            return _read_integer(option, text, language)
        case OptionKind.CHOICE:
            return _read_choice(option, text, language)


def _read_integer(option: CommandOption, text: str, language: Language) -> int | Refused:
    if text.isdecimal() and len(text) < 6 and option.minimum <= int(text) <= option.maximum:
        return int(text)
    remedy = say(language, "remedy.between", low=option.minimum, high=option.maximum)
    return bad_value(option.label(language), text, remedy)


def _read_choice(option: CommandOption, text: str, language: Language) -> str | Refused:
    value = choice_value(option, text)
    if value is not None:
        return value
    labels = tuple(option.value_label(language, value) for value in option.values)
    remedy = say(language, "remedy.values", nearest=nearest(text, labels), values=listed_or(language, labels))
    return bad_value(option.label(language), text, remedy)


def bad_value(option: str, given: str, remedy: str) -> Refused:
    return Refused(Reason.BAD_VALUE, {"option": option, "given": given[:40], "remedy": remedy})


def _option_details(spec: CommandSpec, given: str, language: Language) -> dict[str, str]:
    known = [option.label(language) for option in spec.options]
    found = nearest(given, known) or f"/{spec.label(language)}"
    return {"command": spec.label(language), "given": given[:40], "nearest": found}
