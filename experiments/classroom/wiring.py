"""The whole classroom put together: the server with lessons and rooms, as far as they are installed."""

from __future__ import annotations

from starlette.applications import Starlette

from experiments.classroom.app import build
from experiments.classroom.config import Config


def app_of(config: Config) -> Starlette:
    """Return the application with all its parts."""
    return build(config)
