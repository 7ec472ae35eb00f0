"""The next unseen item of a pool: a keyed permutation and a cursor, constant work at any size.

A pool's items have fixed positions, and new ones are added at its end. Within an epoch the number of positions is frozen, so that
every position comes up exactly once and nothing added meanwhile disturbs the order; the next epoch takes in what was added.
"""

import hashlib
from dataclasses import dataclass, replace
from typing import Final

_ROUNDS: Final = 10
"""Feistel rounds: with four the order is visibly not uniform for small pools."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a channel stands in a pool. ``drawn`` of the epoch's ``size`` positions are used up."""

    epoch: int = 0
    size: int = 0
    drawn: int = 0
    offset: int = 0
    """Where in the permutation the epoch began: 1 where beginning at 0 would have repeated the epoch before."""

    @property
    def left(self) -> int:
        return self.size - self.drawn


def draw(cursor: Cursor, *, pool_size: int, key: str) -> tuple[int, Cursor]:
    """The next position, 0 ≤ position < ``pool_size``, and the cursor behind it.

    ``key`` tells one channel's order from another's. A pool that shrank below the frozen size begins a new epoch.
    ``pool_size`` must be at least 1.
    """
    if cursor.left <= 0 or cursor.size > pool_size:
        cursor = _next_epoch(cursor, pool_size=pool_size, key=key)
    return _position(cursor, cursor.drawn, key), replace(cursor, drawn=cursor.drawn + 1)


def _next_epoch(cursor: Cursor, *, pool_size: int, key: str) -> Cursor:
    fresh = Cursor(epoch=cursor.epoch + 1, size=pool_size)
    if cursor.drawn and pool_size > 1 and _position(fresh, 0, key) == _position(cursor, cursor.drawn - 1, key):
        return replace(fresh, offset=1)
    return fresh


def _position(cursor: Cursor, index: int, key: str) -> int:
    return permute((index + cursor.offset) % cursor.size, size=cursor.size, key=f"{key}/{cursor.epoch}")


def permute(index: int, *, size: int, key: str) -> int:
    """Where ``index`` goes in the permutation of ``range(size)`` that ``key`` names: a Feistel network with cycle-walking."""
    half_bits = max(1, ((size - 1).bit_length() + 1) // 2)
    secret = hashlib.blake2b(key.encode()).digest()
    value = index
    while True:
        value = _feistel(value, half_bits, secret)
        if value < size:
            return value


def _feistel(value: int, half_bits: int, secret: bytes) -> int:
    mask = (1 << half_bits) - 1
    left, right = value >> half_bits, value & mask
    for turn in range(_ROUNDS):
        digest = hashlib.blake2b(right.to_bytes(8, "big") + bytes([turn]), key=secret, digest_size=8).digest()
        left, right = right, left ^ (int.from_bytes(digest, "big") & mask)
    return (left << half_bits) | right
