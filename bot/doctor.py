"""``lalabot doctor``: what the bot needs, looked at one by one, and what to do where something is missing."""

from collections.abc import Callable

from bot.domain.errors import LalabotError
from bot.packs.loader import load_packs
from bot.ports.findings import Finding
from bot.ports.store import Store
from bot.settings import Settings
from bot.system.clock import SystemClock, use_shipped_zones
from bot.wiring import open_store


async def examine(settings: Settings, tell: Callable[[str], None]) -> bool:
    """Tells a line a finding; whether all is well. Changes nothing but a database's schema."""
    use_shipped_zones()
    clock = SystemClock()
    store: Store | None = None
    well = _packs(settings, tell)
    try:
        store = await open_store(settings, clock)
        tell("ok  Database: opened, and at this program's schema")
    except LalabotError as error:
        tell(f"BAD Database: {error}")
        well = False
    try:
        asked = (_discord, _slack) if settings.discord_token else (_slack,)
        if not settings.discord_token:
            tell("ok  Discord: no token, so it is left out")
        for ask in asked:
            for finding in await ask(settings, clock, store):
                tell(finding.line())
                well = well and finding.ok
    finally:
        if store is not None:
            await store.close()
    return well


def _packs(settings: Settings, tell: Callable[[str], None]) -> bool:
    try:
        packs = load_packs(settings.packs)
    except LalabotError as error:
        tell(f"BAD Packs: {error}")
        return False
    for pack in packs:
        tell(f"ok  Pack {pack.id}: {len(pack.facts)} facts, {len(pack.questions)} questions")
    return True


async def _discord(settings: Settings, _: SystemClock, store: Store | None) -> tuple[Finding, ...]:
    from adapters.discord.doctor import doctor  # noqa: PLC0415 - a doctor of Slack alone never imports it

    return await doctor(settings, store)


async def _slack(settings: Settings, clock: SystemClock, store: Store | None) -> tuple[Finding, ...]:
    from adapters.slack.doctor import doctor  # noqa: PLC0415 - see above

    return await doctor(settings, clock, store)
