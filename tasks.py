"""The developers' habits, on every platform: `python tasks.py help`.

Standard library alone, and readable by Python 3.8, so that an old interpreter gets a
message instead of a syntax error. Each task makes `.venv` from `requirements.lock` first
when it is missing, half-made or stale, and does nothing twice.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "smartlib-stamp"  # written last: a venv without it is half-made
LOCK = ROOT / "requirements.lock"
PROJECT = ROOT / "pyproject.toml"
OLDEST = (3, 11)
# The matrices here are small: more threads only wait for each other.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# Kernels of nbval and JupyterLab are forked from a server that has imported everything; on a
# system that cannot fork, they are started as ever.
WARM = dict(  # one thread: sums come out as in a build
    os.environ, JUPYTER_DEFAULT_PROVISIONER_NAME="smartlib", OMP_NUM_THREADS="1"
)
PIP = ("-m", "pip", "--disable-pip-version-check", "--quiet", "install")
# Files of tests go to as many processes as there are processors, at most four; each starts a
# warm server of its own.
WORKERS = ("-n", "logical", "--maxprocesses", "4", "--dist", "loadfile")
CACHES = (".pytest_cache", ".mypy_cache", ".ruff_cache", ".hypothesis")

HELP = {
    "reports": "data set, national notebooks, a report for every region (smartlib build ...)",
    "test": "tests, doctests, then every notebook against its saved outputs (pytest ...)",
    "test-all": "the same and what is too long for every day (pytest ...)",
    "test-newest": "tests with the newest dependencies, deprecations as errors",
    "reproduce": "build twice in different circumstances and compare every byte",
    "dist": "wheel and sdist into dist/, checked, installed and used",
    "course-site": "the first lessons as a site that runs them in the browser (needs npm)",
    "lint": "ruff and mypy",
    "lab": "JupyterLab on notebooks/",
    "notebooks": "re-run the notebooks in place (smartlib notebooks ...)",
    "bench": "time the build against papermill, nbconvert and others (about 12 minutes)",
    "soak": "kill builds a hundred times at random, then compare their reports (6 minutes)",
    "clean": "remove reports and caches",
    "setup": "only make the environment",
    "help": "this list",
}


def python(venv=VENV):
    """The environment's interpreter."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def base_python():
    """The interpreter outside any environment: `venv --clear` would delete one inside."""
    return getattr(sys, "_base_executable", None) or sys.executable


def wanted_stamp(lock=LOCK, project=PROJECT, version=sys.version_info):
    """What the environment must have been made from: hash of lock, project and Python."""
    content = hashlib.sha256()
    for path in (lock, project):
        content.update(path.read_bytes().replace(b"\r\n", b"\n"))
    content.update(repr(tuple(version[:3])).encode())
    return content.hexdigest()


def is_ready(stamp=STAMP, venv=VENV, wanted=None):
    """Whether the environment is whole and made from the present files."""
    if not (stamp.is_file() and python(venv).exists()):
        return False
    return stamp.read_text(encoding="ascii").strip() == (wanted or wanted_stamp())


def complaint(version=sys.version_info):
    """Why this Python will not do, or nothing."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return (
        "smartlib needs Python {}.{} or newer; this is {}.{} ({}).\n"
        "Install a newer one and run it by name, such as: python3.12 tasks.py reports".format(
            *(OLDEST + tuple(version[:2]) + (sys.executable,))
        )
    )


def setup():
    """Make `.venv` unless it is ready; returns an exit code."""
    if is_ready():
        return 0
    print("Making .venv from requirements.lock (once; a few minutes).", flush=True)
    STAMP.unlink() if STAMP.exists() else None
    install, uv = (str(python()), *PIP), shutil.which("uv")
    if uv:  # some three times as fast
        install = (uv, "pip", "install", "--quiet", "--python", str(python()))
    steps = (
        (base_python(), "-m", "venv", "--clear", str(VENV)),
        (*install, "--require-hashes", "-r", str(LOCK)),
        (*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)),
    )
    for step in steps:
        code = subprocess.call(step, cwd=str(ROOT))
        if code:
            print("Stopped at: {}".format(" ".join(step)), file=sys.stderr)
            if "venv" in step:
                print("On Debian or Ubuntu: sudo apt install python3-venv", file=sys.stderr)
            return code
    STAMP.write_text(wanted_stamp() + "\n", encoding="ascii")
    return 0


def workers(arguments):
    """Options for several processes; none where tests of single files are asked for, or a debugger.

    A number of one's own (`-n 0`) comes later in the command line, and holds.
    """
    files = [word.partition("::")[0] for word in arguments]
    is_small = "--pdb" in arguments or any((ROOT / name).is_file() for name in files)
    return () if is_small else WORKERS


def commands(task, arguments=()):
    """Command lines of a task, each run by the environment's Python.

    The arguments go to the first command; `test` with arguments is that first command only.
    """
    extra = tuple(arguments)
    nbval = (("-m", "pytest", "-p", "smartlib.run.execute.early", "--nbval", "notebooks"),)
    return {
        "reports": (("-m", "smartlib", "build", *extra),),
        "test": (("-m", "pytest", *workers(extra), *extra),) + (() if extra else nbval),
        "test-all": (("-m", "pytest", *workers(extra), "-m", "", *extra),)
        + (() if extra else nbval),
        "reproduce": (("-m", "benchmarks.reproduce", *extra),),
        "dist": (("-m", "benchmarks.dist", *extra),),
        "course-site": (("-m", "benchmarks.course_site", *extra),),
        "test-newest": (("-m", "benchmarks.newest", *extra),),
        "lint": (
            ("-m", "ruff", "check", "--no-cache", ".", *extra),
            ("-m", "ruff", "format", "--check", "."),
            ("-m", "mypy"),
        ),
        "lab": (("-m", "jupyter", "lab", "notebooks", *extra),),
        "notebooks": (("-m", "smartlib", "notebooks", *extra),),
        "bench": (("-m", "benchmarks", *extra),),
        "soak": (("-m", "benchmarks.soak", *extra),),
        "setup": (),
    }[task]


def run(task, arguments):
    """Run a task in the environment; the first failing command's exit code, after all ran."""
    worst = 0
    for command in commands(task, arguments):
        if task in ("test", "test-all", "lint", "bench", "soak"):
            print("$ python " + " ".join(command), flush=True)
        warm = task == "lab" or "--nbval" in command
        code = subprocess.call((str(python()), *command), cwd=str(ROOT), env=WARM if warm else None)
        worst = worst or code
    return worst


def clean():
    """Remove what builds and tools left; keeps `reports/README.md` and `.venv`."""
    reports = ROOT / "reports"
    left = [p for p in reports.glob("*") if p.name != "README.md"] if reports.is_dir() else []
    left += [ROOT / name for name in CACHES if (ROOT / name).exists()]
    for room in ("smartlib", "tests", "benchmarks"):
        left += list((ROOT / room).rglob("__pycache__"))
    left += list(ROOT.glob("__pycache__"))
    for path in left:
        shutil.rmtree(str(path)) if path.is_dir() else path.unlink()
    return 0


def main(arguments):
    """Run the task that the arguments name; returns an exit code."""
    task = arguments[0] if arguments else "help"
    if task not in HELP:
        print("No task '{}'; there are {}.".format(task, ", ".join(HELP)), file=sys.stderr)
        return 2
    if task == "help":
        width = max(map(len, HELP))
        print("\n".join("python tasks.py {:{}}  {}".format(n, width, t) for n, t in HELP.items()))
        return 0
    if task == "clean":
        return clean()
    if complaint():
        print(complaint(), file=sys.stderr)
        return 1
    return setup() or run(task, arguments[1:])


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
