"""Rules, and their compiled twins.

A rule is a plain Python function marked by ``@rule``; nothing about it changes, and nothing is compiled, until somebody
asks for ``compiled(function)``. Then the function and every rule it reaches are rebuilt from the same source for
Numba, so one source serves the reader, the debugger, Mesa and a million rows.

Only whole kernels are kept on disk. Numba does not notice when a rule that a kernel calls is edited, so their folder is
named after a hash of all sources that can hold rules, and of the versions and the processor that the code is for.
"""

from __future__ import annotations

import atexit
import dis
import functools
import hashlib
import os
import platform
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, TypeVar

_F = TypeVar("_F", bound=Callable[..., Any])

_FOLDERS_KEPT = 8
_MARKER = "talentflow-compiled"

_rules: dict[Any, None] = {}
_inlined: set[Any] = set()
_twins: dict[tuple[Any, bool, bool], Any] = {}
_under_way: list[Any] = []
_lock = threading.RLock()


class NotARuleError(TypeError):
    """A function cannot be compiled: it has free variables, or reaches a Python function that is not a rule."""


def rule(function: _F) -> _F:
    """Mark a function as a rule, so that compiled code may call it, and return it unchanged."""
    _rules[function] = None
    return function


def inlined(function: _F) -> _F:
    """Have compiled code copy a rule into each of its callers: faster calls, longer machine code. For few, short rules."""
    _inlined.add(function)
    return function


def rules() -> tuple[Callable[..., Any], ...]:
    """Return the rules of all modules imported so far, in the order of their definition."""
    return tuple(_rules)


def compiled(function: Callable[..., Any], *, cache: bool = False) -> Any:
    """Return the Numba twin of a rule or kernel: the same source, the same bits.

    Parameters
    ----------
    function
        A plain function without free variables. The rules it reaches, by name or through an imported module, are
        compiled with it.
    cache
        Keep the machine code on disk. For the outermost kernels, whose code contains all that they call.

    Raises
    ------
    NotARuleError
        If the function has free variables, or reaches a Python function of this package that is not a rule.
    """
    with _lock:
        return _twin(function, inner=False, cache=cache)


def _twin(function: Any, *, inner: bool, cache: bool = False) -> Any:
    key = (function, inner, cache)
    if key not in _twins:
        if function in _under_way:
            raise NotARuleError(f"{_name(function)} calls itself, directly or through others; rules only call down")
        _under_way.append(function)
        try:
            body = _unlinked(function)
            body.__globals__.update(_replacements(body))
            _twins[key] = _decorated(body, _options(function, inner=inner), cache=cache)
        finally:
            _under_way.pop()
    return _twins[key]


def _unlinked(function: Any) -> FunctionType:
    """Return a copy of a function with globals of its own."""
    if not isinstance(function, FunctionType) or function.__closure__:
        raise NotARuleError(f"{_name(function)} must be a plain function without free variables to be compiled")
    copy = FunctionType(function.__code__, dict(function.__globals__), function.__name__, function.__defaults__)
    copy.__kwdefaults__ = function.__kwdefaults__
    copy.__qualname__ = function.__qualname__
    copy.__module__ = function.__module__
    return copy


def _options(function: Any, *, inner: bool) -> dict[str, Any]:
    # error_model="numpy" drops the test for zero before each division, boundscheck the one before each index.
    options = {"nogil": True, "error_model": "numpy", "boundscheck": False, "forceinline": function in _inlined}
    # Rules allocate nothing. Counting who holds an array, in each call that is handed one, would take half their time.
    options |= {"_nrt": False}
    if inner:
        # What compiled code alone calls needs no door to Python, and building one takes longer than the rule.
        options |= {
            "no_cpython_wrapper": True,
            "no_cfunc_wrapper": True,
            "pipeline_class": _pipeline_without_machine_code(),
        }
    else:
        options |= {"pipeline_class": _pipeline_of_kernels()}
    return options


def _decorated(body: FunctionType, options: dict[str, Any], *, cache: bool) -> Any:
    import numba

    # Numba looks the folder up once, while decorating.
    before = numba.config.CACHE_DIR
    if cache:
        numba.config.CACHE_DIR = str(cache_folder())
    try:
        twin = numba.njit(cache=cache, **options)(body)
    finally:
        numba.config.CACHE_DIR = before
    if hasattr(twin, "get_call_template"):
        _compile_once_for_all_integers(twin)
    return twin


def _compile_once_for_all_integers(twin: Any) -> None:
    """Have compiled callers pass 64-bit integers.

    Numba would compile a rule anew for every constant and every width of integer that it is called with: with forty
    draws in a kernel that is most of the time that compiling takes.
    """
    own = twin.get_call_template
    fold = twin._compiler.fold_argument_types  # noqa: SLF001 - the only place where Numba keeps it

    def widened(args: Any, kws: Any) -> Any:
        return own(tuple(_widened(arg) for arg in fold(args, kws)[1]), {})

    twin.get_call_template = widened


def _widened(type_: Any) -> Any:
    from numba import typeof, types

    if isinstance(type_, types.Omitted) and type_.value is not None:
        type_ = typeof(type_.value)
    type_ = types.unliteral(type_)
    return types.int64 if isinstance(type_, types.Integer) and type_.signed else type_


@functools.cache
def _pipeline_without_machine_code() -> Any:
    """Return a Numba pipeline that leaves a rule as intermediate code, to be linked into the kernels that call it.

    Numba would optimise every rule, with all that it calls, and make machine code of it, at each level again; the
    kernel is optimised as a whole anyway. With 170 rules this and the missing doors cut the time of compiling by
    two thirds. The kernel's speed and bits stay the same.
    """
    from llvmlite import binding
    from numba.core.codegen import JITCodeLibrary
    from numba.core.compiler import Compiler

    class LinkedOnly(JITCodeLibrary):
        def _optimize_final_module(self) -> None:
            """Leave it to the kernel."""

        def _finalize_final_module(self) -> None:
            self._finalize_dynamic_globals()
            # Numba writes the address of a function's environment as soon as it is compiled: give it the place.
            names = [variable.name for variable in self._final_module.global_variables]
            places = [f'@"{name}" = common global i8* null' for name in names if name.startswith("_ZN08NumbaEnv")]
            codegen: Any = self._codegen
            header = str(codegen._create_empty_module(f"{self.name}$environment"))  # noqa: SLF001 - as the class above does
            codegen._add_module(binding.parse_assembly("\n".join([header, *places])))  # noqa: SLF001 - as the class above does
            self._finalized = True

    class InnerCompiler(Compiler):
        def define_pipelines(self) -> Any:
            self.state.library = LinkedOnly(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
            return super().define_pipelines()

    return InnerCompiler


@functools.cache
def _pipeline_of_kernels() -> Any:
    """Return a Numba pipeline that makes the rules linked into a kernel its own.

    Numba leaves them open to calls from elsewhere, so that each keeps the forty arguments that a month's facts are made
    of. Rules that nobody else can call are copied into their callers, or lose the arguments that they do not read.
    """
    from numba.core.codegen import JITCodeLibrary
    from numba.core.compiler import Compiler

    class Kernel(JITCodeLibrary):
        def _optimize_final_module(self) -> None:
            linked: set[str] = set()
            for library in self._linking_libraries:
                linked.update(each.name for each in library._final_module.functions if not each.is_declaration)  # noqa: SLF001 - a library of the same class
            for function in self._final_module.functions:
                if function.name in linked and not function.is_declaration:
                    function.linkage = "internal"
            super()._optimize_final_module()

    class KernelCompiler(Compiler):
        def define_pipelines(self) -> Any:
            self.state.library = Kernel(self.state.targetctx.codegen(), self.state.func_id.func_qualname)
            self.state.library.enable_object_caching()
            return super().define_pipelines()

    return KernelCompiler


def _replacements(function: FunctionType) -> dict[str, Any]:
    """Return what the compiled function sees in place of rules and of modules that hold rules it may call."""
    found: dict[str, Any] = {}
    names, attributes = _names(function.__code__)
    for name in names & function.__globals__.keys():
        value = function.__globals__[name]
        if isinstance(value, FunctionType):
            found[name] = _callee(value, function)
        elif isinstance(value, ModuleType):
            inside = {key: vars(value).get(key) for key in attributes}
            called = {key: part for key, part in inside.items() if isinstance(part, FunctionType) and part in _rules}
            if called:
                found[name] = _stand_in(value, {key: _twin(part, inner=True) for key, part in called.items()})
    return found


def _callee(value: FunctionType, caller: FunctionType) -> Any:
    if value in _rules:
        return _twin(value, inner=True)
    raise NotARuleError(f"{_name(caller)} calls {_name(value)}, which is not a rule: mark it with @rule")


def _stand_in(module: ModuleType, changed: dict[str, Any]) -> ModuleType:
    copy = ModuleType(module.__name__)
    copy.__dict__.update(module.__dict__)
    copy.__dict__.update(changed)
    return copy


def _names(code: CodeType) -> tuple[set[str], set[str]]:
    """Return the global names and the attributes that some code, with the code inside it, refers to."""
    names: set[str] = set()
    attributes: set[str] = set()
    for part in _codes(code):
        for step in dis.get_instructions(part):
            if step.opname == "LOAD_GLOBAL":
                names.add(step.argval)
            elif step.opname in {"LOAD_ATTR", "LOAD_METHOD"}:
                attributes.add(step.argval)
    return names, attributes


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def _name(function: Any) -> str:
    return f"{getattr(function, '__module__', '?')}.{getattr(function, '__qualname__', function)}"


def needs_compiling() -> bool:
    """Return whether the next run has to compile its kernels, which takes seconds, or finds them on disk."""
    return not (cache_folder() / _MARKER).exists()


def mark_compiled() -> None:
    """Note that the kernels are on disk and in use, and drop the folders of versions long unused."""
    folder = cache_folder()
    (folder / _MARKER).touch()
    # Only folders with our marker: the parent may be the user's choice and hold other things.
    markers = sorted(folder.parent.glob(f"*/{_MARKER}"), key=lambda path: path.stat().st_mtime, reverse=True)
    for marker in markers[_FOLDERS_KEPT:]:
        shutil.rmtree(marker.parent, ignore_errors=True)


@functools.cache
def cache_folder() -> Path:
    """Return the folder that holds this version's machine code on this processor; it exists and can be written.

    ``TALENTFLOW_CACHE_DIR`` names its parent; without it, it lies in the user's cache. Where nothing can be written there,
    a temporary folder serves this process alone.
    """
    folder = user_cache() / cache_key(Path(__file__).parent)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        # A folder with a foreseeable name in the shared place could be filled by somebody else.
        passing = Path(tempfile.mkdtemp(prefix="talentflow-"))
        atexit.register(shutil.rmtree, passing, ignore_errors=True)
        code = passing / "code"
        code.mkdir()
        return code


def user_cache() -> Path:
    """Return the folder for what can be made again: ``TALENTFLOW_CACHE_DIR``, or the user's own; it may not exist yet."""
    chosen = os.environ.get("TALENTFLOW_CACHE_DIR")
    if chosen:
        return Path(chosen)
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA")
        return Path(base or Path.home() / "AppData" / "Local") / "talentflow"
    base = os.environ.get("XDG_CACHE_HOME")
    return Path(base or Path.home() / ".cache") / "talentflow"


def cache_key(sources: Path) -> str:
    """Return 16 hexadecimal digits for the sources below a folder, the folder, the versions and the processor."""
    versions = [metadata.version(name) for name in ("numba", "llvmlite", "numpy")]
    digest = hashlib.sha256()
    # Numba compiles again for sources that have moved, so their place is part of the key.
    for part in (str(sources.resolve()), _processor(), platform.python_version(), *versions):
        digest.update(part.encode() + b"\0")
    for path in sorted(sources.rglob("*.py")):
        digest.update(path.relative_to(sources).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def _processor() -> str:
    from llvmlite import binding

    return f"{platform.machine()} {binding.get_host_cpu_name()}"
