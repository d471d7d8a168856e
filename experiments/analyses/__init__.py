"""Analyses that lead from many runs to a judgement."""
