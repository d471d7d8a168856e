"""Files made to mislead or to harm a reader of YAML: each is read right or refused where it goes wrong."""

import pytest

from scenarios.events import DEPTH_MAX, VALUES_MAX, read_raw
from scenarios.problems import PROBLEMS_MAX, ScenarioProblems
from scenarios.text import BYTES_MAX


def laughs() -> bytes:
    text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in range(1, 10):
        text += f"a{level}: &a{level} [" + ", ".join([f"*a{level - 1}"] * 9) + "]\n"
    return text.encode()


def merge_bomb() -> bytes:
    text = "a0: &a0 {k: 1}\n"
    for level in range(1, 23):
        text += f"a{level}: &a{level} {{<<: [*a{level - 1}, *a{level - 1}]}}\n"
    return text.encode()


ATTACKS = [
    # What the bytes are
    ("a file over 256 kB", b"a: " + b"x" * BYTES_MAX, "too-large", 1, 1),
    ("a megabyte of open brackets", b"a: " + b"[" * 1_000_000, "too-large", 1, 1),
    ("bytes that are not UTF-8", "a: 1\nb: é".encode("latin-1"), "not-utf8", 2, 4),
    ("a cut UTF-8 sequence", "a: 中".encode()[:-1], "not-utf8", 1, 4),
    ("UTF-16 with a mark", "a: 1\n".encode("utf-16"), "utf-16", 1, 1),
    ("UTF-16 without a mark", "a: 1\n".encode("utf-16-le"), "utf-16", 1, 1),
    ("UTF-32", "a: 1\n".encode("utf-32"), "utf-16", 1, 1),
    ("a zero byte", b"a: 1\nb: x\x00y\n", "invisible-character", 2, 5),
    ("line ends of an old Macintosh", b"a: 1\rb: 2\r", "carriage-return", 1, 5),
    ("an indentation by tab", b"a:\n\tb: 1\n", "tab", 2, 1),
    ("a tab after a value", b"a: 1\t# one\n", "tab", 1, 5),
    ("text that runs from right to left", "wage\u202e: 1\n".encode(), "invisible-character", 1, 5),
    ("a blank of no width in a key", "wa\u200bge: 1\n".encode(), "invisible-character", 1, 3),
    ("a soft hyphen in a value", "path: work\u00adpermit\n".encode(), "invisible-character", 1, 11),
    ("a byte order mark in the middle", "a: 1\nb: \ufeff2\n".encode(), "invisible-character", 2, 4),
    ("a filler that Unicode calls a letter", "a\u3164: 1\n".encode(), "invisible-character", 1, 2),
    ("a line separator of Unicode", "a: 1\u2028b: 2\n".encode(), "invisible-character", 1, 5),
    ("an escaped control of direction", b'a: "x\\u202ey"\n', "invisible-character", 1, 4),
    ("half a surrogate pair", b'a: "\\ud800"\n', "syntax", 1, 7),
    # What YAML is asked to do
    ("a billion laughs", laughs(), "anchor", 1, 5),
    ("a bomb of merge keys", merge_bomb(), "anchor", 1, 5),
    ("a list that holds itself", b"a: &a [*a]\n", "anchor", 1, 4),
    ("an alias of nothing", b"a: *b\n", "alias", 1, 4),
    ("an alias as a key", b"*b : 1\n", "alias", 1, 1),
    ("a merge key", b"a: {<<: {b: 1}}\n", "merge-key", 1, 5),
    ("a tag that runs a program", b"a: !!python/object/apply:os.system ['true']\n", "tag", 1, 4),
    ("a tag of one's own", b"a: !ENV ${HOME}\n", "tag", 1, 4),
    ("a tag of bytes", b"a: !!binary aGVsbG8=\n", "tag", 1, 4),
    ("a tag on a key", b"!!str a: 1\n", "tag", 1, 1),
    ("a second document", b"a: 1\n---\na: 2\n", "second-document", 2, 1),
    ("a directive of tags", b"%TAG ! tag:example.org,2000:\n---\na: 1\n", "directive", 1, 1),
    ("an unknown version of YAML", b"%YAML 9.9\n---\na: 1\n", "syntax", 1, 1),
    ("an older version of YAML", b"%YAML 1.1\n---\na: 1\n", "directive", 1, 1),
    ("brackets as deep as a parser reads", b"a: " + b"[" * 500 + b"]" * 500, "too-deep", 1, 3 + DEPTH_MAX),
    ("lists in lists on one line", b"a:\n  " + b"- " * 20_000 + b"x\n", "too-deep", 2, 1 + 2 * DEPTH_MAX),
    ("mappings in mappings", "".join(" " * n + "a:\n" for n in range(400)).encode(), "too-deep", 17, 17),
    ("a list of 100,000 numbers", b"a: [" + b"1," * 100_000 + b"1]", "too-many-values", 1, 5 + 2 * (VALUES_MAX - 3)),
    ("a word of 5,000 letters", b"a: " + b"x" * 5_000, "too-long", 1, 4),
    ("a key of 200 letters", b"x" * 200 + b": 1\n", "too-long", 1, 1),
    ("a key that is a list", b"? [a, b]\n: 1\n", "key-not-text", 1, 3),
    ("a key without a name", b"~: 1\n", "bad-key", 1, 1),
    ("a key with a blank", b"a b: 1\n", "bad-key", 1, 1),
    ("a key in Chinese", "路径: 1\n".encode(), "bad-key", 1, 1),
    ("a key that stands twice", b"a: 1\nb: 2\na: 3\n", "duplicate-key", 3, 1),
    ("a key that stands twice, once in quotes", b'a: 1\n"a": 2\n', "duplicate-key", 2, 1),
    ("a key in Cyrillic", "w\u0430ge: 1\n".encode(), "look-alike", 1, 1),
    ("a key in full width", "ｗage: 1\n".encode(), "look-alike", 1, 1),
    ("a key with an accent put on", "e\u0301cole: 1\n".encode(), "look-alike", 1, 1),
    ("a full-width colon", "id： x\nb: 1\n".encode(), "full-width", 1, 3),
    ("a full-width colon alone in a file", "id： x\n".encode(), "full-width", 1, 3),
    ("a full-width colon in braces", "a: {path: x, set： 75}\n".encode(), "full-width", 1, 17),
    ("a full-width comma in braces", "a: {b: 1， c: 2}\n".encode(), "full-width", 1, 9),
    ("a wide blank after a colon", "a:\u30001\n".encode(), "full-width", 1, 3),
    ("a brace that is never closed", b"a: {b: 1\nc: 2\n", "syntax", 2, 2),
    ("a quote that is never closed", b"a: 'x\n", "syntax", 2, 1),
    ("a list inside a mapping", b"a: 1\n- b\n", "syntax", 2, 1),
    ("an empty file", b"", "empty-file", 1, 1),
    ("a file of comments", b"# nothing\n", "empty-file", 1, 1),
    ("a file of one word", b"hello\n", "not-a-file-of-keys", 1, 1),
    ("a file that is a list", b"- a\n- b\n", "not-a-file-of-keys", 1, 1),
    ("a key without a value", b"a: 1\nuntil:\nb: 1\n", "empty-value", 2, 7),
    ("a key set to null", b"until: ~\n", "empty-value", 1, 8),
    # What words mean
    ("an octal number, or is it", b"a: 010\n", "leading-zero", 1, 4),
    ("a time, or is it a number", b"a: 12:30\n", "ambiguous-number", 1, 4),
    ("a number in groups by underscore", b"a: 1_000\n", "ambiguous-number", 1, 4),
    ("a number in groups by comma", b"a: 12,000\n", "ambiguous-number", 1, 4),
    ("a number in groups by blank", b"a: 12 000\n", "ambiguous-number", 1, 4),
    ("a hundred thousand minutes", b"a: 1" + b":59" * 1_000, "ambiguous-number", 1, 4),
    ("a hexadecimal number", b"a: 0x1F\n", "other-base", 1, 4),
    ("a long hexadecimal number", b"a: 0x" + b"f" * 4_000, "too-many-digits", 1, 4),
    ("a number of 4,000 digits", b"a: " + b"9" * 4_000, "too-many-digits", 1, 4),
    ("not a number", b"a: .nan\n", "not-finite", 1, 4),
    ("an infinity", b"a: -.inf\n", "not-finite", 1, 4),
    ("an infinity in words", b"a: Infinity\n", "not-finite", 1, 4),
    ("a number beyond all numbers", b"a: 1e400\n", "not-finite", 1, 4),
    ("a share in percent", b"a: 85%\n", "percent", 1, 4),
    ("a number in full width", "a: ８５\n".encode(), "full-width-number", 1, 4),
]  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "code", "line", "column"), [attack[1:] for attack in ATTACKS], ids=[attack[0] for attack in ATTACKS]
)
def test_an_attack_is_refused_where_it_stands(raw: bytes, code: str, line: int, column: int) -> None:
    try:
        problems = read_raw(raw, "x.yaml").findings.problems
    except ScenarioProblems as refusal:
        problems = refusal.problems
    assert (problems[0].code, problems[0].line, problems[0].column) == (code, line, column)
    assert len(problems) <= PROBLEMS_MAX
    assert all("\n" not in problem.render() for problem in problems)


def test_brackets_a_hundred_thousand_deep_are_refused_whoever_counts_them() -> None:
    # Some versions of libyaml end by themselves at a thousand, and before they tell of the first.
    with pytest.raises(ScenarioProblems) as refusal:
        read_raw(b"a: " + b"[" * 100_000 + b"]" * 100_000, "x.yaml")
    (problem,) = refusal.value.problems
    assert (problem.code, problem.line) == ("too-deep", 1)
    assert 3 + DEPTH_MAX <= problem.column <= 1_004


READ_RIGHT = [
    ("Norway is no truth value", b"a: NO\n", "NO"),
    ("yes is text", b"a: yes\n", "yes"),
    ("off is text", b"a: off\n", "off"),
    ("true is true", b"a: true\n", True),
    ("a quoted truth value is text", b"a: 'true'\n", "true"),
    ("a month is text", b"a: 2027-01\n", "2027-01"),
    ("a date is text", b"a: 2026-13-45\n", "2026-13-45"),
    ("a power of ten without a dot", b"a: 12e6\n", 12e6),
    ("a number that begins with a dot", b"a: .5\n", 0.5),
    ("a negative number", b"a: -3\n", -3),
    ("a quoted number is text", b'a: "010"\n', "010"),
    ("a version is text", b"a: 1.5.2\n", "1.5.2"),
    ("Chinese text", "a: 放宽A类标准\n".encode(), "放宽A类标准"),
    ("a full-width colon inside text", "a: 标准：放宽\n".encode(), "标准：放宽"),
    ("a byte order mark at the start", b"\xef\xbb\xbfa: 1\n", 1),
    ("line ends of Windows", b"a: 1\r\n", 1),
    ("version 1.2 of YAML", b"%YAML 1.2\n---\na: 1\n", 1),
    ("an explicit start and end", b"---\na: 1\n...\n", 1),
    ("a block of text", b"a: |\n  one\n  two\n", "one\ntwo\n"),
]


@pytest.mark.parametrize(("raw", "value"), [case[1:] for case in READ_RIGHT], ids=[case[0] for case in READ_RIGHT])
def test_plain_yaml_is_read_right(raw: bytes, value: object) -> None:
    document = read_raw(raw, "x.yaml")
    assert document.findings.problems == []
    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)


def test_columns_count_characters_not_bytes() -> None:
    document = read_raw("a: {b: 中国𠀀, c: 2}\n".encode(), "x.yaml")
    assert document.mark("a", "c") == (1, 16)


def test_a_duplicate_key_is_refused_with_both_lines() -> None:
    document = read_raw(b"a: 1\nb: 2\na: {c: 1}\n", "x.yaml")
    assert document.data == {"a": 1, "b": 2}
    assert document.findings.problems[0].render().startswith("x.yaml:3:1  key 'a' is written twice, first in line 1")


def test_all_problems_of_a_file_are_told_at_once() -> None:
    document = read_raw(b"a: 010\nb: 12:30\nb: 85%\nc: *x\n", "x.yaml")
    assert [(problem.line, problem.code) for problem in document.findings.problems] == [
        (1, "leading-zero"),
        (2, "ambiguous-number"),
        (3, "duplicate-key"),
        (3, "percent"),
        (4, "alias"),
    ]


def test_a_file_with_thousands_of_problems_names_the_first_hundred() -> None:
    document = read_raw(b"a: [" + b"010," * 5_000 + b"1]\n", "x.yaml")
    assert len(document.findings.problems) == PROBLEMS_MAX


def test_a_place_with_a_problem_gets_no_second_one() -> None:
    document = read_raw(b"a: 85%\nb: 1\n", "x.yaml")
    document.findings.add((1, 4), "no-operation")
    document.findings.add((2, 4), "no-operation")
    assert [problem.code for problem in document.findings.problems] == ["percent", "no-operation"]
