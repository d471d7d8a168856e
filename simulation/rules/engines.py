"""Other theories of the decision: what income, tastes and chances are worth under each decision engine.

The default is random utility with lasting tastes. The others are assumptions that a scenario may make, to ask whether
the ranking of reforms hangs on the theory: nested logit (McFadden 1978, "Modelling the choice of residential
location"), planned behaviour (Ajzen 1991, https://doi.org/10.1016/0749-5978(91)90020-T; in models of migration Klabunde
and Willekens 2016, https://doi.org/10.1007/s10680-015-9362-0), prospect theory (Tversky and Kahneman 1992,
https://doi.org/10.1007/BF00122574), linear income (Grogger and Hanson 2011,
https://doi.org/10.1016/j.jdeveco.2010.06.003).

Each changes one piece of ``value`` and leaves the others: nested logit the lasting taste and the worth of places outside
China, prospect theory and linear income the worth of income, planned behaviour what is made of the gain.
"""

from __future__ import annotations

from simulation import draws
from simulation.compiled import rule
from simulation.names import (
    ASSIGNEE,
    BELIEF_WAIT,
    LINEAR_INCOME,
    NESTED_LOGIT,
    ON_C,
    PROSPECT,
    STUDENT_MODE,
)
from simulation.records import Behaviour, Now, Person
from simulation.rules import beliefs, work_permit

NEST_CHINA, NEST_AWAY = range(2)
LEAST_CHANCE = 0.01
"""Smallest chance of carrying out an intention that people tell from none (assumption)."""


@rule
def engine_of(behaviour: Behaviour) -> int:
    """Return the decision engine, index in DECISIONS."""
    return int(behaviour.decision_engine)


@rule
def lasting_taste(person: Person, now: Now) -> float:
    """Return the lasting taste for China, utility a year.

    Notes
    -----
    Under nested logit it is the difference of two Gumbel draws, one for each nest, that a person keeps for life: the
    logistic spread replaces the normal one, its mean stays ``theta_mean``.
    """
    behaviour = now.behaviour
    if engine_of(behaviour) != NESTED_LOGIT:
        return person.theta
    china = draws.gumbel(now.seed, int(person.id), 0, draws.NEST, NEST_CHINA)
    away = draws.gumbel(now.seed, int(person.id), 0, draws.NEST, NEST_AWAY)
    mean = behaviour.theta_mean
    if int(person.mode) == STUDENT_MODE:
        mean += behaviour.student_return_taste
    return mean + behaviour.nest_scale * (china - away)


@rule
def worth_of_income(income_cny: float, log_kept: float, reference_cny: float, behaviour: Behaviour) -> float:
    """Return what a year's income is worth, utility; it rises with income under every engine.

    Parameters
    ----------
    income_cny
        Income after tax, insurance, rent and fees, yuan a year, above 0.
    log_kept
        Log of the share of income that lost hours leave, at most 0.
    reference_cny
        Income at home, yuan a year, above 0; read by prospect theory alone.

    Notes
    -----
    Prospect theory values the change against income at home as a share of it, lost hours included: ``x**a`` for gains,
    ``-l (-x)**a`` for losses. A linear utility has the slope of the default at ``linear_income_cny``.
    """
    engine = engine_of(behaviour)
    if engine == PROSPECT:
        change = income_cny * draws.exp(log_kept) / reference_cny - 1.0
        if change >= 0.0:
            return behaviour.beta * draws.power(change, behaviour.value_curvature)
        return -behaviour.beta * behaviour.loss_aversion * draws.power(-change, behaviour.value_curvature)
    if engine == LINEAR_INCOME:
        return behaviour.beta * income_cny * draws.exp(log_kept) / behaviour.linear_income_cny
    return behaviour.beta * (draws.log(income_cny) + log_kept)


@rule
def worth_away(home_cny: float, rival_cny: float, behaviour: Behaviour) -> float:
    """Return what life outside China is worth, utility a year, from income at home and in the best third country.

    Notes
    -----
    Everyone takes the better of the two. Under nested logit each of the two also has a taste of its own, which the
    model need not know, as it follows nobody abroad: what is left is the inclusive value of the nest, the log of the sum.
    """
    if engine_of(behaviour) == NESTED_LOGIT:
        scale = behaviour.nest_scale * behaviour.nest_dissimilarity
        home = behaviour.beta * draws.log(home_cny)
        rival = behaviour.beta * draws.log(rival_cny)
        best, other = (home, rival) if home >= rival else (rival, home)
        return best + scale * draws.log(1.0 + draws.exp((other - best) / scale))
    best_cny = home_cny if home_cny >= rival_cny else rival_cny
    return worth_of_income(best_cny, 0.0, home_cny, behaviour)


@rule
def chance_of_coming(person: Person, now: Now, region: int, status: int) -> float:
    """Return the chance that somebody abroad sees of carrying out the move, 0 to 1: post, wait, refusal and quota."""
    here = now.public[region]
    behaviour = now.behaviour
    days = here.entry_days[work_permit.lane_of(status)] * beliefs.ratio(person, now, BELIEF_WAIT)
    chance = beliefs.approval_prob(person, now, region) * draws.exp(-days / behaviour.patience_days)
    if status == ON_C:
        chance *= here.quota_share
    if int(person.mode) != ASSIGNEE:
        none_in_a_month = 1.0 - here.match_share[int(person.field)]
        chance *= 1.0 - draws.power(none_in_a_month, behaviour.search_months)
    return chance


@rule
def intention(person: Person, now: Now, gain: float, chance: float) -> float:
    """Return what a person makes of the gain of China under planned behaviour, utility a year.

    Parameters
    ----------
    gain
        Gain of China by its outcomes, utility a year: the attitude.
    chance
        Chance of carrying out the move, or of keeping the stay, 0 to 1: perceived control.

    Notes
    -----
    The intention adds to the attitude the norm set by people known in China and the control
    that people see themselves as having.
    """
    behaviour = now.behaviour
    norm = draws.log(1.0 + beliefs.contacts(person, now))
    if chance < LEAST_CHANCE:
        chance = LEAST_CHANCE
    return gain + behaviour.norm_weight * norm + behaviour.control_weight * draws.log(chance)
