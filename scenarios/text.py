"""The text of a file: bytes within a limit, UTF-8, visible characters, blanks instead of tabs."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from scenarios.names import shown
from scenarios.problems import Findings

BYTES_MAX = 256 * 1024

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_HIDDEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
# Drawn as nothing although Unicode calls them letters, marks or signs: fillers, joiners and variation selectors.
_HIDDEN = {"\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0"}
_HIDDEN |= {chr(code) for code in (*range(0x180B, 0x1810), *range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))}


def is_hidden(letter: str) -> bool:
    """Return whether ``letter`` is drawn as nothing, or steers how others are drawn."""
    return letter in _HIDDEN or unicodedata.category(letter) in _HIDDEN_CATEGORIES


def read_bytes(path: Path, findings: Findings) -> bytes:
    """Return the bytes of a plain file, at most one more than a file may have."""
    value = shown(str(path), 200)
    try:
        # A pipe or a device could block or never end.
        fault = "" if path.is_file() else "not-a-file" if path.exists() else "no-file"
        raw = b"" if fault else _first_bytes(path)
    except OSError as error:
        findings.stop((0, 0), "unreadable", value=value, detail=error.strerror)
    except ValueError:  # a name that no file can have
        fault, raw = "no-file", b""
    if fault:
        findings.stop((0, 0), fault, value=value)
    return raw


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as opened:
        return opened.read(BYTES_MAX + 1)


def text_of(raw: bytes, findings: Findings) -> str:
    """Return the text of a file, its lines ended by LF; raise every fault of its characters."""
    if len(raw) > BYTES_MAX:
        findings.stop((1, 1), "too-large", size=len(raw), limit=BYTES_MAX)
    encoding = next((name for start, name in _BYTE_ORDER_MARKS if raw.startswith(start)), None)
    if encoding is None and b"\x00" in raw[:4]:
        encoding = "UTF-16"
    if encoding is not None:
        findings.stop((1, 1), "utf-16", encoding=encoding)
    text = _decoded(raw.removeprefix(b"\xef\xbb\xbf"), findings).replace("\r\n", "\n")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isprintable() or not line.isascii():
            _check_line(line, number, findings)
    findings.raise_if_any()
    return text


def _decoded(raw: bytes, findings: Findings) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8")
        line = before.count("\n") + 1
        findings.stop((line, len(before) - before.rfind("\n")), "not-utf8")


def _check_line(line: str, number: int, findings: Findings) -> None:
    for column, letter in enumerate(line, 1):
        if letter == "\t":
            findings.add((number, column), "tab")
            return
        if letter == "\r":
            findings.add((number, column), "carriage-return")
            return
        if is_hidden(letter):
            name = f"U+{ord(letter):04X} {unicodedata.name(letter, '')}".strip()
            findings.add((number, column), "invisible-character", letter=name)
