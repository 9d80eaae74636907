"""Sealing what people write: AES-256-GCM, one data key a person, wrapped by the operator's key.

A sealed value is a 12-byte random nonce followed by ciphertext and tag. What it belongs to (table,
person, row) is bound as associated data, so that a value moved to another row does not open. A wrapped
key carries the first four bytes of the SHA-256 of the operator's key that wrapped it.
"""

import hashlib
import hmac
import os
from collections.abc import Sequence

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_NONCE_BYTES = 12
_KEY_ID_BYTES = 4


class WrongKey(Exception):
    """No operator key at hand opens this; nothing was changed."""


class Cipher:
    """Seals and opens values with one data key."""

    def __init__(self, key: bytes) -> None:
        self._aead = AESGCM(key)

    def seal(self, value: bytes, belongs_to: str) -> bytes:
        nonce = os.urandom(_NONCE_BYTES)
        return nonce + self._aead.encrypt(nonce, value, belongs_to.encode())

    def open(self, sealed: bytes, belongs_to: str) -> bytes:
        """Raises `WrongKey` if the value was made with another key, for another row, or was altered."""
        try:
            return self._aead.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], belongs_to.encode())
        except InvalidTag as error:
            raise WrongKey from error


class Keyring:
    """The operator's keys, newest first: the newest wraps, any of them unwraps."""

    def __init__(self, keys: Sequence[bytes]) -> None:
        if not keys or any(len(key) != KEY_BYTES for key in keys):
            raise ValueError("at least one key of 32 bytes is needed")
        self._newest = keys[0]
        self._by_id = {_key_id(key): key for key in keys}

    def wrap(self, data_key: bytes, belongs_to: str) -> bytes:
        return _key_id(self._newest) + Cipher(self._newest).seal(data_key, belongs_to)

    def unwrap(self, wrapped: bytes, belongs_to: str) -> bytes:
        """Raises `WrongKey` if none of the operator's keys wrapped it."""
        key = self._by_id.get(wrapped[:_KEY_ID_BYTES])
        if key is None:
            raise WrongKey
        return Cipher(key).open(wrapped[_KEY_ID_BYTES:], belongs_to)

    def is_newest(self, wrapped: bytes) -> bool:
        """Whether the newest key wrapped it: if not, a rotation has yet to wrap it afresh."""
        return wrapped[:_KEY_ID_BYTES] == _key_id(self._newest)


def new_key() -> bytes:
    """A fresh random key."""
    return os.urandom(KEY_BYTES)


def keyed_hash(key: bytes, *parts: str) -> bytes:
    """HMAC-SHA-256 of the parts: finds an address without storing it in the clear."""
    return hmac.new(key, "\0".join(parts).encode(), hashlib.sha256).digest()


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:_KEY_ID_BYTES]
