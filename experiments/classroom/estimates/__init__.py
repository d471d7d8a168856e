"""Estimates: what the classroom shows at once, before the simulation has answered.

A quadratic surface through runs made beforehand, counted from the exactly simulated baseline and packages. It tells
differences only, with the error it made on runs it had not seen; ``estimates.json`` holds it.
"""
