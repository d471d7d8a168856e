"""Fits uncertain parameters to observed numbers, with emulators of the model."""
