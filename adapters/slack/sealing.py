"""Seals what must not be read from the database alone: tokens, and the state of an installation that is on its way."""

import base64
from datetime import datetime
from typing import Final

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.domain.errors import SettingError

MIN_KEY: Final = 16
_PURPOSE: Final = b"lalabot slack installations v1"


class Seal:
    """Authenticated encryption. ``keys``: the newest first; the older ones only open what they sealed once."""

    def __init__(self, keys: tuple[str, ...]) -> None:
        """Raises :class:`SettingError` for a key that is too short."""
        if any(len(key) < MIN_KEY for key in keys):
            raise SettingError(f"LALABOT_SECRET_KEY must have {MIN_KEY} characters or more: openssl rand -hex 32")
        self._fernet = MultiFernet([Fernet(_derived(key)) for key in keys]) if keys else None

    def close(self, text: str, now: datetime) -> str:
        """Raises :class:`SettingError` without any key: nothing is ever kept in the clear."""
        if self._fernet is None:
            raise SettingError(
                "LALABOT_SECRET_KEY is not set: it encrypts the workspaces' tokens. openssl rand -hex 32"
            )
        return self._fernet.encrypt_at_time(text.encode(), int(now.timestamp())).decode()

    def open(self, sealed: str, *, now: datetime | None = None, life_s: int = 0) -> str | None:
        """``None`` for what this did not seal, or, with ``now``, sealed more than ``life_s`` ago."""
        if self._fernet is None:
            return None
        try:
            if now is None:
                return self._fernet.decrypt(sealed.encode()).decode()
            return self._fernet.decrypt_at_time(sealed.encode(), life_s, int(now.timestamp())).decode()
        except InvalidToken:
            return None


def seal_of(setting: str) -> Seal:
    """``LALABOT_SECRET_KEY``: one key, or several separated by commas."""
    return Seal(tuple(key.strip() for key in setting.split(",") if key.strip()))


def _derived(key: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key.encode())
    return base64.urlsafe_b64encode(derived)
