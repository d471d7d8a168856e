"""One HTML file that opens from disk, without a server or a network: estimates only, and it says so."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from experiments.classroom.estimates.export_words import WORDS
from experiments.classroom.estimates.made import FILE, read
from experiments.design import DesignError
from experiments.words import LANGUAGES

_HERE = Path(__file__).parent
_ESTIMATE = _HERE.parent / "page" / "estimate.js"
_SHARED_STYLE = _HERE.parent / "page" / "style.css"
_EXPORTED = re.compile(r"^export ", re.MULTILINE)
_PACKAGES = {
    "legal-framework": "legal",
    "management-mechanism": "management",
    "inclusive-services": "services",
    "international-environment": "environment",
}


def write(path: Path, lang: str = "en") -> Path:
    """Write the page, whole or not at all, and return where it is.

    Parameters
    ----------
    path
        The file to write; its folder is made if need be.
    lang
        Language shown first, ``en`` or ``zh``; the page holds both.

    Raises
    ------
    DesignError
        For another language, or if the shipped estimates were made with another version of the model.
    """
    from experiments.files import write_whole

    write_whole(path, page(lang))
    return path


def page(lang: str = "en") -> str:
    """Return the page as text; see :func:`write`."""
    import jinja2
    from markupsafe import Markup

    if lang not in LANGUAGES:
        raise DesignError(f"the language must be one of {', '.join(LANGUAGES)}, got {lang!r}")
    content = read(FILE)
    if not content["is_current"]:
        raise DesignError("the shipped estimates were made with another version of the model: make them anew")
    style, script = _style(), _script()
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    # A JSON block ends where `</script` begins, so no text in it may hold a `<`.
    held = json.dumps(held_by_page(content), ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return made.get_template("export.html.j2").render(
        lang=lang,
        said=lambda key: Markup("".join(_in_both(key, content))),  # noqa: S704 - escaped below
        title=WORDS["title"][LANGUAGES.index(lang)],
        style=Markup(style),  # noqa: S704 - our own file
        style_hash=_hash(style),
        script=Markup(script),  # noqa: S704 - our own files
        script_hash=_hash(script),
        held=Markup(held),  # noqa: S704 - made safe above
    )


def held_by_page(content: Mapping[str, Any]) -> dict[str, Any]:
    """Return all that the page's script needs: the estimates and the words."""
    from experiments.cases import outcome_labels, outcome_unit

    labels = outcome_labels()
    outcomes = dict.fromkeys(key.partition("@")[0] for key in content["outcomes"])
    units = {name: _unit_of(outcome_unit(name)) for name in outcomes}
    return {
        "estimates": content,
        "words": {key: list(texts) for key, texts in WORDS.items()},
        "outcomes": [
            {
                "id": name,
                "label": [labels[name][lang] for lang in LANGUAGES],
                "unit": units[name],
                "is_share": outcome_unit(name) == "share",
                "factor": _factors(outcome_unit(name)),
            }
            for name in outcomes
        ],
        "levers": {lever["path"]: _lever(lever["path"]) for lever in content["levers"]},
        "presets": list(_presets()),
    }


def _factors(unit: str) -> list[float]:
    """Return by what an outcome is multiplied to be read, in each language."""
    factors: dict[str, list[float]] = {"share": [100, 100], "yuan": [1e-6, 1e-8]}
    return factors.get(unit, [1, 1])


def _unit_of(unit: str) -> list[str]:
    from experiments.words import unit_label

    return ["million yuan", "亿元"] if unit == "yuan" else [unit_label(unit, lang) for lang in LANGUAGES]


def _lever(path: str) -> dict[str, Any]:
    from experiments.classroom.answering.units import unit_word
    from scenarios import levers

    lever = levers()[path]
    return {
        "label": [lever.label[lang] for lang in LANGUAGES],
        "unit": [unit_word(lever.unit, lang) for lang in LANGUAGES],
        "is_share": lever.unit in {"share", "probability"},
    }


@cache
def _presets() -> tuple[dict[str, Any], ...]:
    """Return packages, then reforms by the heading of the article that they come under."""
    from experiments.cases import titles_of
    from scenarios import catalogue, load

    within = {name: family for package, family in _PACKAGES.items() for name in _inside(load(package))}
    by_measure = {load(name).measure: family for name, family in within.items()}
    by_measure.pop(None, None)
    found = []
    for entry in catalogue():
        if entry.kind in {"reform", "package"}:
            own = load(entry.id)
            is_sum = bool(own.reforms) and not own.own_changes
            family = "packages" if is_sum else within.get(entry.id) or by_measure.get(own.measure, "other")
            found.append({"id": entry.id, "family": family, "title": [titles_of(own)[lang] for lang in LANGUAGES]})
    return tuple(found)


def _inside(scenario: Any) -> Iterator[str]:
    for reform in scenario.reforms:
        yield reform.id
        yield from _inside(reform)


def _in_both(key: str, content: Mapping[str, Any]) -> Iterator[str]:
    """Yield a text in each language, the one not shown hidden by the style sheet."""
    from html import escape

    numbers = {
        **content["settings"],
        "laws": content["laws"],
        "runs": f"{content['runs']:,}",
        "tests": content["outcomes"]["stock@2040-12"]["tested"],
        "version": content["version"],
        "made_with": content["made_with"],
        "source": content["model"]["source"][:12],
    }
    for lang, text in zip(LANGUAGES, WORDS[key], strict=True):
        yield f'<span class="in-{lang}" lang="{"zh-Hans" if lang == "zh" else lang}">{escape(text.format(**numbers))}</span>'


def _script() -> str:
    """Return the page's modules as one: the file it imports from first, without its exports."""
    return "\n".join([_EXPORTED.sub("", _ESTIMATE.read_text(encoding="utf-8")), _asset("export.js")])


def _style() -> str:
    """Return the style that all pages of the classroom share, and the page's own."""
    return "\n".join([_SHARED_STYLE.read_text(encoding="utf-8"), _asset("export.css")])


def _asset(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
