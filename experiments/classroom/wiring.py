"""The whole classroom put together: the server with lessons and rooms."""

from __future__ import annotations

from starlette.applications import Starlette

from experiments.classroom.app import build
from experiments.classroom.config import Config
from experiments.classroom.parts import Lessons, Rooms


def app_of(config: Config) -> Starlette:
    """Return the application with all its parts; without a folder there is nowhere to keep rooms, and there are none."""
    return build(config, [Lessons(), *([] if config.folder is None else [Rooms(config)])])
