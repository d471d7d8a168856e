"""YAML read as events: plain data with the line and column of every key and value.

Nothing is constructed by the YAML library: no tag, alias, anchor, merge key or second document is followed, depth
and size are capped while reading, keys are plain ASCII and stand once. The event stream is read without recursion,
so no file can exhaust the stack.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from scenarios import scalars
from scenarios.names import ascii_letters, first_odd_letter, shown
from scenarios.problems import Findings, Mark, ScenarioProblems
from scenarios.syntax import explain_syntax, explain_wide
from scenarios.text import is_hidden, read_bytes, text_of

Location: TypeAlias = tuple[str | int, ...]
"""Keys and positions from the top of a file to a value."""

DEPTH_MAX = 16
VALUES_MAX = 20_000
KEY_MAX = 128
WORD_MAX = 4_096
NO_KEY = "#"
"""Stands for a key that cannot be guessed."""

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_KEY = re.compile(r"[A-Za-z0-9_.-]+", re.ASCII)


@dataclass
class Document:
    """What one file says: ``data`` of plain dicts, lists and scalars, and the marks of its keys and values."""

    file: str
    data: dict[str, Any]
    findings: Findings
    values: dict[Location, Mark] = field(default_factory=dict)
    keys: dict[Location, Mark] = field(default_factory=dict)

    def part(self, *location: str | int) -> Any:
        """Return the value at ``location``."""
        value: Any = self.data
        for step in location:
            value = value[step]
        return value

    def mark(self, *location: str | int) -> Mark:
        """Return where a value stands, or the nearest thing around it that has a place."""
        while location and location not in self.values:
            location = location[:-1]
        return self.values.get(location, (0, 0))

    def key_mark(self, *location: str | int) -> Mark:
        """Return where the key of a value stands, or the value itself if it has none."""
        return self.keys.get(location) or self.mark(*location)


def read_file(path: Path, shown_as: str) -> Document:
    """Read a file; raise ScenarioProblems for what cannot be read, keep in ``findings`` what can be read on from."""
    findings = Findings(shown_as)
    return read_text(text_of(read_bytes(path, findings), findings), findings)


def read_raw(raw: bytes, shown_as: str) -> Document:
    """Read the bytes of a file; see :func:`read_file`."""
    findings = Findings(shown_as)
    return read_text(text_of(raw, findings), findings)


def read_data(data: Mapping[str, Any], shown_as: str) -> Document:
    """Return a document of values made in Python, which have no lines."""
    return Document(shown_as, _copied(data), Findings(shown_as))


def read_text(text: str, findings: Findings) -> Document:
    """Read checked text; see :func:`read_file`."""
    builder = _Builder(findings)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except ScenarioProblems:
        raise
    except (yaml.YAMLError, ValueError) as error:  # the pure Python parser lets a ValueError of chr() through
        explain_syntax(error, text, builder.line, findings, deepest=DEPTH_MAX)
    if not builder.root or builder.root == [None]:
        findings.stop((1, 1), "empty-file")
    data = builder.root[0]
    if not isinstance(data, dict):
        explain_wide(text, 1, text.count("\n") + 1, findings)
        findings.stop(builder.values[()], "not-a-file-of-keys")
    findings.settle()
    return Document(findings.file, data, findings, builder.values, builder.keys)


@dataclass
class _Level:
    """A container being filled; ``key`` waits for its value."""

    filled: dict[str, Any] | list[Any]
    location: Location
    key: str | None = None
    is_kept: bool = True
    instead: scalars.Scalar = None  # the value that was written into a key by mistake
    last: tuple[str, Mark] = ("", (0, 0))  # the word before, and where it stands


class _Builder:
    def __init__(self, findings: Findings) -> None:
        self.findings = findings
        self.root: list[Any] = []
        self.values: dict[Location, Mark] = {}
        self.keys: dict[Location, Mark] = {}
        self.line = 1
        self._levels: list[_Level] = []
        self._count = 0
        self._documents = 0

    def take(self, event: Any) -> None:
        """Take one event of the stream."""
        mark: Mark = (event.start_mark.line + 1, event.start_mark.column + 1)
        self.line = mark[0]
        if isinstance(event, yaml.ScalarEvent):
            self._count_and_check(event, mark)
            self._scalar(event, mark)
        elif isinstance(event, yaml.CollectionStartEvent):
            self._count_and_check(event, mark)
            self._open({} if isinstance(event, yaml.MappingStartEvent) else [], mark)
        elif isinstance(event, yaml.CollectionEndEvent):
            self._levels.pop()
        elif isinstance(event, yaml.AliasEvent):
            self.findings.add(mark, "alias", name=event.anchor)
            self._scalar(event, mark)
        elif isinstance(event, yaml.DocumentStartEvent):
            self._document(event, mark)

    def _document(self, event: yaml.DocumentStartEvent, mark: Mark) -> None:
        self._documents += 1
        if self._documents > 1:
            self.findings.stop(mark, "second-document")
        if event.tags or event.version not in {None, (1, 2)}:
            self.findings.add(mark, "directive")

    def _count_and_check(self, event: Any, mark: Mark) -> None:
        self._count += 1
        if self._count > VALUES_MAX:
            self.findings.stop(mark, "too-many-values", limit=VALUES_MAX)
        if event.anchor is not None:
            self.findings.add(mark, "anchor", name=event.anchor)
        if event.tag is not None:
            self.findings.add(mark, "tag", name=shown(event.tag))

    def _open(self, container: dict[str, Any] | list[Any], mark: Mark) -> None:
        if len(self._levels) >= DEPTH_MAX:
            self.findings.stop(mark, "too-deep", limit=DEPTH_MAX)
        if self._awaits_key():
            self.findings.stop(mark, "key-not-text")
        location = self._put(container, mark)
        self._levels.append(_Level(container, location))

    def _awaits_key(self) -> bool:
        return bool(self._levels) and isinstance(self._levels[-1].filled, dict) and self._levels[-1].key is None

    def _scalar(self, event: Any, mark: Mark) -> None:
        text = getattr(event, "value", "_")
        if self._awaits_key():
            self._key(text, mark)
        else:
            self._put(self._value(event, mark), mark)
        if self._levels:
            self._levels[-1].last = (text, mark)

    def _value(self, event: Any, mark: Mark) -> scalars.Scalar:
        """Return the value of a scalar, or a guess at what was meant once its problem is noted."""
        if isinstance(event, yaml.AliasEvent):
            return None
        text: str = event.value
        if len(text) > WORD_MAX:
            self.findings.add(mark, "too-long", size=len(text), limit=WORD_MAX)
            return ""
        if event.style:
            self._check_escapes(text, mark)
            return text
        reading = scalars.plain(text)
        level = self._levels[-1] if self._levels else None
        if reading.code:
            self.findings.add(mark, reading.code, **reading.params)
        elif reading.value is None and level is not None:
            if level.instead is not None:
                return level.instead
            self.findings.add(mark, "empty-value", key=level.key or "-")
        return reading.value

    def _check_escapes(self, text: str, mark: Mark) -> None:
        # An escape such as "\u202e" writes a character that the check of the text could not see.
        hidden = next((letter for letter in text if letter != "\n" and is_hidden(letter)), None)
        if hidden is not None:
            self.findings.add(mark, "invisible-character", letter=f"U+{ord(hidden):04X}")

    def _key(self, text: str, mark: Mark) -> None:
        level = self._levels[-1]
        level.instead = None
        is_good = _KEY.fullmatch(text) and len(text) <= KEY_MAX and not self._ends_a_number(text, mark)
        key = text if is_good else self._mended_key(text, mark)
        location = (*level.location, key)
        level.key = key
        level.is_kept = key not in level.filled
        if level.is_kept:
            self.keys[location] = mark
        elif key != NO_KEY:
            self.findings.add(mark, "duplicate-key", key=key, first=self.keys[location][0])

    def _ends_a_number(self, text: str, mark: Mark) -> bool:
        """Return whether a key is what follows the comma of a number such as 300,000."""
        word, (line, column) = self._levels[-1].last
        return text.isdecimal() and word.isdecimal() and mark == (line, column + len(word) + 1)

    def _mended_key(self, text: str, mark: Mark) -> str:
        """Note what is wrong with a key, and return the key that was probably meant."""
        word, (line, column) = self._levels[-1].last
        if self._ends_a_number(text, mark):
            self.findings.add((line, column), "ambiguous-number", value=f"{word},{text}")
            self._levels[-1].instead = 0
            return NO_KEY
        if text == "<<":
            self.findings.add(mark, "merge-key")
            return NO_KEY
        if len(text) > KEY_MAX:
            self.findings.add(mark, "too-long", size=len(text), limit=KEY_MAX)
            return NO_KEY
        word, colon, rest = text.partition("：")
        if colon and _KEY.fullmatch(word):
            self.findings.add((mark[0], mark[1] + len(word)), "full-width", letter="：", plain=":")
            self._levels[-1].instead = scalars.plain(rest.strip()).value
            return word
        meant = ascii_letters(text)
        if _KEY.fullmatch(meant):
            letter = first_odd_letter(text)
            self.findings.add(mark, "look-alike", name=shown(text), letter=letter, nearest=meant)
            return meant
        self.findings.add(mark, "bad-key", key=shown(text))
        return NO_KEY

    def _put(self, value: Any, mark: Mark) -> Location:
        """Place ``value`` in the container being filled, and return its location."""
        if not self._levels:
            self.root.append(value)
            self.values[()] = mark
            return ()
        level = self._levels[-1]
        if isinstance(level.filled, list):
            location: Location = (*level.location, len(level.filled))
            level.filled.append(value)
        else:
            assert level.key is not None  # noqa: S101 - a value follows its key
            location = (*level.location, level.key)
            if level.is_kept:
                level.filled[level.key] = value
            else:
                location = (*location, "#again")
            level.key = None
        self.values[location] = mark
        return location


def _copied(value: Any) -> Any:
    """Return plain dicts, lists and scalars of ``value``, sharing none of its containers."""
    if isinstance(value, Mapping):
        return {str(key): _copied(item) for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_copied(item) for item in value]
    return value.item() if hasattr(value, "item") else value
