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
        "open": "Open",
        "home.title": "lalabot in this workspace",
        "home.hint": "In a channel: /{fact} tells a fact, /{quiz} starts a quiz, /{lala} help tells the rest.",
        "cannot.title": "I cannot post in that channel",
        "cannot.not_in_channel": "I am not a member of it. Write there: /invite @lalabot",
        "cannot.channel_not_found": "I cannot see it: it is private, or gone. If it is private, write there: /invite @lalabot",
        "cannot.is_archived": "It is archived. Unarchive it, or use another channel.",
        "cannot.restricted_action": "The workspace's settings allow only some members to post there. An admin can let me in "
        "under the channel's posting permissions.",
        "cannot.missing_scope": "The app lacks a permission. An admin can install it again to grant it.",
        "cannot.token_revoked": "My access to this workspace was taken back. An admin can install the app again.",
        "cannot.msg_blocks_too_long": "Slack found the message too long. That is my fault, and it is in my log.",
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
        "open": "Abrir",
        "home.title": "lalabot neste workspace",
        "home.hint": "Num canal: /{fact} conta um fato, /{quiz} começa um quiz, /{lala} help conta o resto.",
        "cannot.title": "Não consigo postar naquele canal",
        "cannot.not_in_channel": "Não faço parte dele. Escreva lá: /invite @lalabot",
        "cannot.channel_not_found": "Não o vejo: é privado ou não existe mais. Se é privado, escreva lá: /invite @lalabot",
        "cannot.is_archived": "Ele está arquivado. Desarquive-o ou use outro canal.",
        "cannot.restricted_action": "As configurações do workspace deixam só alguns membros postar lá. Um admin pode me incluir "
        "nas permissões de postagem do canal.",
        "cannot.missing_scope": "Falta uma permissão ao app. Um admin pode instalá-lo de novo para concedê-la.",
        "cannot.token_revoked": "Meu acesso a este workspace foi retirado. Um admin pode instalar o app de novo.",
        "cannot.msg_blocks_too_long": "O Slack achou a mensagem longa demais. A falha é minha e está no meu registro.",
        "uncertain": "O Slack não confirmou minha última mensagem naquele canal. Não a repito, para que não apareça duas vezes.",
        "uncertain.title": "Talvez falte uma mensagem",
    }
)
WORDS: Final = MappingProxyType({Language.EN: _ENGLISH, Language.PT_BR: _PORTUGUESE})


def word(language: Language, key: str, **blanks: str) -> str:
    return WORDS[language][key].format_map(blanks)
