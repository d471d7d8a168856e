"""The finding first: sentences whose verb says no more than the interval does, rounded to the noise."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from experiments import pairing
from experiments.components import ONE_SIGN
from experiments.design import DEFAULT_REPLICATES, version
from experiments.rows import DrawnRow
from experiments.words import date_label, group_label, say, unit_label

if TYPE_CHECKING:
    from experiments.accounts import CostRow
    from experiments.comparison import Comparison
    from experiments.rows import PersonsRow, Row

_COUNTED_IN_PEOPLE = "persons"
_MILLION = 1e6


def quantum_of(noise: float) -> float:
    """Return the step to round to: two digits of the noise are kept.

    >>> quantum_of(4413.0), quantum_of(0.37)
    (100.0, 0.01)
    """
    if not math.isfinite(noise) or noise <= 0:
        return 0.0
    return 10.0 ** (math.floor(math.log10(noise)) - 1)


def rounded(value: float, quantum: float) -> str:
    """Return a number as text, rounded to a step, with thousands apart; a dash where there is no number.

    >>> rounded(7893.4, 100.0), rounded(-0.034, 0.01), rounded(0.12345, 0.0), rounded(float("nan"), 1.0)
    ('7,900', '-0.03', '0.12345', '-')
    """
    if not math.isfinite(value):
        return "-"
    if quantum <= 0:
        return f"{value:,.6g}" if abs(value) < 1e6 else f"{value:,.0f}"
    digits = max(0, -math.floor(math.log10(quantum) + 1e-9))
    text = f"{round(value / quantum) * quantum:,.{digits}f}"
    return text.lstrip("-") if float(text.replace(",", "")) == 0 else text


def rounded_up(value: float) -> str:
    """Return a positive number rounded up to two digits, as a bound that nothing exceeds.

    >>> rounded_up(3912.0), rounded_up(0.0341)
    ('4,000', '0.035')
    """
    quantum = quantum_of(value)
    if quantum <= 0:
        return rounded(value, 0.0)
    return rounded(math.ceil(value / quantum - 1e-9) * quantum, quantum)


def noise_of(row: Row) -> float:
    """Return half the width of a row's interval: the noise its numbers are rounded to, 0 if there is none."""
    reach = (row.high - row.low) / 2
    return reach if math.isfinite(reach) else 0.0


def finding(row: Row, title: str, lang: str, label: str) -> str:
    """Return what one row says, as a sentence.

    Parameters
    ----------
    row
        One number of one scenario.
    title
        Name of the scenario, in the language asked for.
    lang
        ``en`` or ``zh``.
    label
        Name of the outcome, in the same language.
    """
    unit = unit_label(row.unit, lang)
    words = {
        "title": title,
        "what": subject(label, row.group, lang),
        "date": date_label(row.date, lang),
        "unit": f" {unit}" if unit and lang == "en" else unit,
    }
    quantum = quantum_of(noise_of(row))
    if not row.is_clear:
        return _unclear(row, lang, quantum, words)
    verb = verb_of(row)
    if row.low == row.high:
        return say(f"{verb}_exactly", lang, size=rounded(abs(row.difference), 0.0), **words)
    # A fall is told by its size, smallest bound first.
    low, high = (rounded(end, quantum) for end in sorted([abs(row.low), abs(row.high)]))
    return say(verb, lang, size=rounded(abs(row.difference), quantum), low=low, high=high, **words)


def _unclear(row: Row, lang: str, quantum: float, words: dict[str, str]) -> str:
    """Return what a row says whose interval holds 0, or that has none."""
    if row.n == 0:
        return say("undefined", lang, **words)
    if row.n == 1:
        return say("one_pair", lang, size=rounded(row.difference, 0.0), **words)
    if not math.isfinite(row.low):
        return say("few_to_bound", lang, size=rounded(row.difference, 0.0), n=row.n, **words)
    if row.low == row.high == 0:
        return say("no_change", lang, **words)
    if isinstance(row, DrawnRow) and not row.low_chance <= 0 <= row.high_chance:
        low, high = rounded(row.low, quantum), rounded(row.high, quantum)
        return say("sign_open", lang, size=rounded(row.difference, quantum), low=low, high=high, **words)
    return say("no_effect", lang, size=rounded_up(max(-row.low, row.high)), **words)


def verb_of(row: Row) -> str:
    """Return the verb for the direction of a difference: adds, removes, raises or lowers."""
    if row.outcome == "stock" and row.unit == _COUNTED_IN_PEOPLE:
        return "adds" if row.difference > 0 else "removes"
    return "raises" if row.difference > 0 else "lowers"


def subject(label: str, group: str, lang: str) -> str:
    """Return what is measured, as it reads inside a sentence.

    >>> subject("Work permits issued, renewals included", "all", "en")
    'work permits issued (renewals included)'
    """
    if lang == "en":
        head, _, tail = label.partition("; ")[0].partition(", ")
        head = head if head[1:2].isupper() or head.startswith("Category") else head[:1].lower() + head[1:]
        label = f"{head} ({tail})" if tail else head
    return label if group == "all" else say("in_group", lang, what=label, group=group_label(group, lang))


def headline_rows(result: Comparison) -> Iterator[Row]:
    """Yield one row for each scenario: the first outcome and group asked for, at the last date."""
    place = result.question.outcomes[0], result.question.groups[0], result.question.dates[-1]
    return (row for row in result.rows if (row.outcome, row.group, row.date) == place)


def findings(result: Comparison, lang: str, labels: dict[str, dict[str, str]]) -> list[str]:
    """Return one sentence for each scenario, on the first outcome asked for at the last date."""
    titles = {case.id: case.title[lang] for case in result.cases}
    return [finding(row, titles[row.scenario], lang, labels[row.outcome][lang]) for row in headline_rows(result)]


def persons_lines(result: Comparison, lang: str) -> list[str]:
    """Return one sentence for each scenario on the people it reaches by the last date, means over pairs."""
    titles = {case.id: case.title[lang] for case in result.cases}
    lines = []
    for row in result.persons:
        if row.date == result.question.dates[-1] and row.group == "all" and row.touched:
            # The counts are means over pairs; three digits are more than they can bear.
            counts = {name: rounded(value, quantum_of(value)) for name, value in _counts(row).items()}
            lines.append(
                say("persons_line", lang, title=titles[row.scenario], date=date_label(row.date, lang), **counts)
            )
    return lines


def _counts(row: PersonsRow) -> dict[str, float]:
    names = ("touched", "additional", "displaced", "deadweight", "abroad")
    return {name: getattr(row, name) for name in names}


def cost_lines(result: Comparison, lang: str) -> list[str]:
    """Return one sentence for each scenario that costs anything, on its costs up to the last date."""
    titles = {case.id: case.title[lang] for case in result.cases}
    return [
        _cost_line(row, titles[row.scenario], lang)
        for row in result.costs
        if row.date == result.question.dates[-1] and row.public_cost
    ]


def _cost_line(row: CostRow, title: str, lang: str) -> str:
    def millions(value: float, noise: float) -> str:
        return rounded(value / _MILLION, quantum_of(noise / _MILLION))

    noise = (row.balance_high - row.balance_low) / 2 if math.isfinite(row.balance_low) else abs(row.balance)
    spread = (row.person_years_high - row.person_years_low) / 2
    quantum = quantum_of(spread if math.isfinite(spread) and spread else abs(row.person_years))
    ends = {"low": millions(row.balance_low, noise), "high": millions(row.balance_high, noise)}
    return say(
        "cost_line",
        lang,
        title=title,
        date=date_label(row.date, lang),
        cost=millions(row.public_cost, row.public_cost),
        years=rounded(row.person_years, quantum),
        per=_per_added_year(row, quantum, lang),
        balance=millions(row.balance, noise),
        span=say("cost_span", lang, **ends) if row.n > 1 else "",
    )


def _per_added_year(row: CostRow, quantum: float, lang: str) -> str:
    """Return what an added year costs, or why there is no such number; ``quantum`` rounds the years."""
    if row.n == 1:
        return say("cost_of_one_pair", lang)
    if not math.isfinite(row.per_person_year):
        low, high = (rounded(value, quantum) for value in (row.person_years_low, row.person_years_high))
        return say("cost_without_ratio", lang, low=low, high=high)
    if row.person_years <= 0:
        return say("cost_of_fewer", lang)
    ends = (row.per_person_year, row.per_person_year_low, row.per_person_year_high)
    size, least, most = (rounded(value, quantum_of(abs(value))) for value in ends)
    return say("cost_per_year", lang, size=size, low=least, high=most)


def pairing_line(result: Comparison, lang: str) -> str | None:
    """Return how many times more runs the headline would take without pairing, over scenarios; None if unknown."""
    rows = list(headline_rows(result))
    ratios = [row.variance_ratio for row in rows if math.isfinite(row.variance_ratio)]
    if not ratios:
        return None
    times = _ends([f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.1f}" for ratio in sorted(ratios)], lang)
    n = min(row.n for row in rows)
    return say("pairing_saves" if n >= pairing.BOOTSTRAP_FROM else "pairing_saves_roughly", lang, times=times, n=n)


def notes(result: Comparison, lang: str) -> list[str]:
    """Return what stands under every result: what the interval means, what it was made from, what it is not."""
    design = result.design
    flows = [] if result.question.outcomes == ("stock",) else [say("flows_are", lang)]
    n = result.replicates
    few = [say("few_pairs", lang, n=n, default=DEFAULT_REPLICATES)] if 1 < n < pairing.BOOTSTRAP_FROM else []
    assumed = [say("both_assume", lang, ids=", ".join(result.assumed))] if result.assumed else []
    return [
        *assumed,
        *flows,
        *_interval_notes(result, lang),
        *few,
        say("made_from", lang, n=result.replicates, seed=design.seed, scale=f"{design.scale:,}", version=version()),
        say("provisional", lang),
    ]


def _interval_notes(result: Comparison, lang: str) -> list[str]:
    """Return what the interval means and, over draws of parameters, where these come from and how much they matter."""
    percent = round(100 * pairing.CONFIDENCE)
    drawn = result.drawn
    if drawn is None:
        return [say("interval_means", lang, percent=percent, method=_method(result, lang))]
    shares = [row.parameter_share for row in result.rows if isinstance(row, DrawnRow)]
    ends = _ends([f"{share:.0%}" for share in sorted(filter(math.isfinite, shares))], lang)
    return [
        say("drawn_from", lang, n=drawn.n, parameters=len(drawn.parameters), posterior=drawn.posterior),
        *([say("drawn_assumed", lang, names=", ".join(drawn.assumed))] if drawn.assumed else []),
        say("interval_over_draws", lang, percent=percent),
        *([say("cut_at_zero", lang)] if any(row.method == ONE_SIGN for row in result.rows) else []),
        *([say("parameters_share_is", lang, share=ends)] if ends else []),
    ]


def _ends(texts: list[str], lang: str) -> str:
    """Return the first and the last of some texts as a range, one where they are alike."""
    if not texts or texts[0] == texts[-1]:
        return "".join(texts[:1])
    return say("range_text", lang, low=texts[0], high=texts[-1])


def _method(result: Comparison, lang: str) -> str:
    """Return how the intervals were found, where it was in one way."""
    methods = {row.method for row in result.rows} & {"t", "bca"}
    return say(f"method_{methods.pop()}", lang) if len(methods) == 1 else ""


def warnings_of(result: Comparison, lang: str) -> Iterator[str]:
    """Yield what a reader must know before reading the rows."""
    for case in result.cases:
        if case.first is None:
            yield say("same_law", lang, id=case.id, baseline=case.baseline_id, until=result.design.until)
        elif not any(count.touched for run in result.runs for count in run.persons[case.id].values()):
            yield say("touched_nobody", lang, id=case.id)
    if result.replicates == 1:
        yield say("no_interval", lang)
    if result.failures:
        listed = "; ".join(f"seed {failure.task}: {failure.error}" for failure in result.failures)
        total = len(result.failures) + result.replicates
        yield say("some_failed", lang, failed=len(result.failures), total=total, listed=listed)
    if result.precision is not None and not result.precision_reached:
        missed = sum(row.precision_reached is False for row in result.rows)
        asked = f"{100 * result.precision:g}%"
        yield say("imprecise", lang, asked=asked, missed=missed, rows=len(result.rows), n=result.replicates)
