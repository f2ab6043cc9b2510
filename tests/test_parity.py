"""Warm kernels give what papermill's own engine gives, but for the differences named here.

Papermill's engine is the reference: each notebook is run by it and by a fork of the warm
server. What C code and subprocesses write is the exception: papermill's engine reads it in
a thread of its own, so that its place among the prints, or its presence, is a matter of
luck; there the test says what ours must be.
"""

from __future__ import annotations

import difflib
import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import nbformat
import papermill
import pytest
from conftest import ROOT
from nbformat import NotebookNode
from notebook_maker import code, write
from papermill.engines import papermill_engines

from smartlib.run.execute.engine import STOCK, WARM, Execution, run_notebook
from smartlib.run.execute.nodes import normalised

NOTEBOOKS = ROOT / "notebooks"
REPORT = NOTEBOOKS / "region_report.ipynb"
PROJECT: Mapping[str, tuple[str, dict[str, str]]] = {
    "audit": ("01_data_audit", {}),
    "ranking": ("02_national_ranking", {}),
    "factors": ("03_factors", {}),
    "robustness": ("04_index_robustness", {}),
    "curve": ("05_specification_curve", {}),
    "programme": ("06_programme_effects", {}),
    "report": ("region_report", {}),
    "report-en": ("region_report", {"region": "34.02", "lang": "en"}),
}
DAILY = ("ranking", "report")  # nbval runs every notebook each day, in warm kernels

FIRST = """
import asyncio, contextlib, ctypes, gc, getpass, inspect, io, json, logging, multiprocessing
import os, random, signal, subprocess, sys, threading, time, traceback, warnings
from concurrent.futures import ProcessPoolExecutor
import numpy as np
import pandas as pd
from IPython.display import *
libc = ctypes.CDLL(None)
def divide(x):
    return 1 / x
frame = pd.DataFrame({"a": range(100), "b": [1.5] * 100, "c": ["é<b>"] * 100})
async def value(): return 7
async def ticks():
    for i in range(2):
        yield i
def square(n):
    print(f"child {n}", flush=True)  # in one piece: papermill's own engine loses a short one
    return n * n
"""
PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)

# Each case is a cell of one notebook, run in this order; errors do not stop it.
SAME: Mapping[str, str] = {
    # What a cell shows.
    "last-value": "1\n2",
    "semicolon": "3;",
    "none": "None",
    "last-values": "_, __, ___, In[-1], len(In), sorted(Out)",
    "display-id": "h = display('one', display_id='h1'); print('between'); h.update('two')",
    "display-id-later": "update_display('three', display_id='h1')",
    "display-ids": "[display(i, display_id=f'd{i}') for i in range(2)]; update_display(9, "
    "display_id='d0')",
    "clear": "print('gone'); clear_output(); print('stays')",
    "clear-wait": "print('gone'); display(1); clear_output(wait=True); print('stays')",
    "clear-wait-nothing": "print('stays'); clear_output(wait=True)",
    "mime-bundle": "class Bundle:\n    def _repr_mimebundle_(self, include=None, exclude=None):\n"
    "        return {'text/plain': 'b', 'application/x+json': {'a': [1]}}, {'text/plain': {'m': 1}}"
    "\nBundle()",
    "rich-reprs": "class Rich:\n    def _repr_html_(self): return '<i>'\n"
    "    def _repr_latex_(self): return '$x$'\n    def _repr_png_(self): return b'\\x89PNG'\n"
    "    def _repr_json_(self): return {'k': [1]}\n    def __repr__(self): return 'R'\nRich()",
    "failing-repr": "class Bad:\n    def __repr__(self): raise ValueError('bad')\nBad()",
    "failing-html": "class Bad:\n    def _repr_html_(self): raise ValueError('bad')\n"
    "    def __repr__(self): return 'fine'\nBad()",
    "objects": "display(HTML('<b>x</b>'), SVG('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'), "
    "JSON({'a': [1]}), Latex('$x$'), Markdown('*m*'), Javascript('1'), Math('x'), Pretty('p'))",
    "image": f"import base64; Image(base64.b64decode('{PIXEL}'), width=3)",
    "metadata": "display(HTML('<b>'), metadata={'text/html': {'isolated': True}})\n"
    "publish_display_data({'text/plain': 'raw'}, {'m': 1})",
    "pretty": "{'a': list(range(40)), 'b': {i: str(i) for i in range(12)}, 'c': {3, 1}}",
    "functions": "divide, len, Rich, square.__module__",
    "floats": "np.float64(1.5), 0.1 + 0.2, np.arange(3) / 7",
    "precision": "%precision 3\nnp.float64(3.14159), 3.14159",
    "precision-off": "%precision\n0.1 + 0.2",
    "frame": "frame",
    "frame-wide": "pd.DataFrame([range(50)] * 3)",
    "frame-printed": "print(frame); print(pd.DataFrame([range(50)] * 3))",
    "frame-info": "frame.info()",
    "series": "frame.a",
    "styler": "frame.head(2).style.set_uuid('u').format(precision=1).highlight_max(axis=0)",
    "pandas-options": "pd.options.display.encoding = pd.options.display.encoding.lower()\n"
    "pd.options.d",
    "pandas-option": "pd.set_option('display.max_rows', 5); frame",
    "html-magic": "%%html\n<b>hi</b>",
    "rich": "from rich import print as show\nfrom rich.console import Console\n"
    "from rich.table import Table\nt = Table('a', 'b'); t.add_row('1', '2'); show('[bold]x[/]', t)"
    "\nc = Console(); t, c.is_jupyter, c.color_system, c.width",
    "figure": "from matplotlib.figure import Figure\n"
    "f = Figure(figsize=(2, 2)); f.subplots().plot([1, 2]); f",
    "pyplot-agg": "import matplotlib\nimport matplotlib.pyplot as plt\n"
    "lines = plt.plot([1, 2]); plt.show(); plt.get_backend(), os.environ['MPLBACKEND']",
    "matplotlib-settings": "print(matplotlib.rcParams)",
    "pyplot-inline": "%matplotlib inline\nplt.figure(figsize=(2, 2)); plt.plot([1, 3]);",
    "comm": "import comm; k = comm.create_comm(target_name='t', data={'a': 1}); k.send({}); "
    "k.close(); comm.get_comm_manager() is get_ipython().kernel.comm_manager",
    # What it prints.
    "streams": "for i in range(3): print(i); print(i, file=sys.stderr)",
    "streams-around-displays": "print('a', end=''); display(1); print('b'); sys.stderr.write('e')\n"
    "display(2); print('c')",
    "flushes": "for i in range(3): print(i, flush=True); time.sleep(0.01)",
    "carriage-returns": "for i in range(3): print(i, end='\\r')\nprint('x\\ry')",
    "unicode": "print('Ж\\u2028é😀\\x00\\x1b[31mred\\x1b[0m\\x08'); 'Ж😀\\ud800'",
    "lines": "for i in range(20000): print(i, 'line')",
    "two-megabytes": "for i in range(2000): print(str(i) + 'x' * 1000)",
    "redirected": "with contextlib.redirect_stdout(io.StringIO()) as s: print('r')\ns.getvalue()",
    "replaced": "old = sys.stdout; sys.stdout = io.StringIO(); print('lost'); sys.stdout = old; "
    "print('back')",
    "stream-facts": "[(s.isatty(), s.encoding, s.errors, s.name, s.writable(), s.readable()) "
    "for s in (sys.stdout, sys.stderr)], sys.stdin.read()",
    "stream-writes": "sys.stdout.write('w'), sys.stdout.writelines(['l1\\n', 'l2\\n'])",
    "capture": "%%capture cap\nprint('inside'); display(3); 4",
    "captured": "print(repr(cap.stdout)); cap()",
    "threads": "for i in range(3):\n    t = threading.Thread(target=print, args=('thread', i))\n"
    "    t.start(); t.join()",
    "thread-fails": "t = threading.Thread(target=divide, args=(0,), name='T'); t.start(); t.join()",
    "fork-process": "p = multiprocessing.get_context('fork').Process(target=square, args=(5,))\n"
    "p.start(); p.join(); p.exitcode",
    "fork-pool": "with multiprocessing.get_context('fork').Pool(1) as p: p.map(square, [1, 2])",
    "spawn-pool": "with multiprocessing.get_context('spawn').Pool(1) as p: print(p.map(abs, [-1]))",
    "executor": "with ProcessPoolExecutor(1) as e: print(list(e.map(abs, [-3])))",
    "logging": "logging.warning('w'); logging.getLogger('x').error('e'); logging.info('no')",
    "logging-set": "logging.basicConfig(level=logging.INFO, force=True); logging.info('yes')",
    "logging-error": "try: divide(0)\nexcept Exception: logging.exception('oops')",
    "warning": "warnings.warn('careful'); np.array([1.0]) / 0",
    "warning-filters": "with warnings.catch_warnings():\n    warnings.simplefilter('ignore')\n"
    "    warnings.warn('no')\n    warnings.simplefilter('always')\n"
    "    warnings.warn('yes', DeprecationWarning)",
    "warning-error": "with warnings.catch_warnings():\n    warnings.simplefilter('error')\n"
    "    warnings.warn('raised')",
    # How it fails.
    "error": "divide(0)",
    "error-chained": "try:\n    {}['k']\nexcept KeyError as e:\n    raise ValueError('v') from e",
    "error-in-handler": "try:\n    {}['k']\nexcept KeyError:\n    raise ValueError('v')",
    "error-in-library": "json.loads('{')",
    "error-group": "raise ExceptionGroup('g', [ValueError(1), KeyError('a')])",
    "error-printed": "try: divide(0)\nexcept Exception: traceback.print_exc()",
    "error-in-del": "class D:\n    def __del__(self): raise ValueError('in del')\nd = D(); del d",
    "error-no-exception": "raise BaseException('b')",
    "syntax-error": "def f(:\n    pass",
    "indentation-error": "if True:\nprint(1)",
    "xmode-plain": "%xmode Plain",
    "error-plain": "divide(0)",
    "xmode-minimal": "%xmode Minimal\ndivide(0)",
    "error-minimal": "divide(0)",
    "xmode-verbose": "%xmode Verbose",
    "error-verbose": "(lambda number: divide(number))(0)",
    "xmode-context": "%xmode Context",
    "no-colours": "%colors NoColor",
    "error-no-colours": "divide(0)",
    "colours": "%colors Linux",
    "interrupt": "raise KeyboardInterrupt",
    "interrupt-signal": "os.kill(os.getpid(), signal.SIGINT); time.sleep(5)",
    "input": "input('name? ')",
    "getpass": "getpass.getpass()",
    "alarm": "signal.signal(signal.SIGALRM, lambda *_: print('alarm'))\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.02); time.sleep(0.1)\n"
    "signal.signal(signal.SIGALRM, signal.SIG_DFL)",
    "handlers": "{s.name: str(signal.getsignal(s)) for s in signal.Signals}, "
    "signal.pthread_sigmask(signal.SIG_BLOCK, [])",
    # What runs at the same time.
    "await": "await asyncio.sleep(0.01)\nprint('awaited')",
    "await-value": "await value()",
    "async-for": "async for i in ticks(): print(i)\nasync with asyncio.timeout(1): print('w')",
    "task": "async def count():\n    for i in range(3): print('tick', i); await asyncio.sleep(0)\n"
    "task = asyncio.create_task(count())",
    "task-awaited": "await task\nprint('done', task.done())",
    "task-fails": "async def bad(): raise ValueError('in task')\n"
    "task = asyncio.create_task(bad())\nawait asyncio.sleep(0.01)\ntask.exception()",
    "task-unasked": "task = asyncio.create_task(bad())\nawait asyncio.sleep(0.01)\n"
    "del task\ngc.collect();",
    "to-thread": "await asyncio.to_thread(print, 'in thread')",
    "run-in-loop": "c = value()\ntry: asyncio.run(c)\nfinally: c.close()",
    # What it finds.
    "names": "__name__, sorted(n for n in globals() if n.startswith('__')), "
    "sys.modules['__main__'].__dict__ is globals()",
    "shell": "get_ipython().__class__.__name__, 'IPKernelApp' in get_ipython().config, "
    "get_ipython().profile",
    "program": "os.path.basename(sys.argv[0]), len(sys.argv)",
    "path": "sys.path",
    "folder": "os.path.basename(os.path.dirname(os.getcwd())), os.listdir()",
    "terminal": "{k: os.environ.get(k) for k in ('TERM', 'CLICOLOR', 'FORCE_COLOR', 'PAGER')}",
    "limits": "sys.getrecursionlimit(), gc.get_threshold(), gc.isenabled(), os.umask(0o22)",
    "settings": "np.get_printoptions(), np.geterr(), logging.root.level, logging.root.handlers",
    "session": "os.getpgrp() == os.getpid(), os.getsid(0) == os.getpid()",
    "no-file": "__file__",
    "source": "print(inspect.getsource(divide))",
    "hash": "hash('abc'), {'x', 'y', 'z'}",
    "seeded": "random.seed(1); np.random.seed(1); random.random(), np.random.rand()",
    "magics": "%lsmagic",
    "unknown-magic": "%nosuch",
    "history": "%history 1-3",
    "history-all": "%history -g -l 9",
    "history-of-sessions": "%history -l 1",
    "history-searched": "list(get_ipython().history_manager.search('divide*'))",
    "loop": "loop = get_ipython().kernel.io_loop\n"
    "type(loop).__name__, loop.asyncio_loop is asyncio.get_running_loop()",
    "help": "help(len)",
    "question-mark": "divide?",
    "time-quietly": "%timeit -n1 -r1 -q pass",
    "set-env": "%env SMART=1\nos.environ['SMART']",
    "run-file": "open('r.py', 'w').write('print(__name__)'); %run r.py",
    "write-file": "%%writefile w.txt\nhello",
    "user-expressions": "get_ipython().user_expressions({'a': '1+1'})['a']['data']",
    "debugger-refused": "%debug",
    "hook": "get_ipython().events.register('post_run_cell', lambda r: print('hook', r.success))",
    "hooked": "1",
    "all-values": "get_ipython().ast_node_interactivity = 'all'",
    "all-values-shown": "1\n2",
}


class Output(NamedTuple):
    """What our engine must give where papermill's own may differ, and why it may.

    Attributes
    ----------
    source : str
        The cell.
    shown : str
        Streams and plain texts of our outputs.
    reason : str
        Of the difference.
    """

    source: str
    shown: str
    reason: str


LUCK = "papermill's own engine reads file descriptors in a thread: place and presence are luck"
WARMTH = "the server has imported the packages, the project's first among them"
ALLOWED: Mapping[str, Output] = {
    "last-values-again": Output(
        "get_ipython().ast_node_interactivity = 'last_expr'\n"
        "get_ipython().events.unregister('post_run_cell', "
        "get_ipython().events.callbacks['post_run_cell'][-1])",
        "",
        "none: what two of the cells above arranged is undone",
    ),
    "c": Output("_ = libc.puts(b'from C'), libc.fflush(None)", "from C\n", LUCK),
    "c-between": Output(
        "print('a'); libc.puts(b'C'); libc.fflush(None); print('b')", "a\nC\nb\n", LUCK
    ),
    "c-and-displays": Output("display(1); _ = os.write(1, b'raw\\n'); display(2)", "1raw\n2", LUCK),
    "descriptors": Output("_ = os.write(1, b'out\\n'), os.write(2, b'err\\n')", "out\nerr\n", LUCK),
    "split-character": Output(
        "_ = os.write(1, 'é'.encode()[:1]), time.sleep(0.3), os.write(1, 'é'.encode()[1:])",
        "é",
        "papermill's own engine decodes each piece alone",
    ),
    "subprocess": Output(
        "print('1'); _ = subprocess.run(['echo', 'sub']); print('2'); _ = os.system('echo 3')",
        "1\nsub\n2\n3\n",
        LUCK,
    ),
    "subprocess-into-stdout": Output(
        "_ = subprocess.run(['echo', 'x'], stdout=sys.stdout)",
        "x\n",
        "the file of papermill's sys.stdout is the terminal; ours is the notebook",
    ),
    "shell-escape": Output("!echo hi\nx = !echo kept\nprint(x)", "hi\n['kept']\n", LUCK),
    "shell-status": Output("!exit 3\nprint(_exit_code)", "3\n", LUCK),
    "bash": Output("%%bash\necho out\necho err >&2", "out\nerr\n", LUCK),
    "forked": Output(
        "print('before', flush=True); pid = os.fork()\n"
        "if not pid:\n    print('in fork', flush=True); os._exit(0)\n_ = os.waitpid(pid, 0)",
        "before\nin fork\n",
        LUCK,
    ),
    "half-character": Output(
        "print('\\ud800')\nprint('next')",
        "",
        "it cannot be sent: papermill's own engine tells of it twice, ours once",
    ),
    "imported": Output(
        "[m in sys.modules for m in ('smartlib.data', 'scipy.stats')]", "[True, True]", WARMTH
    ),
    "warning-filters-of-packages": Output(
        "any('statsmodels' in str(f) for f in warnings.filters)", "True", WARMTH
    ),
    "frozen": Output("gc.get_freeze_count() > 0", "True", "so that forks share the memory"),
    "no-threads": Output(
        "'IOPub' in [t.name for t in threading.enumerate()]",
        "False",
        "no ZeroMQ, no threads that serve it",
    ),
    "command-line": Output(
        "sys.argv[1:]",
        "['-f', 'kernel.json', '--HistoryManager.hist_file=:memory:']",
        "no such file",
    ),
    "classes": Output(
        "[type(x).__name__ for x in (sys.stdout, get_ipython().kernel, get_ipython().parent)]",
        "['Stream', 'ForkedKernel', 'ForkedKernel']",
        "ipykernel's, adapted",
    ),
    "recursion": Output(
        "def deep(n): return deep(n + 1)\ntry: deep(0)\n"
        "except RecursionError as e: print(len(traceback.extract_tb(e.__traceback__)) > 900)",
        "True\n",
        "fewer frames lie below a cell",
    ),
    "server-s-profile": Output(
        "os.path.isdir(os.environ['IPYTHONDIR']), "
        "get_ipython().ipython_dir == os.environ['IPYTHONDIR']",
        "(True, False)",
        "the server's, as empty: a notebook whose own has files in it runs cold",
    ),
    "environment": Output(
        "'JPY_PARENT_PID' in os.environ, 'IPYTHONDIR' in os.environ",
        "(False, True)",
        "of the stock kernel's own start: nothing was started",
    ),
}
ENDS = """
import atexit, logging.handlers, tempfile, threading, time, weakref
def say(name): open(name, 'w').write('written')
class Thing:
    def __del__(self): say('deleted')
def generate():
    try: yield
    finally: say('generator')
atexit.register(lambda: (time.sleep(0.2), print('bye', flush=True), say('exit-handler')))
unclosed = open('unclosed', 'w'); unclosed.write('all of it')
cycle = [open('in-a-cycle', 'w')]; cycle.append(cycle); cycle[0].write('all of it')
thing, other, started = Thing(), Thing, generate(); next(started)
kept = tempfile.TemporaryDirectory(dir='.')
final = weakref.finalize(other, say, 'finalizer')
log = logging.handlers.MemoryHandler(9, target=logging.FileHandler('log'))
logging.getLogger('q').addHandler(log); logging.getLogger('q').warning('remembered')
threading.Thread(target=lambda: (time.sleep(0.4), say('thread'))).start()
"""
LONGEST = 300  # characters of a line in a failure
FATAL: Mapping[str, tuple[str, ...]] = {  # cause, and cells of which the last is not reached
    "exit": ("kernel", "print(1)", "exit()", "import time; time.sleep(0.5)", "print('never')"),
    "segmentation": ("kernel", "print(1)", "import ctypes; ctypes.string_at(0)", "print('never')"),
}
ALTER = """
import os, random, sys, types, warnings
import matplotlib, numpy as np, pandas as pd
leftover = 1
sys.modules["leftover"] = types.ModuleType("leftover")
sys.path.insert(0, "leftover")
os.environ["LEFTOVER"] = "1"
os.makedirs("leftover", exist_ok=True)
os.chdir("leftover")
os.umask(0)
warnings.filterwarnings("error")
matplotlib.rcParams["lines.linewidth"] = 77
pd.set_option("display.max_rows", 77)
np.set_printoptions(precision=2)
np.seterr(all="raise")
np.leftover = pd.leftover = get_ipython().leftover = 1
random.seed(1)
np.random.seed(1)
from smartlib.data import load
load.leftover = 1
"""
STATE = """
import os, random, sys, warnings
import matplotlib, numpy as np, pandas as pd
from smartlib.data import load
print("leftover" in globals(), hasattr(get_ipython(), "leftover"), len(In), Out)
print([hasattr(module, "leftover") for module in (np, pd, load)])
print(sorted(sys.modules))
print(sys.path, os.environ, os.getcwd(), os.umask(0o22))
print(warnings.filters, matplotlib.rcParams)
print(pd.options.d, np.get_printoptions(), np.geterr())
"""
VOLATILE = {  # what differs between two runs of papermill's own engine, too
    r"/ipykernel_\d+/": "/ipykernel_PID/",
    r"Task-\d+": "Task-N",
    r" at 0x[0-9a-f]{6,}": " at ADDRESS",
    r"smartlib-\d+-\d+-\d+-\w+": "smartlib-SCRATCH",
}


class Pair(NamedTuple):
    """The same notebook by papermill's own engine and by ours, and the folders they ran in."""

    stock: Execution
    warm: Execution
    stock_folder: Path
    warm_folder: Path


class Runs:
    """Runs of notebooks, begun as soon as they are asked for, two at a time."""

    def __init__(self, folder: Path, pool: ThreadPoolExecutor) -> None:
        self.folder, self.pool = folder, pool
        self.begun: dict[str, tuple[Future[Execution], ...]] = {}

    def begin(self, name: str, notebook: Path, cwd: Path | None = None, **options: Any) -> None:
        """Run it by both engines, in a folder of its own each unless `cwd` says where."""
        begun = []
        for engine in (STOCK, WARM):
            where = cwd or self.folder / name / engine
            where.mkdir(parents=True, exist_ok=True)
            task = {"parameters": {}, "cwd": where, "timeout": 60, **options}
            begun.append(self.pool.submit(run_notebook, notebook, stock=engine == STOCK, **task))
        self.begun[name] = tuple(begun)

    def begin_cells(self, name: str, *sources: str, **options: Any) -> None:
        """Run a notebook of these cells, none of which stops it."""
        cells = [code(source, "raises-exception") for source in sources]
        self.begin(name, write(self.folder / f"{name}.ipynb", *cells), **options)

    def pair(self, name: str) -> Pair:
        """Both runs, waiting for them."""
        runs = [begun.result() for begun in self.begun[name]]
        assert [run.engine for run in runs] == [STOCK, WARM]
        return Pair(*runs, self.folder / name / STOCK, self.folder / name / WARM)


@pytest.fixture(scope="module")
def runs(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Runs]:
    """All runs of this module, in an environment without what pytest adds.

    ipykernel looks at PYTEST_CURRENT_TEST, and then leaves file descriptors alone.
    """
    folder = tmp_path_factory.mktemp("parity")
    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(2) as pool:
        patch.delenv("PYTEST_CURRENT_TEST", raising=False)
        patch.delenv("MPLBACKEND", raising=False)
        begun = Runs(folder, pool)
        sources = [FIRST, *SAME.values(), *(allowed.source for allowed in ALLOWED.values())]
        begun.begin_cells("awkward", *sources)
        chosen = {item.name.partition("[")[2].rstrip("]") for item in request.session.items}
        for name, (notebook, parameters) in PROJECT.items():
            if name not in chosen:
                continue
            path, lang = NOTEBOOKS / f"{notebook}.ipynb", parameters.get("lang", "")
            begun.begin(name, path, cwd=NOTEBOOKS, parameters=parameters, lang=lang)
        begun.begin_cells("ends", ENDS)
        for name, cells in FATAL.items():
            begun.begin(name, write(folder / f"{name}.ipynb", *map(code, cells[1:])))
        yield begun


def shown(cell: NotebookNode) -> str:
    """Streams and plain texts of a cell's outputs."""
    texts = (o.get("text") or o.get("data", {}).get("text/plain", "") for o in cell.outputs)
    return "".join(texts)


def lines(cell: NotebookNode) -> list[str]:
    """A cell to be read and compared, without what differs from run to run."""
    text = json.dumps(cell, indent=1, sort_keys=True, ensure_ascii=False)
    for pattern, same in VOLATILE.items():
        text = re.sub(pattern, same, text)
    return text.replace("\\n", "\n").split("\n")


def differences(stock: NotebookNode, warm: NotebookNode) -> str:
    """Lines in which a cell differs, cut to a length that can be read."""
    found = difflib.unified_diff(lines(stock), lines(warm), STOCK, WARM, lineterm="", n=0)
    return "\n".join(line[:LONGEST] for line in found)


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in DAILY else pytest.mark.long) for name in PROJECT],
)
def test_the_project_s_notebooks_come_out_the_same(name: str, runs: Runs) -> None:
    """Text, tables, figures, streams, counts, order and metadata are equal in every cell."""
    pair = runs.pair(name)
    assert (pair.stock.error, pair.warm.error) == ("", "")
    stock, warm = normalised(pair.stock.notebook), normalised(pair.warm.notebook)
    assert stock.metadata == warm.metadata
    assert len(stock.cells) == len(warm.cells)
    found = {
        f"cell {number}": differences(*cells)
        for number, cells in enumerate(zip(stock.cells, warm.cells, strict=True), start=1)
        if cells[0] != cells[1]
    }
    assert found == {}
    drawn = ("image/png", "image/svg+xml", "<svg")
    assert any(kind in str(cell.get("outputs")) for cell in warm.cells for kind in drawn)


@pytest.mark.parametrize("name", SAME)
def test_an_awkward_cell_comes_out_the_same(name: str, runs: Runs) -> None:
    """Outputs, their order and metadata, and the execution count are equal."""
    pair, number = runs.pair("awkward"), 1 + list(SAME).index(name)
    stock, warm = (normalised(run.notebook).cells[number] for run in (pair.stock, pair.warm))
    assert warm.source == SAME[name]
    assert warm.execution_count == number + 1
    assert differences(stock, warm) == ""


def test_the_awkward_notebook_runs_to_its_end(runs: Runs) -> None:
    """No cell ends a kernel; the first one, on which the others rest, is silent in both."""
    for run in runs.pair("awkward")[:2]:
        assert (run.cause, run.error, run.notebook.cells[0].outputs) == ("", "", [])


@pytest.mark.parametrize("name", ALLOWED)
def test_an_allowed_difference_is_as_it_is_named(name: str, runs: Runs) -> None:
    """Where the engines may differ, ours gives what the list of allowed differences says."""
    cell = runs.pair("awkward").warm.notebook.cells[1 + len(SAME) + list(ALLOWED).index(name)]
    assert cell.source == ALLOWED[name].source
    if name == "half-character":
        assert "UnicodeEncodeError: 'utf-8' codec can't encode" in shown(cell)
    else:
        assert shown(cell).replace("\r", "") == ALLOWED[name].shown  # the shell's is a terminal


def test_what_is_written_at_the_end_is_there_when_a_run_is_over(runs: Runs) -> None:
    """Exit handlers, finalizers, unclosed files, threads: the files are those of papermill's."""
    pair = runs.pair("ends")
    found = [
        {path.name: path.read_text() for path in folder.iterdir()}
        for folder in (pair.stock_folder, pair.warm_folder)
    ]
    assert found[0] == found[1]
    assert found[1].keys() == {
        *("deleted", "generator", "exit-handler", "unclosed", "in-a-cycle"),
        *("finalizer", "log", "thread"),
    }
    assert found[1]["unclosed"] == found[1]["in-a-cycle"] == "all of it"


@pytest.mark.parametrize("name", FATAL)
def test_a_notebook_that_ends_early_ends_the_same(name: str, runs: Runs) -> None:
    """Cause, error, and what the cells before showed are equal; no later cell is shown.

    One allowed difference: after `exit()` the stock kernel lives a tenth of a second more,
    in which quick cells run; ours runs none.
    """
    stock, warm = runs.pair(name)[:2]
    assert warm.cause == stock.cause == FATAL[name][0]
    assert differences(*(normalised(run.notebook).cells[0] for run in (stock, warm))) == ""
    assert "never" not in shown(warm.notebook.cells[-1])
    if name != "exit":
        assert warm.error == stock.error


def test_no_state_passes_from_one_notebook_to_the_next(tmp_path: Path) -> None:
    """Names, modules, folder, environment, filters and settings are those of a new process."""
    look, alter = (write(tmp_path / f"{n}.ipynb", code(s)) for n, s in (("a", STATE), ("b", ALTER)))
    before, altered, after = (run_notebook(path, {}, cwd=tmp_path) for path in (look, alter, look))
    assert (altered.error, before.error) == ("", "")
    assert "leftover" not in str(before.notebook.cells[0].outputs)
    cells = (normalised(run.notebook).cells[0] for run in (before, after))
    assert differences(*cells) == ""


def test_unseeded_numbers_differ_between_notebooks(tmp_path: Path) -> None:
    """A fork has numbers of its own from `random`, from numpy's old and its new generator."""
    source = "import random\nimport numpy as np\nnp.random.default_rng().random(), "
    path = write(tmp_path / "a.ipynb", code(source + "random.random(), np.random.rand()"))
    found = [
        {float(number) for number in re.findall(r"0\.\d+", shown(run.notebook.cells[0]))}
        for run in (run_notebook(path, {}, cwd=tmp_path) for _ in range(2))
    ]
    assert [len(numbers) for numbers in found] == [3, 3]
    assert not found[0] & found[1]


def test_papermill_s_command_line_takes_the_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`papermill --engine smartlib` writes the same notebook, inline figures included."""
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    monkeypatch.delenv("MPLBACKEND", raising=False)
    cells = [
        code("region = 'x'", "parameters"),
        code("import matplotlib.pyplot as plt\nplt.plot([1, 3]);"),
        code("print(region, plt.get_backend()); plt.figure(figsize=(1, 1)); plt.plot([2]);"),
        code("import sys\nprint('smartlib.data' in sys.modules)"),
    ]
    path, target = str(write(tmp_path / "in.ipynb", *cells)), str(tmp_path / "out.ipynb")
    command = [sys.executable, "-m", "papermill", "--engine", "smartlib", "--no-progress-bar"]
    command += ["-k", "python3", "-r", "region", "51.03", path, target]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        stock = papermill.execute_notebook(
            path, None, {"region": "51.03"}, kernel_name="python3", progress_bar=False
        )
        said = process.communicate()[1]
    assert process.returncode == 0, said
    warm = nbformat.read(target, as_version=4)
    assert [shown(node.cells[-1]) for node in (stock, warm)] == ["False\n", "True\n"]
    assert [len(cell.outputs) for cell in warm.cells[2:]] == [1, 2, 1]
    for cells in zip(normalised(stock).cells[:-1], normalised(warm).cells[:-1], strict=True):
        assert differences(*cells) == ""


def test_papermill_knows_the_engine_though_smartlib_came_first() -> None:
    """The room of execution has imported papermill here; its entry point has loaded the engine."""
    assert papermill_engines.get_engine("smartlib").__name__ == "SmartlibEngine"


def test_a_notebook_in_another_language_uses_papermill_s_engine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only Python is warm; the report says which engine ran."""
    folder = tmp_path / "jupyter" / "kernels" / "other"
    folder.mkdir(parents=True)
    command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": command, "display_name": "So it says", "language": "R"}
    (folder / "kernel.json").write_text(json.dumps(spec))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    path = write(tmp_path / "a.ipynb", code("region = 'x'", "parameters"), code("print(region)"))
    node = nbformat.read(path, as_version=4)
    node.metadata["kernelspec"] = {"name": "other", "display_name": "x", "language": "R"}
    nbformat.write(node, path)
    run = run_notebook(path, {"region": "31.71"}, cwd=tmp_path)
    assert (run.engine, run.cause, run.error) == (STOCK, "", "")
    assert shown(run.notebook.cells[-1]) == "31.71\n"
