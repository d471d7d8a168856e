"""What is uncertain: which parameters are varied, and what they are called."""

from __future__ import annotations

from collections.abc import Sequence

ROLES = ("calibrate", "sensitivity")
"""Roles of the parameters varied unless named; those with the role ``fixed`` and those without a range are not."""


def varied(over: Sequence[str] | str | None) -> tuple[str, ...]:
    """Return the names of the parameters to vary.

    Parameters
    ----------
    over
        Names, of vectors or of their elements; a role stands for its parameters; None or ``all`` for those of both roles.

    Raises
    ------
    DesignError
        For an unknown name, or one that has no range.
    """
    from experiments.batch.draws import drawn_names, uncertain_elements

    if over is None or over in ("all", ("all",)):
        return drawn_names()
    elements = uncertain_elements()
    names: list[str] = []
    for wanted in [over] if isinstance(over, str) else over:
        if wanted in ROLES:
            names += [name for name in drawn_names() if elements[name].role == wanted]
        else:
            names += drawn_names([wanted])
    return tuple(dict.fromkeys(names))


def parameter_name(path: str) -> str:
    """Return a parameter's name without ``behaviour.``, as draws hold it.

    >>> parameter_name("behaviour.beta"), parameter_name("world.x")
    ('beta', 'world.x')
    """
    return path.removeprefix("behaviour.")


def parameter_label(name: str, lang: str) -> str:
    """Return what a parameter is called; its name where it is not one of behaviour.

    >>> parameter_label("beta", "en"), parameter_label("behaviour.beta", "zh"), parameter_label("world.x", "en")
    ('Weight of income', '收入权重', 'world.x')
    """
    from scenarios import behaviours

    vector, _, element = name.removeprefix("behaviour.").partition(".")
    found = behaviours().get(vector)
    if found is None:
        return name
    return found.label[lang] if not element else f"{found.label[lang]} ({element})"


def parameter_unit(name: str) -> str:
    """Return the unit of a parameter of behaviour; nothing for another."""
    from scenarios import behaviours

    found = behaviours().get(name.removeprefix("behaviour.").partition(".")[0])
    return found.unit if found else ""
