"""Names as people mistype them: the nearest known one, and letters that only look like ASCII."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable

_LATIN_OF_CYRILLIC = dict(
    zip(
        "\u0430\u0441\u0501\u0435\u04bb\u0456\u0458\u04cf\u043e\u0440\u051b\u0455\u0445\u0443\u0461"
        "\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0405\u0406\u0408",
        "acdehijlopqsxywABEKMHOPCTXSIJ",
        strict=True,
    )
)
_LATIN_OF_GREEK = dict(
    zip(
        "\u03bf\u03b1\u03bd\u03b9\u03c1\u03c5\u03ba\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
        "oavipukABEZHIKMNOPTYX",
        strict=True,
    )
)
_LATIN_OF = str.maketrans(_LATIN_OF_CYRILLIC | _LATIN_OF_GREEK)


def ascii_letters(text: str) -> str:
    r"""Return ``text`` with look-alike letters, full-width forms and accents turned into plain ASCII.

    >>> ascii_letters("w\u0430ge")
    'wage'
    """
    decomposed = unicodedata.normalize("NFKD", text.translate(_LATIN_OF))
    return "".join(letter for letter in decomposed if letter.isascii())


def first_odd_letter(text: str) -> str:
    r"""Return the first letter of ``text`` that is not ASCII, by code point and name; empty if there is none.

    >>> first_odd_letter("w\u0430ge")
    'U+0430 CYRILLIC SMALL LETTER A'
    """
    odd = next((letter for letter in text if not letter.isascii()), "")
    return f"U+{ord(odd):04X} {unicodedata.name(odd, '')}".strip() if odd else ""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that ``name`` was probably meant to be, or None.

    >>> nearest("catgory_a.points_min", ["category_a.points_min", "category_b.points_min"])
    'category_a.points_min'
    >>> nearest("points_min", ["work_permit.category_a.points_min", "tax.band_min"])
    'work_permit.category_a.points_min'
    """
    names = list(known)
    plain = ascii_letters(name).casefold().replace("-", "_")
    by_plain: dict[str, str] = {}
    for candidate in names:
        by_plain.setdefault(candidate.casefold().replace("-", "_"), candidate)
    close = difflib.get_close_matches(plain, by_plain, n=1, cutoff=0.6)
    if close:
        return by_plain[close[0]]
    inside = [candidate for key, candidate in by_plain.items() if len(plain) > 3 and plain in key]
    return inside[0] if inside else None


def listed(names: Iterable[str], limit: int = 12) -> str:
    """Return ``names`` as a list to read, cut after ``limit``.

    >>> listed(["a", "b", "c"], limit=2)
    'a, b ...'
    """
    every = list(names)
    return ", ".join(every[:limit]) + (" ..." if len(every) > limit else "")


def shown(value: object, limit: int = 40) -> str:
    """Return ``value`` as a message shows it: on one line, cut after ``limit`` characters.

    >>> shown(75.0), shown("85%"), shown(True)
    ('75', "'85%'", 'true')
    """
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    text = repr(value)
    return text if len(text) <= limit else text[: limit - 3] + "..."
