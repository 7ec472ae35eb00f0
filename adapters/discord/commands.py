"""Discord's commands, made from the command specs: names and words in both languages, registered only when they have changed.

Discord knows permissions for a whole command only, not for its parts: ``/lala`` is the managers', and so what anyone may do below it
(help, about, forget-me) stands a second time below ``/quiz``, which everyone sees.
"""

import hashlib
import inspect
import json
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, Final

import discord
from discord import app_commands
from discord.app_commands import Choice, locale_str

from bot.app.commands import SPECS, CommandOption, CommandSpec, OptionKind
from bot.app.phrases import PHRASES, say
from bot.domain.language import Language
from bot.ports.store import Store

MANAGERS: Final = discord.Permissions(manage_guild=True)
MANAGERS_ROOT: Final = "lala"
PLAYERS_ROOT: Final = "quiz"
EVERYWHERE: Final = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
GUILDS_ONLY: Final = app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False)
GUILD_AND_USER: Final = app_commands.AppInstallationType(guild=True, user=True)
GUILD_INSTALL: Final = app_commands.AppInstallationType(guild=True, user=False)

Answer = Callable[["discord.Interaction[Any]"], Awaitable[None]]
Command = app_commands.Command[Any, ..., None]
Payload = list[dict[str, Any]]


def _twins() -> dict[str, CommandSpec]:
    """By their path below ``/quiz``: what everyone may do below the managers' command."""
    shared = (spec for spec in SPECS if spec.root == MANAGERS_ROOT and not spec.managers_only)
    return {f"{PLAYERS_ROOT} {spec.path.split(maxsplit=1)[1]}": spec for spec in shared}


TWINS: Final = _twins()


def canonical_path(path: str) -> str:
    """The path of the spec behind a command as Discord names it."""
    twin = TWINS.get(path)
    return twin.path if twin else path


class PhraseTranslator(app_commands.Translator):
    """Portuguese from the phrases; English is what Discord shows everybody else."""

    async def translate(
        self, string: locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        key = str(string.extras.get("key"))
        if locale is not discord.Locale.brazil_portuguese or key not in PHRASES[Language.PT_BR]:
            return None
        return say(Language.PT_BR, key)


class CommandTree(app_commands.CommandTree[Any]):
    """Describes the commands to Discord. Those that come in all take one way: ours, which knows them by their specs."""

    def __init__(self, client: discord.Client, answer: Answer) -> None:
        super().__init__(client)
        self._answer = answer
        for spec in SPECS:
            self._place(spec, spec.path)
        for path, spec in TWINS.items():
            self._place(spec, path)

    async def interaction_check(self, interaction: "discord.Interaction[Any]", /) -> bool:
        """Everything is answered here; ``False`` keeps discord.py from calling the empty callbacks of the description.

        So a command that is no longer known gets a word as well, where discord.py would only log an error.
        """
        await self._answer(interaction)
        return False

    def _place(self, spec: CommandSpec, path: str) -> None:
        *above, name = path.split()
        if not above:
            command = _command(spec, name)
            command.allowed_contexts = EVERYWHERE if spec.everywhere else GUILDS_ONLY
            command.allowed_installs = GUILD_AND_USER if spec.everywhere else GUILD_INSTALL
            self.add_command(command)
            return
        self._group(tuple(above)).add_command(_command(spec, name))

    def _group(self, path: tuple[str, ...]) -> app_commands.Group:
        if len(path) > 1:
            parent = self._group(path[:-1])
            known = parent.get_command(path[-1])
            return known if isinstance(known, app_commands.Group) else _group(path, parent)
        found = self.get_command(path[0])
        if isinstance(found, app_commands.Group):
            return found
        group = _group(path, None)
        self.add_command(group)
        return group


def _group(path: tuple[str, ...], parent: app_commands.Group | None) -> app_commands.Group:
    name, about = _localized(f"name.{path[-1]}"), _localized(f"about.{' '.join(path)}")
    if parent is not None:
        return app_commands.Group(name=name, description=about, parent=parent)
    return app_commands.Group(
        name=name,
        description=about,
        allowed_contexts=GUILDS_ONLY,
        allowed_installs=GUILD_INSTALL,
        default_permissions=MANAGERS if path[0] == MANAGERS_ROOT else None,
    )


def _command(spec: CommandSpec, name: str) -> Command:
    return app_commands.Command(
        name=_localized(f"name.{name}"), description=_localized(f"about.{spec.path}"), callback=_described(spec)
    )


def _described(spec: CommandSpec) -> Callable[..., Coroutine[Any, Any, None]]:
    """A callback that does nothing: discord.py reads the command's options off its signature."""

    async def callback(interaction: "discord.Interaction[Any]", **_: object) -> None: ...

    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    parameters = [inspect.Parameter("interaction", kind, annotation=discord.Interaction)]
    parameters += [
        inspect.Parameter(option.name, kind, annotation=_annotation(option), default=None) for option in spec.options
    ]
    vars(callback)["__signature__"] = inspect.Signature(parameters)
    names = {option.name: _localized(f"name.{option.name}") for option in spec.options}
    abouts = {option.name: _localized(f"about.option.{option.name}") for option in spec.options}
    choices = {option.name: _choices(option) for option in spec.options if option.kind is OptionKind.CHOICE}
    completing = {option.name: _complete for option in spec.options if option.completes}
    described = app_commands.describe(**abouts)(app_commands.rename(**names)(callback)) if names else callback
    described = app_commands.choices(**choices)(described) if choices else described
    return app_commands.autocomplete(**completing)(described) if completing else described


def _annotation(option: CommandOption) -> object:
    match option.kind:
        case OptionKind.INTEGER:
            return app_commands.Range[int, option.minimum, option.maximum] | None
        case OptionKind.FLAG:
            return bool | None
        case _:
            return str | None


def _choices(option: CommandOption) -> list[Choice[str | int | float]]:
    return [Choice(name=_localized(f"value.{value}"), value=value) for value in option.values]


async def _complete(interaction: "discord.Interaction[Any]", current: str) -> list[Choice[str]]:
    """Only says that there is something to complete; the answer comes the way of all others."""
    return []


def _localized(key: str) -> locale_str:
    return locale_str(say(Language.EN, key), key=key)


async def described(tree: CommandTree) -> Payload:
    """What Discord is told of the commands."""
    translator = tree.translator
    assert translator is not None, "set when the client is made ready"
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]


def digest_of(payload: Payload) -> str:
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def note_key(application: int, guild: int | None) -> str:
    return f"{discord.__name__}:commands:{application}:{guild or 'global'}"


async def sync_changed(tree: CommandTree, store: Store, *, application: int, guild: int | None) -> bool:
    """Registers the commands, in one guild or everywhere, unless that has been done; whether it was needed."""
    digest, key = digest_of(await described(tree)), note_key(application, guild)
    async with store.view() as work:
        if await work.notes.get(key) == digest:
            return False
    where = discord.Object(guild) if guild else None
    if where is not None:
        tree.copy_global_to(guild=where)
    await tree.sync(guild=where)
    async with store.begin() as work:
        await work.notes.put(key, digest)
    return True
