"""Serves the viewer on this machine: Solara's own server, told to ask nobody outside and to report nothing."""

from __future__ import annotations

import os
from importlib import import_module

from experiments.design import DesignError
from experiments.viewer.words import WORDS
from experiments.words import phrase

PAGE = "experiments.viewer.page"
_SETTINGS = {
    # Solara reports its use to its makers unless told not to.
    "SOLARA_TELEMETRY_MIXPANEL_ENABLE": "false",
    "SOLARA_THEME_SHOW_BANNER": "false",
    # Scripts, style and fonts come from this machine: the package solara-assets holds them.
    "SOLARA_ASSETS_PROXY": "true",
}


def prepare(lang: str) -> None:
    """Load Solara with our settings, in a language ``en`` or ``zh``.

    Raises
    ------
    DesignError
        If the extra ``viewer`` is not installed.
    """
    # Read by Solara when it is imported, and by the page.
    os.environ.update(_SETTINGS, TALENTFLOW_LANG=lang)
    try:
        import_module("solara.__main__")
        import_module("mesa.visualization")
    except ImportError as error:
        raise DesignError(phrase(WORDS, "extra", lang)) from error


def serve(*, host: str, port: int, is_opened: bool) -> None:
    """Serve the page until interrupted; call :func:`prepare` first.

    Parameters
    ----------
    host, port
        Where to listen; port 0 takes a free one.
    is_opened
        Whether to open it in a browser.
    """
    solara = import_module("solara.__main__")
    options = ["--host", host, "--port", str(port), "--open" if is_opened else "--no-open"]
    solara.cli(["run", PAGE, "--production", "--no-check-version", *options], standalone_mode=False)
