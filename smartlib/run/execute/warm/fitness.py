"""Whether a fork is what a kernel started for this notebook would be, and making it so (floor 5).

Runs in the fork, before anything of the notebook. What a process inherits, its threads and its
time zone are taken over; whatever else its server would have read differently is a reason, in
words, for a cold kernel.
"""

from __future__ import annotations

import importlib
import os
import sys
import time
from collections.abc import Iterator, Mapping
from importlib.machinery import PathFinder
from pathlib import Path

from IPython.core.application import ENV_CONFIG_DIRS, SYSTEM_CONFIG_DIRS
from IPython.paths import get_ipython_dir
from threadpoolctl import ThreadpoolController

from smartlib.run.execute.warm.startup import THREADS, Reads, is_compared

PROFILE = ("ipython_config", "ipython_kernel_config")
SCRIPTS = {".py", ".ipy"}
OPENBLAS = [name for name in THREADS if not name.startswith("MKL")]  # the first that is set counts


class Fitness:
    """What a server has read, against what a notebook would have had read.

    Parameters
    ----------
    reads : Reads
        All that the server has read.
    said : str
        What was printed meanwhile, by warnings for instance: each kernel would print it.

    Attributes
    ----------
    loaded : dict of str to str
        Files of modules by name, and nothing for those that were not found.
    put : dict of str to str
        Variables that the packages have added to the environment, as they would in a kernel.
    """

    def __init__(self, reads: Reads, said: str) -> None:
        self.reads, self.said = reads, said.strip()
        self.seen = (0, 0, 0)
        self.look()

    def look(self) -> None:
        """See what is loaded by now, if it is more than before."""
        seen = (len(sys.modules), len(self.reads.variables), len(self.reads.missing))
        if seen == self.seen:
            return
        self.seen = seen
        self.compared = sorted(filter(is_compared, self.reads.variables))
        self.put = {n: t for n, t in os.environ.items() if n not in self.reads.given}
        self.pools = ThreadpoolController()
        modules = [module for name, module in sys.modules.items() if module and "." not in name]
        specs = [module.__spec__ for module in modules if module.__spec__]
        files = {spec.name: spec.origin or "" for spec in specs if spec.has_location}
        self.loaded = {**dict.fromkeys(self.reads.missing - sys.modules.keys(), ""), **files}

    def environment(self, wanted: Mapping[str, str]) -> dict[str, str]:
        """The environment of a kernel started with another, which the interpreter changes."""
        changed = {name: text for name, text in self.reads.changed.items() if text is not None}
        return {
            n: t for n, t in wanted.items() if self.reads.changed.get(n, t) is not None
        } | changed

    def reason(self, wanted: Mapping[str, str], is_own_app: bool) -> str:
        """Why this process is not what a kernel would be; nothing when it is.

        Parameters
        ----------
        wanted : mapping of str to str
            Environment that the kernel is started with; it is this process's by now.
        is_own_app : bool
            The fork reads profiles itself.
        """
        if self.said:
            last = self.said.splitlines()[-1]
            return f"the packages that are loaded beforehand say something: {last}"
        reasons = (self._variables(wanted), self._modules(), () if is_own_app else _profile())
        return next((reason for found in reasons for reason in found), "")

    def _variables(self, wanted: Mapping[str, str]) -> Iterator[str]:
        given = self.reads.given
        for name in self.compared:
            asked = wanted.get(name)
            is_default = asked is not None and asked == self.put.get(name)  # the packages' own
            if asked != given.get(name) and not is_default:
                yield f"{name} is read when packages are loaded, and was another then"

    def _modules(self) -> Iterator[str]:
        """Files in the working directory that bear the names of modules that are loaded."""
        names = {entry.partition(".")[0] for entry in os.listdir()}
        importlib.invalidate_caches()
        for name in sorted(names & self.loaded.keys()):
            spec = PathFinder.find_spec(name)
            if spec and spec.origin and not _is_same(spec.origin, self.loaded[name]):
                yield f"'{os.path.relpath(spec.origin)}' has the name of a package loaded before"

    def take_threads(self, wanted: Mapping[str, str]) -> str:
        """Have the threads that numerical libraries would have started; why not, if they cannot.

        Parameters
        ----------
        wanted : mapping of str to str
            Environment of the notebook.
        """
        asked = {name: wanted[name] for name in THREADS if wanted.get(name)}
        odd = [name for name, text in asked.items() if not (text.isdecimal() and int(text))]
        if odd:
            return f"{odd[0]} is no number of threads"
        most = len(_processors())
        own = (int(text) for name, text in asked.items() if name in OPENBLAS)
        count = min(next(own, most), most)
        pools = [pool for pool in self.pools.lib_controllers if pool.num_threads != count]
        for pool in pools:
            if pool.internal_api != "openblas":  # others decide by rules of their own
                return f"the threads of {pool.prefix} are set when it is loaded"
            pool.set_num_threads(count)
        return ""


def take_time_zone() -> None:
    """Have libc read `TZ` again."""
    time.tzset()


def _processors() -> set[int]:
    return os.sched_getaffinity(0) if sys.platform == "linux" else set(range(os.cpu_count() or 1))


def _profile() -> Iterator[str]:
    """Start-up files and settings of IPython, each of which a kernel would read."""
    own = Path(get_ipython_dir()) / "profile_default"
    for folder in (own, *map(Path, ENV_CONFIG_DIRS), *map(Path, SYSTEM_CONFIG_DIRS)):
        files = [folder / f"{name}{end}" for name in PROFILE for end in (".py", ".json")]
        scripts = folder / "startup"
        if scripts.is_dir():
            files += [path for path in sorted(scripts.iterdir()) if path.suffix in SCRIPTS]
        for file in filter(Path.is_file, files):
            yield f"IPython reads {file}"
    if os.environ.get("PYTHONSTARTUP"):
        yield "PYTHONSTARTUP names a file"


def _is_same(one: str, other: str) -> bool:
    return one == other or (os.path.exists(other) and os.path.samefile(one, other))
