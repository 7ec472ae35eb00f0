"""What the operator asks of Discord: is all well (`lalabot doctor`), and where is the bot invited (`lalabot invite discord`)."""

import asyncio
import base64
import binascii
from typing import Final

import aiohttp
import discord

from adapters.discord import address
from adapters.discord.commands import CommandTree, PhraseTranslator, described, digest_of, note_key
from adapters.discord.inbound import Interaction
from adapters.discord.options import Options, Source, read_options
from bot.domain.errors import SettingError
from bot.ports.findings import Finding
from bot.ports.store import Store

LEAST: Final = discord.Permissions(view_channel=True, send_messages=True, send_messages_in_threads=True)
"""Cards are components, which need no permission of their own; the bot reads no history, and has no role to give."""
SCOPES: Final = ("bot", "applications.commands")
LOGIN_TIMEOUT_S: Final = 15.0
LEFT_FEW: Final = 50
"""So few starts left today are worth a word: each start of each shard uses one up."""


def invite_link(application: int) -> str:
    """With the least permissions."""
    return discord.utils.oauth_url(application, permissions=LEAST, scopes=SCOPES)


def invite_lines(settings: Source) -> tuple[str, ...]:
    """The link, from the token alone: nothing is asked of Discord."""
    token = read_options(settings).token
    if not token:
        raise SettingError("DISCORD_TOKEN is not set: copy it from the application's page, under Bot")
    return (invite_link(application_of(token)),)


def application_of(token: str) -> int:
    """A token begins with its bot's id, which is its application's. Raises :class:`SettingError`."""
    head = token.split(".", maxsplit=1)[0]
    try:
        text = base64.urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode()
    except (binascii.Error, ValueError):
        text = ""
    if not text.isdecimal():
        raise SettingError("DISCORD_TOKEN is no bot's token: copy it anew from the application's page, under Bot")
    return int(text)


async def doctor(settings: Source, store: Store | None = None) -> tuple[Finding, ...]:
    """Asks over REST alone, and changes nothing. ``store`` tells whether this bot's commands are the registered ones."""
    options = read_options(settings)
    if not options.token:
        return (Finding(ok=False, text="Discord: no DISCORD_TOKEN, so it is left out"),)
    client = discord.Client(intents=discord.Intents.none())
    address.move_api(options.api_url)
    try:
        async with client, asyncio.timeout(LOGIN_TIMEOUT_S):
            return await _examined(client, options, store)
    except discord.LoginFailure:
        return (Finding(ok=False, text="Discord: the token is not taken; copy it anew and set DISCORD_TOKEN"),)
    except (discord.HTTPException, discord.GatewayNotFound, aiohttp.ClientError, OSError) as error:
        return (
            Finding(ok=False, text=f"Discord: cannot be reached ({error!r}); check the network and DISCORD_API_URL"),
        )
    finally:
        address.move_back()


async def doctor_lines(settings: Source, store: Store | None = None) -> tuple[str, ...]:
    """The findings as lines for a terminal."""
    return tuple(f"{'ok ' if finding.ok else 'BAD'} {finding.text}" for finding in await doctor(settings, store))


async def _examined(client: discord.Client, options: Options, store: Store | None) -> tuple[Finding, ...]:
    await client.login(options.token)
    application = client.application
    assert application is not None, "known from the login"
    return (
        Finding(
            ok=True, text=f"Discord: logged in as {client.user} (application {application.name}, {application.id})"
        ),
        _intents(application),
        _endpoint(application),
        await _starts(client, options),
        await _commands(client, application.id, options, store),
        Finding(ok=True, text=f"Discord: invite it with {invite_link(application.id)}"),
    )


def _intents(application: discord.AppInfo) -> Finding:
    flags = application.flags
    granted = {
        "Message Content": flags.gateway_message_content or flags.gateway_message_content_limited,
        "Server Members": flags.gateway_guild_members or flags.gateway_guild_members_limited,
        "Presence": flags.gateway_presence or flags.gateway_presence_limited,
    }
    unneeded = ", ".join(name for name, is_on in granted.items() if is_on)
    if unneeded:
        return Finding(
            ok=True, text=f"Discord: privileged intents are on ({unneeded}); none is needed, switch them off"
        )
    return Finding(ok=True, text="Discord: no privileged intent is on, and none is needed")


def _endpoint(application: discord.AppInfo) -> Finding:
    if application.interactions_endpoint_url:
        text = "Discord: the application has an Interactions Endpoint URL, so nothing comes in here; clear it"
        return Finding(ok=False, text=text)
    return Finding(ok=True, text="Discord: interactions come over the connection for events")


async def _starts(client: discord.Client, options: Options) -> Finding:
    recommended, where, limit = await client.http.get_bot_gateway()
    left, count = int(limit["remaining"]), options.shards.count or recommended
    told = f"Discord: events from {where}; {count} shards ({recommended} recommended), {left} starts left today"
    if count < recommended:
        return Finding(ok=False, text=f"{told}; raise the number of shards in DISCORD_SHARDS")
    return Finding(ok=left > LEFT_FEW, text=told)


async def _commands(client: discord.Client, application: int, options: Options, store: Store | None) -> Finding:
    async def unused(_: Interaction) -> None: ...

    tree = CommandTree(client, unused)
    await tree.set_translator(PhraseTranslator())
    payload = await described(tree)
    where = discord.Object(options.dev_guild) if options.dev_guild else None
    there = {command.name for command in await tree.fetch_commands(guild=where)}
    wanted = {str(command["name"]) for command in payload}
    if missing := ", ".join(sorted(wanted - there)):
        return Finding(ok=False, text=f"Discord: commands not registered: {missing}; `lalabot run` registers them")
    if store is not None:
        async with store.view() as work:
            known = await work.notes.get(note_key(application, options.dev_guild))
        if known != digest_of(payload):
            return Finding(
                ok=False, text="Discord: the registered commands are not this version's; `lalabot run` renews them"
            )
    return Finding(ok=True, text=f"Discord: commands registered: {', '.join(sorted(wanted))}")
