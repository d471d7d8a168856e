"""Batches of runs that survive, grow and scale out: what to run, where its results are kept, who runs it."""
