"""What is read once: when Python, libc or a package starts (floor 5).

A fork has what its server has read. Notebooks that need another environment, other options of
the interpreter or another `matplotlibrc` get a server of their own, of which `Startup` is the
key. It knows variables by their families: C code reads them unseen. What Python code reads while
the server loads is noted as it is read (`Reads`), and `fitness` compares it in each fork.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Mapping, Sequence
from importlib.machinery import ModuleSpec
from pathlib import Path
from typing import NamedTuple

THREADS = {  # a server has one thread, or it may not fork; each fork then has what it asks for
    "OPENBLAS_NUM_THREADS": "1",
    "OPENBLAS_DEFAULT_NUM_THREADS": "1",
    "GOTO_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
}
FAMILIES = (
    *("PYTHON", "LC_", "LANG", "LD_", "GLIBC_", "MALLOC_", "HOME", "XDG_", "__PYVENV"),
    *("OMP_", "GOMP_", "KMP_", "OPENBLAS_", "GOTO", "MKL_", "BLIS_", "VECLIB_", "NUMEXPR_"),
    *("NPY_", "NUMPY_", "SCIPY_", "PANDAS_", "PANDERA_", "MPL", "GFORTRAN_", "FREETYPE_"),
    "OPENSSL_",
)
LATER = {  # of these families, and read again by each fork or taken over in it
    *("PYTHONSTARTUP", "PYTHONBREAKPOINT", "PYTHONINSPECT", "MPLBACKEND", *THREADS),
}
TAKEN = {  # not of them, likewise
    *("TZ", "PATH", "IPYTHONDIR", "MATPLOTLIBRC", "PYDEVD_DISABLE_FILE_VALIDATION"),
    *("JPY_PARENT_PID", "JPY_SESSION_NAME", "JPY_INTERRUPT_EVENT", "PYTEST_CURRENT_TEST"),
}
FOLDERS = ("PYTHONPATH", "PYTHONPYCACHEPREFIX", "PYTHONUSERBASE", "MPLCONFIGDIR")
FLAGS = re.compile(r"-([bBdEIOPqRsSuv]+|[WX].+)")  # of the interpreter, none names a program
Stamp = tuple[str, int, int]


class Startup(NamedTuple):
    """What tells servers apart.

    Attributes
    ----------
    options : tuple of str
        Of the interpreter.
    variables : tuple of (str, str)
        Of the environment, as far as read at start.
    files : tuple of (str, int, int)
        Matplotlib's settings and style sheets: path, time of change, size. The first is
        `matplotlibrc`, with an empty path when there is none.
    """

    options: tuple[str, ...]
    variables: tuple[tuple[str, str], ...]
    files: tuple[Stamp, ...]

    @classmethod
    def of(cls, cwd: Path, environment: Mapping[str, str], options: Sequence[str]) -> Startup:
        """What a kernel would read that starts in a folder.

        Parameters
        ----------
        cwd : Path
            Its working directory.
        environment : mapping of str to str
            The whole of it.
        options : sequence of str
            Of the interpreter.
        """
        known = {name: text for name, text in environment.items() if is_of_server(name)}
        if known.get("PYTHONHASHSEED", "random") in ("", "random"):
            known["PYTHONHASHSEED"] = "0"  # as random as any
        for name in FOLDERS:
            if known.get(name):
                known[name] = os.pathsep.join(
                    os.path.join(cwd.absolute(), part) for part in known[name].split(os.pathsep)
                )
        return cls(tuple(options), tuple(sorted(known.items())), _matplotlib(cwd, environment))

    def environment(self, settings: str, others: Mapping[str, str]) -> dict[str, str]:
        """The environment that the server itself is started with.

        Parameters
        ----------
        settings : str
            Folder for an IPython profile with nothing in it.
        others : mapping of str to str
            Variables that are not read at start.
        """
        plain = {name: text for name, text in others.items() if not is_of_server(name)}
        plain.pop("MATPLOTLIBRC", None)
        rc = {"MATPLOTLIBRC": self.files[0][0]} if self.files[0][0] else {}
        own = {"IPYTHONDIR": settings, "PYTHONSTARTUP": "", "PYDEVD_DISABLE_FILE_VALIDATION": "1"}
        return {**plain, **dict(self.variables), **THREADS, **rc, **own}


def is_of_server(name: str) -> bool:
    """Whether a variable is of the families that are read at start, and not taken over later.

    Parameters
    ----------
    name : str
        Of the variable.
    """
    return name.startswith(FAMILIES) and name not in LATER


def is_compared(name: str) -> bool:
    """Whether a fork has to compare a variable that its server has read."""
    return not name.startswith(FAMILIES) and name not in TAKEN


def interpreter_options(command: Sequence[str]) -> tuple[str, ...] | None:
    """The options between Python and ipykernel in a kernel's command line.

    Parameters
    ----------
    command : sequence of str
        Of a kernel specification, formatted.

    Returns
    -------
    tuple of str or None
        None when it starts something else.
    """
    end = list(command).index("-m") if "-m" in command else 0
    if not end or list(command[end + 1 : end + 2]) != ["ipykernel_launcher"]:
        return None
    words = iter(command[1:end])
    for word in words:
        if word in ("-W", "-X"):
            next(words, "")
        elif not FLAGS.fullmatch(word):
            return None
    return tuple(command[1:end])


def _matplotlib(cwd: Path, environment: Mapping[str, str]) -> tuple[Stamp, ...]:
    """What `matplotlib` would read, as `matplotlib.matplotlib_fname` looks for it."""
    home = environment.get("HOME") or str(Path.home())
    above = environment.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    folder = environment.get("MPLCONFIGDIR") or os.path.join(above, "matplotlib")
    named = environment.get("MATPLOTLIBRC")
    places = [*((named, os.path.join(named, "matplotlibrc")) if named else ())]
    candidates = ("matplotlibrc", *places, os.path.join(folder, "matplotlibrc"))
    found = next(filter(os.path.isfile, (os.path.join(cwd, place) for place in candidates)), "")
    styles = sorted(Path(cwd, folder, "stylelib").glob("*.mplstyle"))
    return tuple(map(_stamp, (found, *map(str, styles))))


def _stamp(path: str) -> Stamp:
    if not path:
        return "", 0, 0
    stat = os.stat(path)
    return os.path.abspath(path), stat.st_mtime_ns, stat.st_size


class Reads:
    """What a server reads while it loads: variables, and names of modules.

    Attributes
    ----------
    given : dict of str to str
        The environment that the interpreter was started with.
    changed : dict of str to str or None
        What it, or a `sitecustomize`, has made of that; None is what was removed.
    variables : set of str
        Asked for by Python code, whether there or not.
    missing : set of str
        Modules that were sought and not found, such as optional dependencies.
    """

    def __init__(self) -> None:
        self.given = _given()
        now = dict(os.environ)
        names = {n for n in {*now, *self.given} if now.get(n) != self.given.get(n)}
        self.changed = {name: now.get(name) for name in names}
        self.variables: set[str] = set()
        self.missing: set[str] = set()

    def begin(self) -> None:
        """Note what is read from now on."""
        plain, variables = type(os.environ), self.variables

        class Noting(plain):  # type: ignore[misc, valid-type]
            def __getitem__(self, name: str) -> str:
                if isinstance(name, str):  # `subprocess` asks for PATH in bytes, too
                    variables.add(name)
                value: str = plain.__getitem__(self, name)
                return value

        os.environ.__class__ = Noting
        self.plain = plain
        sys.meta_path.append(self)

    def end(self) -> None:
        """Note no more; nothing shows that it was done."""
        os.environ.__class__ = self.plain
        sys.meta_path.remove(self)

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Note a module that nobody has found; called by the import system."""
        self.missing.add(name.partition(".")[0])
        return None


def _given() -> dict[str, str]:
    """The environment of this process at its start; what it is now where nothing tells."""
    try:
        content = Path("/proc/self/environ").read_bytes()
    except OSError:
        return dict(os.environ)
    pairs = (entry.partition(b"=") for entry in content.split(b"\0") if b"=" in entry)
    return {os.fsdecode(name): os.fsdecode(value) for name, _, value in pairs}
