"""What a room keeps from its groups until the reveal, and how anyone can check that it was not changed meanwhile."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from dataclasses import dataclass
from typing import Any

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"
"""No I and no O, which look like 1 and 0; codes hold no digits."""
CODE_LENGTH = 6
KEY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
KEY_LENGTH = 12
"""31^12 keys, 59 bits: out of reach of anyone who may try a few a minute."""
_SEED_BITS = 31


@dataclass(frozen=True)
class Secret:
    """Seeds of the hidden pairs, the seed that picks their draws of parameters, and the salt of the commitment."""

    seeds: tuple[int, ...]
    draws_seed: int
    salt: str

    @property
    def commitment(self) -> str:
        """SHA-256 that is shown from the start."""
        return commitment_of(self.seeds, self.draws_seed, self.salt)

    def to_dict(self) -> dict[str, Any]:
        """Return what is shown at the reveal."""
        return {"seeds": list(self.seeds), "draws_seed": self.draws_seed, "salt": self.salt}


def new_secret(pairs: int) -> Secret:
    """Return seeds that nobody can guess, all different."""
    seeds: dict[int, None] = {}
    while len(seeds) < pairs:
        seeds[secrets.randbits(_SEED_BITS)] = None
    return Secret(tuple(seeds), secrets.randbits(_SEED_BITS), secrets.token_hex(16))


def commitment_of(seeds: tuple[int, ...], draws_seed: int, salt: str) -> str:
    """Return the SHA-256, in hexadecimal, of salt and seeds written as one line of JSON.

    >>> commitment_of((3, 5), 7, "salt")[:16]
    '3ec2a943f5e3a48e'
    """
    line = json.dumps({"draws_seed": draws_seed, "salt": salt, "seeds": list(seeds)}, sort_keys=True)
    return hashlib.sha256(line.encode()).hexdigest()


def is_kept(shown: str, revealed: dict[str, Any]) -> bool:
    """Return whether what is revealed is what was committed to."""
    found = commitment_of(tuple(revealed["seeds"]), revealed["draws_seed"], revealed["salt"])
    return hmac.compare_digest(found, shown)


def new_code() -> str:
    """Return the code of a room: six letters that cannot be misread."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def new_key() -> str:
    """Return the key of a group: whoever has it is the group."""
    return "".join(secrets.choice(KEY_LETTERS) for _ in range(KEY_LENGTH))


def digest_of(key: str) -> str:
    """Return what is kept of a key: it is random and long, so that a plain hash is enough."""
    return hashlib.sha256(key.encode()).hexdigest()
