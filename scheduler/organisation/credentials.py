"""Secrets that open an account, and the only forms in which they are kept."""

from __future__ import annotations

import hashlib
import secrets
import threading
from functools import cache

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from scheduler.kernel.errors import FieldError, InvalidInput

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
SHORTEST_PIN = 4
LONGEST_PIN = 8

KEY_PREFIX = "mk_"
DEVICE_PREFIX = "mkc_"
SHOWN_CHARACTERS = 11
"""How much of an API key is kept readable."""

_hasher = PasswordHash((Argon2Hasher(),))

# One argon2 computation takes 64 MiB; without a limit a burst of sign-ins takes the memory of the machine.
_computations = threading.BoundedSemaphore(4)


def hash_password(password: str, field: str = "password") -> str:
    """The argon2id hash of a new password.

    Raises
    ------
    InvalidInput
        If it is shorter than `SHORTEST_PASSWORD` or longer than `LONGEST_PASSWORD` characters.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        hint = f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        raise InvalidInput([FieldError(field, "(hidden)", f"has {len(password)} characters", hint)])
    with _computations:
        return _hasher.hash(password)


def hash_pin(pin: str) -> str:
    """The argon2id hash of a new PIN; `password_matches` compares with it.

    Raises
    ------
    InvalidInput
        If it is not `SHORTEST_PIN` to `LONGEST_PIN` digits, or is one digit repeated.
    """
    hint = f"{SHORTEST_PIN} to {LONGEST_PIN} digits that are not all the same"
    if not (pin.isascii() and pin.isdecimal() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise InvalidInput([FieldError("pin", "(hidden)", "this cannot be a PIN", hint)])
    if len(set(pin)) == 1:
        raise InvalidInput([FieldError("pin", "(hidden)", "is one digit repeated", hint)])
    with _computations:
        return _hasher.hash(pin)


def password_matches(password: str, password_hash: str | None) -> bool:
    """Whether a password is the hashed one.

    Without a hash, which is the case of an unknown account, the answer is no after the same work, so that
    the time it takes does not tell whether the account exists.
    """
    with _computations:
        matches = _hasher.verify(password, password_hash or _nobodys_hash())
    return matches and password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _hasher.hash(secrets.token_urlsafe(32))


def new_token() -> str:
    """A fresh secret of 256 random bits, safe in addresses and cookies."""
    return secrets.token_urlsafe(32)


def new_api_key() -> str:
    """A fresh API key; its start tells people and secret scanners what it is."""
    return KEY_PREFIX + secrets.token_urlsafe(32)


def new_device_key() -> str:
    """A fresh key of a time clock; its start tells it from the API keys of other systems."""
    return DEVICE_PREFIX + secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """SHA-256 of a random secret in hexadecimal: what is stored, and looked up, in its place."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
