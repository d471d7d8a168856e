"""Verbs of ``talentflow experiment``, one file each."""
