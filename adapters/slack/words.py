"""What only Slack needs said: the app's own surfaces, remedies, and who manages a workspace."""

from types import MappingProxyType
from typing import Final

from bot.domain.language import Language

_ENGLISH: Final = MappingProxyType(
    {
        "managers": "admins and owners of this workspace",
        "managers.named": "admins and owners of this workspace, and whom the bot's operator named,",
        "cancel": "Cancel",
        "close": "Close",
        "form.late": "Slack waits three seconds for a form, and that was too long. Press the button again.",
        "home.title": "lalabot in this workspace",
        "home.hint": "In a channel: /{fact} tells a fact, /{quiz} starts a quiz, /{lala} help tells the rest.",
        "home.dailies": "Daily posts",
        "home.no_dailies": "No channel has one yet. A manager can set one up in a channel: /lala daily on time=9:00 zone=Lisbon",
        "cannot.title": "I cannot post in that channel",
        "cannot.not_installed": "This app is not installed in this workspace any more. An admin can install it again.",
        "cannot.is_archived": "It is archived. Unarchive it, or use another channel.",
        "uncertain": "Slack did not confirm my last message in that channel. I do not repeat it, so that it is not there twice.",
        "uncertain.title": "A message may be missing",
    }
)
_PORTUGUESE: Final = MappingProxyType(
    {
        "managers": "admins e donos deste workspace",
        "managers.named": "admins e donos deste workspace, e quem o operador do bot indicou,",
        "cancel": "Cancelar",
        "close": "Fechar",
        "form.late": "O Slack espera três segundos por um formulário, e passou disso. Aperte o botão de novo.",
        "home.title": "lalabot neste workspace",
        "home.hint": "Num canal: /{fact} conta um fato, /{quiz} começa um quiz, /{lala} help conta o resto.",
        "home.dailies": "Posts diários",
        "home.no_dailies": "Nenhum canal tem um ainda. Um admin pode criar um num canal: /lala daily on time=9:00 zone=Lisboa",
        "cannot.title": "Não consigo postar naquele canal",
        "cannot.not_installed": "Este app não está mais instalado neste workspace. Um admin pode instalá-lo de novo.",
        "cannot.is_archived": "Ele está arquivado. Desarquive-o ou use outro canal.",
        "uncertain": "O Slack não confirmou minha última mensagem naquele canal. Não a repito, para que não apareça duas vezes.",
        "uncertain.title": "Talvez falte uma mensagem",
    }
)
WORDS: Final = MappingProxyType({Language.EN: _ENGLISH, Language.PT_BR: _PORTUGUESE})


def word(language: Language, key: str, **blanks: str) -> str:
    return WORDS[language][key].format_map(blanks)
