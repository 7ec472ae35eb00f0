"""What only Discord's own adapter says, in both languages. Everything else that people read is in ``bot.app.phrases``."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from bot.domain.language import Language

WORDS: Final[Mapping[Language, Mapping[str, str]]] = MappingProxyType(
    {
        Language.EN: MappingProxyType(
            {
                "choice.right": "right answer",
                "choice.chosen_one": "1 player",
                "choice.chosen": "{count} players",
                "managers": "those with the permission “Manage Server”",
                "late.title": "That took me too long",
                "late.body": "Please try again: it should be quick now.",
                "late.again": "Open it now",
                "stopping.title": "One moment",
                "stopping.body": "I am being restarted. Try again in a few seconds: your game goes on.",
                "permission.view_channel": "the permission “View Channel”",
                "permission.send_messages": "the permission “Send Messages”",
                "permission.send_messages_in_threads": "the permission “Send Messages in Threads”",
            }
        ),
        Language.PT_BR: MappingProxyType(
            {
                "choice.right": "resposta certa",
                "choice.chosen_one": "1 pessoa",
                "choice.chosen": "{count} pessoas",
                "managers": "quem tem a permissão “Gerenciar servidor”",
                "late.title": "Demorei demais",
                "late.body": "Tente de novo, por favor: agora deve ser rápido.",
                "late.again": "Abrir agora",
                "stopping.title": "Um momento",
                "stopping.body": "Estou sendo reiniciado. Tente de novo em alguns segundos: o seu jogo continua.",
                "permission.view_channel": "a permissão “Ver canal”",
                "permission.send_messages": "a permissão “Enviar mensagens”",
                "permission.send_messages_in_threads": "a permissão “Enviar mensagens em tópicos”",
            }
        ),
    }
)


def word(language: Language, key: str, /, **blanks: object) -> str:
    return WORDS[language][key].format_map(blanks)
