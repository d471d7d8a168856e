"""Verbs of a batch: ``talentflow experiment VERB``, one file each."""
