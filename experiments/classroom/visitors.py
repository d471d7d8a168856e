"""Who asks: a sealed cookie without a name in it, or the address of those who keep none."""

from __future__ import annotations

import hmac
import os
import re
import secrets
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

COOKIE = "talentflow_visitor"
_KEY_BYTES = 32
_SEALED = re.compile(r"([A-Za-z0-9_-]{16})\.([0-9a-f]{64})")
_MONTH_SECONDS = 30 * 24 * 3600


class Visitors:
    """Gives visitors numbers that nobody else can make up.

    Parameters
    ----------
    folder
        Keeps the key, so that visitors are known again after a restart; None for memory alone.
    """

    def __init__(self, folder: Path | None) -> None:
        self._key = secrets.token_bytes(_KEY_BYTES) if folder is None else _kept_key(folder / "visitors.key")

    def seal(self, visitor: str) -> str:
        """Return a visitor's cookie."""
        return f"{visitor}.{self._mac(visitor)}"

    def open(self, cookie: str) -> str | None:
        """Return the visitor that a cookie was sealed for; None for one that was not sealed here."""
        match = _SEALED.fullmatch(cookie)
        return match[1] if match and hmac.compare_digest(self._mac(match[1]), match[2]) else None

    def _mac(self, visitor: str) -> str:
        return hmac.new(self._key, visitor.encode(), sha256).hexdigest()


def new_visitor() -> str:
    """Return a number for someone who comes for the first time."""
    return secrets.token_urlsafe(12)


def cookie_header(sealed: str) -> str:
    """Return the header that gives a visitor their cookie: not for scripts, not from other pages."""
    return f"{COOKIE}={sealed}; Path=/; HttpOnly; SameSite=Strict; Max-Age={_MONTH_SECONDS}"


def cookie_in(header: str) -> str:
    """Return the visitor's cookie out of a Cookie header, empty where there is none."""
    for part in header.split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return ""


def _kept_key(path: Path) -> bytes:
    with suppress(FileNotFoundError):
        key = path.read_bytes()
        if len(key) == _KEY_BYTES:
            return key
    key = secrets.token_bytes(_KEY_BYTES)
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_suffix(".new")
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(key)
    aside.replace(path)
    return key
