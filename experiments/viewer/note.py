"""What the viewer says beside its figures: the month, the numbers, and what one run cannot tell."""

from __future__ import annotations

from html import escape

from experiments.viewer.watched import WatchedModel
from experiments.viewer.words import WORDS
from experiments.words import date_label, phrase


def note(model: WatchedModel, lang: str) -> str:
    """Return it as HTML: a heading with the stock, and where to look for the effect of a reform."""

    def say(key: str, **values: object) -> str:
        return escape(phrase(WORDS, key, lang, **values))

    stock, today = (one.outcomes.value("stock", "all", model.last) for one in (model, model.today))
    command = f"talentflow compare {model.chosen.id}"
    is_compared = model.chosen.baseline is not model.chosen
    parts = [
        f"<h2>{say('heading', date=date_label(model.date, lang), stock=f'{stock:,.0f}')}</h2>",
        f"<p>{say('beside', title=model.chosen.title[lang], stock=f'{today:,.0f}')}</p>",
        f"<p>{say('luck', seed=model.draw_seed, scale=f'{model.scale:,}')} ",
        f"<code>{escape(command)}</code> " if is_compared else "<code>talentflow compare one-stop</code> ",
        f"{say('or_classroom')} <code>talentflow classroom</code></p>",
        f"<p>{say('levers_left_out')}</p>" if model.set_levers else "",
        f"<p>{say('how')}</p>",
    ]
    return "".join(parts)
