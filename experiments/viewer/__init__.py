"""A small view of the model in Mesa's SolaraViz: regions drawn with aggregates, one run at a time.

``talentflow viewer`` opens it, or ``solara run experiments.viewer.page``; both need the extra ``viewer``.
"""
