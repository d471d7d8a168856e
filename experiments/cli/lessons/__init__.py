"""The verbs of ``talentflow lesson``."""
