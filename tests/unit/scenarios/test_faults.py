"""Lines of a scenario that cannot hold: each is refused at its line and column, with the nearest name."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios import Problem

A = "work_permit.category_a.points_min"
B = "work_permit.category_b.points_min"
POOL = "social_insurance.refund_pool_share"
TREATY = "treaties.posted_exemption_months"
# Line 4 of the file is "changes:"; a line that stands below it is line 5, its first key in column 6.
FAULTS = [
    ("a lever mistyped", "{path: work_permit.catgory_a.points_min, from: 2027-01, set: 75}", "unknown-path", 12, A),
    ("a lever by its last word", "{path: points_min, from: 2027-01, set: 75}", "unknown-path", 12, A),
    ("a lever in capitals", f"{{path: {A.upper()}, from: 2027-01, set: 75}}", "unknown-path", 12, A),
    ("a lever with a Cyrillic letter", f"{{path: {A.replace('c', 'с', 1)}, from: 2027-01, set: 7}}", "look-alike", 12, A),
    ("a lever of nothing", "{path: moon.phase, from: 2027-01, set: 1}", "unknown-path", 12, None),
    ("a table without its element", "{path: work_permit.points.salary, from: 2027-01, set: 1}", "incomplete-path", 12, None),
    ("behaviour among changes", "{path: behaviour.beta, from: 2027-01, set: 1}", "not-a-lever", 12, None),
    ("the world among changes", "{path: world.pool.size_start, from: 2027-01, set: 1}", "not-a-lever", 12, None),
    ("no operation", f"{{path: {A}, from: 2027-01}}", "no-operation", 5, None),
    ("two operations", f"{{path: {A}, from: 2027-01, set: 75, add: 1}}", "two-operations", 71, None),
    ("no date", f"{{path: {A}, set: 75}}", "missing-date", 5, None),
    ("a year without a month", f"{{path: {A}, from: 2027, set: 75}}", "not-a-month", 53, "2027-01"),
    ("a month with a day", f"{{path: {A}, from: 2027-01-15, set: 75}}", "not-a-month", 53, "2027-01"),
    ("a month of one digit", f"{{path: {A}, from: 2027-1, set: 75}}", "not-a-month", 53, "2027-01"),
    ("a month with a slash", f"{{path: {A}, from: 2027/03, set: 75}}", "not-a-month", 53, "2027-03"),
    ("a thirteenth month", f"{{path: {A}, from: 2027-13, set: 75}}", "not-a-month", 53, None),
    ("a month before the horizon", f"{{path: {A}, from: 1999-12, set: 75}}", "outside-horizon", 53, None),
    ("a month after the horizon", f"{{path: {A}, from: 2061-01, set: 75}}", "outside-horizon", 53, None),
    ("an end after the horizon", f"{{path: {A}, from: 2027-01, until: 2061-01, set: 7}}", "outside-horizon", 69, None),
    ("an end before its start", f"{{path: {A}, from: 2027-01, until: 2026-12, set: 7}}", "until-before-from", 69, None),
    ("a wrong baseline value", f"{{path: {A}, from: 2027-01, was: 80, set: 75}}", "was-differs", 67, None),
    ("the baseline's own value", f"{{path: {A}, from: 2027-01, set: 85}}", "no-change", 67, None),
    ("adding nothing", f"{{path: {A}, from: 2027-01, add: 0}}", "no-change", 67, None),
    ("multiplying by one", f"{{path: {A}, from: 2027-01, multiply: 1}}", "no-change", 72, None),
    ("a value above its range", f"{{path: {A}, from: 2027-01, set: 850}}", "out-of-range", 67, None),
    ("a sum below its range", f"{{path: {A}, from: 2027-01, add: -90}}", "out-of-range", 67, None),
    ("a product above its range", f"{{path: {A}, from: 2027-01, multiply: 2}}", "out-of-range", 72, None),
    ("a phase above its range", f"{{path: {POOL}, phase: {{2027-01: 0, 2030-01: 1.5}}}}", "out-of-range", 55, None),
    ("half a switch", "{path: visas.k_visa.available, from: 2027-01, set: 0.5}", "not-whole-lever", 56, None),
    ("a number in quotes", f'{{path: {A}, from: 2027-01, set: "75"}}', "not-a-number", 67, "75"),
    ("a truth value for a number", f"{{path: {A}, from: 2027-01, set: true}}", "not-a-number", 67, "1"),
    ("a word for a number", f"{{path: {A}, from: 2027-01, set: low}}", "not-a-number", 67, None),
    ("a number for a path", "{path: 7, from: 2027-01, set: 75}", "not-text", 12, None),
    ("a percentage in quotes", f'{{path: {POOL}, from: 2027-01, set: "85%"}}', "not-a-number", 68, "0.85"),
    ("a phase with a start", f"{{path: {POOL}, from: 2027-01, phase: {{2027-01: 0, 2028-01: 1}}}}", "date-with-phase", 48, None),
    ("a phase of one date", f"{{path: {POOL}, phase: {{2027-01: 0.4}}}}", "short-phase", 55, None),
    ("a phase by years", f"{{path: {POOL}, phase: {{2027: 0, 2028-01: 1}}}}", "not-a-month", 56, "2027-01"),
    ("a phase that is a list", f"{{path: {POOL}, phase: [2027-01, 1]}}", "not-keys", 55, None),
    ("an unknown region", f"{{path: {A}, from: 2027-01, set: 75, where: {{region: [shanghia]}}}}", "unknown-region", 88, "shanghai"),
    ("a region in Cyrillic", f"{{path: {A}, from: 2027-01, set: 75, where: {{region: [beijing, hаinan]}}}}", "look-alike", 97, "hainan"),
    ("a region named twice", f"{{path: {A}, from: 2027-01, set: 75, where: {{region: [hainan, hainan]}}}}", "named-twice", 96, None),
    ("a region without brackets", f"{{path: {A}, from: 2027-01, set: 75, where: {{region: hainan}}}}", "not-a-list", 87, None),
    ("no region at all", f"{{path: {A}, from: 2027-01, set: 75, where: {{region: []}}}}", "empty-where", 78, None),
    ("an empty where", f"{{path: {A}, from: 2027-01, set: 75, where: {{}}}}", "empty-where", 78, None),
    ("an origin for a lever of regions", f"{{path: {A}, from: 2027-01, set: 75, where: {{origin: [japan]}}}}", "wrong-where", 79, None),
    ("a region for a lever of origins", f"{{path: {TREATY}, from: 2027-01, set: 9, where: {{region: [hainan]}}}}", "wrong-where", 77, None),
    ("Norway as an origin", f"{{path: {TREATY}, from: 2027-01, set: 9, where: {{origin: [NO]}}}}", "unknown-origin", 86, None),
    ("a key mistyped", f"{{path: {A}, form: 2027-01, set: 75}}", "unknown-key", 47, "from"),
    ("a needed key mistyped", f"{{pth: {A}, from: 2027-01, set: 75}}", "unknown-key", 6, "path"),
    ("a key too many", f"{{path: {A}, from: 2027-01, set: 75, colour: red}}", "unknown-key", 71, None),
    ("a word for a line", A, "not-keys", 5, None),
    ("a full-width colon in a line", "path： x", "full-width", 9, None),
    ("a tail of two dots", f"{{path: {A}., from: 2027-01, set: 75}}", "unknown-path", 12, A),
]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "code", "column", "nearest"), [case[1:] for case in FAULTS], ids=[case[0] for case in FAULTS]
)
def test_a_faulty_change_is_refused_at_its_column(
    line: str,
    code: str,
    column: int,
    nearest: str | None,
    write: Callable[..., Path],
    problems_of: Callable[..., list[Problem]],
) -> None:
    path = write(f"changes:\n  - {line}\n")
    (problem,) = problems_of(path)
    assert (problem.code, problem.line, problem.column, problem.nearest) == (code, 5, column, nearest)
    assert problem.render().startswith(f"{path}:5:{column}  ")


HEADER_FAULTS = [
    ("no schema", "id: x\ntitle: {en: x}\nreforms: [one-stop]\n", ("missing-key", 1, 1, None)),
    ("a schema of another version", "schema: talentflow.scenario/9\nid: x\ntitle: {en: x}\nreforms: [one-stop]\n", ("wrong-schema", 1, 9, None)),
    ("a file of the law", "schema: talentflow.law/1\nwork_permit: {}\n", ("wrong-schema", 1, 9, None)),
    ("an id with a blank", "schema: talentflow.scenario/1\nid: My Reform\ntitle: {en: x}\nreforms: [one-stop]\n", ("bad-id", 2, 5, "my-reform")),
    ("the id of the baseline", "schema: talentflow.scenario/1\nid: baseline\ntitle: {en: x}\nreforms: [one-stop]\n", ("bad-value", 2, 5, None)),
    ("no title", "schema: talentflow.scenario/1\nid: x\nreforms: [one-stop]\n", ("missing-key", 1, 1, None)),
    ("a title that is a word", "schema: talentflow.scenario/1\nid: x\ntitle: x\nreforms: [one-stop]\n", ("not-keys", 3, 8, None)),
    ("a title in French", "schema: talentflow.scenario/1\nid: x\ntitle: {fr: x}\nreforms: [one-stop]\n", ("unknown-key", 3, 9, None)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "told"), [case[1:] for case in HEADER_FAULTS], ids=[case[0] for case in HEADER_FAULTS]
)
def test_a_faulty_header_is_refused(
    text: str,
    told: tuple[str, int, int, str | None],
    write: Callable[..., Path],
    problems_of: Callable[..., list[Problem]],
) -> None:
    (problem,) = problems_of(write(text, head=""))
    assert (problem.code, problem.line, problem.column, problem.nearest) == told


BODY_FAULTS = [
    ("a measure beyond the article", "measure: 30\nreforms: [one-stop]\n", ("out-of-bounds", 4, 10, None)),
    ("a measure of one and a half", "measure: 1.5\nreforms: [one-stop]\n", ("not-whole", 4, 10, None)),
    ("a status mistyped", "status: ilustrative\nreforms: [one-stop]\n", ("bad-choice", 4, 9, "illustrative")),
    ("a cost below zero", "cost: {set_up: -1}\nreforms: [one-stop]\n", ("out-of-bounds", 4, 16, None)),
    ("a cost mistyped", "cost: {per_yr: 1}\nreforms: [one-stop]\n", ("unknown-key", 4, 8, "per_year")),
    ("a rule for overlaps that does not exist", "on_overlap: max\nreforms: [one-stop]\n", ("bad-choice", 4, 13, None)),
    ("a reform mistyped", "reforms: [one-stopp]\n", ("unknown-scenario", 4, 11, "one-stop")),
    ("a reform that is a number", "reforms: [7]\n", ("not-text", 4, 11, None)),
    ("reforms without brackets", "reforms: one-stop\n", ("not-a-list", 4, 10, None)),
    ("a baseline mistyped", "baseline: bseline\nreforms: [one-stop]\n", ("unknown-scenario", 4, 11, "baseline")),
    ("changes without dashes", "changes:\n  path: x\n", ("not-a-list", 5, 3, None)),
    ("nothing that changes", "why: no reason\n", ("changes-nothing", 1, 1, None)),
    ("empty lists", "changes: []\nreforms: []\n", ("changes-nothing", 1, 1, None)),
    ("a lever among assumptions", f"assumptions:\n  - {{path: {A}, set: 1}}\n", ("not-an-assumption", 5, 12, None)),
    ("a parameter mistyped", "assumptions:\n  - {path: behaviour.betta, set: 1}\n", ("unknown-path", 5, 12, "behaviour.beta")),
    ("a vector without its element", "assumptions:\n  - {path: behaviour.career_gain, set: 1}\n", ("incomplete-path", 5, 12, None)),
    ("a parameter with a date", "assumptions:\n  - {path: behaviour.beta, from: 2027-01, set: 1}\n", ("date-not-used", 5, 28, None)),
    ("a parameter by region", "assumptions:\n  - {path: behaviour.beta, set: 1, where: {region: [hainan]}}\n", ("no-where", 5, 43, None)),
]  # fmt: skip


@pytest.mark.parametrize(("text", "told"), [case[1:] for case in BODY_FAULTS], ids=[case[0] for case in BODY_FAULTS])
def test_a_faulty_body_is_refused(
    text: str,
    told: tuple[str, int, int, str | None],
    write: Callable[..., Path],
    problems_of: Callable[..., list[Problem]],
) -> None:
    (problem,) = problems_of(write(text))
    assert (problem.code, problem.line, problem.column, problem.nearest) == told


def test_all_faults_of_a_file_are_told_at_once(
    write: Callable[..., Path], problems_of: Callable[..., list[Problem]]
) -> None:
    path = write(
        "status: done\n"
        "reforms: [nope]\n"
        "changes:\n"
        f"  - {{path: {A}, from: 2027-01, set: 850}}\n"
        f"  - {{path: {B}, form: 2027-01, set: 85%}}\n"
        "  - {path: x.y, from: 2027, add: 1, set: 1}\n"
        "id: other\n"
    )
    told = [(problem.line, problem.code) for problem in problems_of(path)]
    assert told == [
        (4, "bad-choice"),
        (5, "unknown-scenario"),
        (7, "out-of-range"),
        (8, "unknown-key"),
        (8, "percent"),
        (9, "not-a-month"),
        (10, "duplicate-key"),
    ]


def test_a_was_that_holds_in_some_regions_names_one_where_it_does_not(
    write: Callable[..., Path], problems_of: Callable[..., list[Problem]]
) -> None:
    line = "  - {path: work_permit.pay_route.enforced_share, from: 2027-01, was: 1, set: 0.5}\n"
    (problem,) = problems_of(write("changes:\n" + line))
    assert problem.code == "was-differs"
    assert "in guangdong" in problem.message


def test_the_range_is_checked_on_the_result_in_every_month(
    write: Callable[..., Path], problems_of: Callable[..., list[Problem]]
) -> None:
    line = "  - {path: social_insurance.retirement_age.men, from: 2024-01, add: 18}\n"
    (problem,) = problems_of(write("changes:\n" + line))
    assert problem.code == "out-of-range"
    # The law itself rises from 60 in January 2025 to 63 in January 2040 and passes 62 after January 2035.
    assert "got 80.016666667 at 2035-02" in problem.message
