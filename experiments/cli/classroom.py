"""``talentflow classroom``: a page in the browser where policy is played, for one person or a class."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from experiments.cli.options import language_option, option
from experiments.cli.outcome import INVALID_INPUT, Verb
from experiments.cli.terminal import Terminal
from experiments.words import phrase

if TYPE_CHECKING:
    from experiments.classroom.config import Config

_TOKEN_VARIABLE = "TALENTFLOW_TEACHER_TOKEN"  # noqa: S105 - the name of a variable
_LEAST_TOKEN = 8
_EXAMPLES = """\
talentflow classroom
talentflow classroom --host 0.0.0.0 --port 8000 --lang zh
talentflow classroom --host 0.0.0.0 --allow-host class.example.org --no-open
talentflow classroom --export classroom.html
"""
_WORDS: dict[str, tuple[str, str]] = {
    "teacher": ("Teacher's page, for nobody else: {address}", "教师页面（请勿外传）：{address}"),
    "others": ("Others on this network: {address}", "同一网络中的其他人请访问：{address}"),
    "end": ("Ctrl-C ends the classroom.", "按 Ctrl-C 结束课堂。"),
    "taken": (
        "Cannot listen on {host}, port {port}: {why}. Choose another with --port, or 0 for any that is free.",
        "无法监听{host}的{port}端口：{why}。请用 --port 另选一个，0 表示任意空闲端口。",
    ),
    "folder": (
        "The folder of the classroom cannot be used: {why}. Choose another with --folder.",
        "无法使用课堂文件夹：{why}。请用 --folder 另选一个。",
    ),
    "ended": ("The classroom has ended.", "课堂已结束。"),
}


@click.command(cls=Verb, examples=_EXAMPLES)
@option(
    "Server", "--host", default="127.0.0.1", show_default=True, metavar="ADDRESS", help="0.0.0.0 opens it to others."
)
@option("Server", "--port", type=click.IntRange(0, 65535), default=0, metavar="N", help="Default: any that is free.")
@option(
    "Server", "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes; default one per processor."
)
@option(
    "Server", "--allow-host", "allowed", multiple=True, metavar="NAME", help="Another name it is reached by; repeat."
)
@option(
    "Server",
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where rooms and answers are kept; default in your own folder of state.",
)
@option(
    "Server",
    "--teacher-token",
    envvar=_TOKEN_VARIABLE,
    metavar="TOKEN",
    help=f"Opens the teacher's page; default made up anew; better given as {_TOKEN_VARIABLE}.",
)
@option(
    "Server",
    "--warm/--no-warm",
    "is_warmed",
    default=True,
    help="Prepare today's law before anybody asks: a quarter of a minute for each worker; default on.",
)
@option(
    "Server", "--open/--no-open", "is_opened", default=None, help="Open the page in a browser; default on a terminal."
)
@option(
    "Output",
    "--export",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write one HTML file that works without a server (estimates only), and end.",
)
@option("Output", "--json", "as_json", is_flag=True, help="The address as JSON on standard output.")
@language_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    lang: str,
    host: str,
    port: int,
    export: Path | None,
    as_json: bool,
    is_opened: bool | None,
    **server: Any,
) -> None:
    """Serve the classroom: a page where policy is played, with the model behind it, and nothing from outside."""
    terminal = Terminal(lang)
    if export is not None:
        _export(export, lang, terminal)
        return
    token = server["teacher_token"]
    if token is not None and len(token) < _LEAST_TOKEN:
        raise click.UsageError(f"a teacher's token has at least {_LEAST_TOKEN} characters")
    _serve(ctx, terminal, host, port, server, as_json=as_json, is_opened=is_opened)


def _export(path: Path, lang: str, terminal: Terminal) -> None:
    from experiments.classroom.estimates.export import write

    write(path, lang)
    terminal.say(str(path))


def _serve(
    ctx: click.Context,
    terminal: Terminal,
    host: str,
    port: int,
    server: dict[str, Any],
    *,
    as_json: bool,
    is_opened: bool | None,
) -> None:
    from experiments.classroom.rooms.tables import BookError
    from experiments.classroom.serving import listen, server_of
    from experiments.classroom.wiring import app_of

    try:
        listening = listen(host, port)
    except (OSError, UnicodeError) as error:
        why = getattr(error, "strerror", None) or str(error)
        click.echo(phrase(_WORDS, "taken", terminal.lang, host=host, port=port, why=why), err=True)
        ctx.exit(INVALID_INPUT)
    try:
        config = _config(host, listening.getsockname()[1], **server)
        app = app_of(config)
    except (OSError, BookError) as error:
        listening.close()
        # A folder that cannot be used: the user's to change; a traceback would not help.
        why = f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.filename else str(error)
        click.echo(phrase(_WORDS, "folder", terminal.lang, why=why), err=True)
        ctx.exit(INVALID_INPUT)

    def tell() -> None:
        _tell(terminal, config, as_json=as_json)
        if is_opened or (is_opened is None and sys.stdout.isatty()):
            click.launch(config.addresses[0])

    with listening:
        server_of(app, config, tell).run(sockets=[listening])
    terminal.note(phrase(_WORDS, "ended", terminal.lang))


def _config(
    host: str,
    port: int,
    *,
    allowed: tuple[str, ...],
    folder: Path | None,
    jobs: int | None,
    is_warmed: bool,
    teacher_token: str | None,
) -> Config:
    from experiments.classroom.addresses import address_of, is_local, machine_addresses, names_of
    from experiments.classroom.app import source_version
    from experiments.classroom.config import Config
    from experiments.runner import default_jobs

    hosts = [host] if is_local(host) else ["127.0.0.1", *machine_addresses(host)]
    given: dict[str, Any] = {} if teacher_token is None else {"teacher_token": teacher_token}
    place = folder or state_folder()
    # What rooms keep secret is for nobody else on this machine.
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return Config(
        folder=place,
        hosts=names_of(host, allowed),
        jobs=jobs or default_jobs(),
        is_warmed=is_warmed,
        version=source_version(),
        addresses=[address_of(name, port) for name in dict.fromkeys(hosts)],
        **given,
    )


def _tell(terminal: Terminal, config: Config, *, as_json: bool) -> None:
    from experiments.classroom.addresses import qr_text

    local, *others = config.addresses
    teacher = f"{local}teacher#token={config.teacher_token}"
    if as_json:
        told = {"schema": "talentflow.classroom/1", "address": local, "addresses": config.addresses, "pid": os.getpid()}
        terminal.say(json.dumps(told))
    else:
        terminal.say(local)
    for address in others:
        terminal.note(phrase(_WORDS, "others", terminal.lang, address=address))
    if others:
        terminal.note(qr_text(others[0]))
    terminal.note(phrase(_WORDS, "teacher", terminal.lang, address=teacher))
    terminal.note(phrase(_WORDS, "end", terminal.lang))
    sys.stdout.flush()


def state_folder() -> Path:
    """Return the folder of a person's own where the classroom keeps its state."""
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        base = Path(os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state")
    return base / "talentflow" / "classroom"
