"""What runs on a worker of a Dask cluster, and what travels there and back (floor 5).

The notebooks and data travel in one parcel, which a worker unpacks once, into a folder named
by its hash; a report comes back as the bytes of its files.
"""

from __future__ import annotations

import hashlib
import io
import os
import platform
import tempfile
import traceback
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from smartlib.data.writing import write_whole
from smartlib.run.execute.report import Made, Order, beside
from smartlib.run.state.manifest import pathless
from smartlib.run.state.surroundings import Surroundings
from smartlib.vocabulary.folders import PACKAGE, Folders
from smartlib.vocabulary.records import Finding

HALF_RUN = ".failed.ipynb"
SUFFIXES = (
    ".ipynb",
    ".html",
    ".pdf",
    ".xlsx",
    HALF_RUN,
)  # in the order in which a report is written
# Another version of any of these can change a byte of a notebook or a page.
LIBRARIES = (
    *("smartlib", "numpy", "pandas", "scipy", "statsmodels", "matplotlib", "pillow"),
    *("ipython", "papermill", "nbclient", "nbformat"),
    *("nbconvert", "jinja2", "mistune", "bleach", "pygments"),
)
INSTALL = "Install the same smartlib and libraries there, and restart the worker."


@dataclass(frozen=True)
class Parcel:
    """What a worker gets before its first report.

    Attributes
    ----------
    content : bytes
        Notebooks and data, zipped; the same files give the same bytes.
    sha256 : str
        Of the content.
    software : mapping of str to str
        What must be installed on the worker, by name.
    marker : str
        A file in the reports folder that the worker must see; nothing if it need not.
    """

    content: bytes
    sha256: str
    software: Mapping[str, str]
    marker: str = ""

    @classmethod
    def of(cls, orders: Iterable[Order], folders: Folders, marker: str = "") -> Parcel:
        """Pack the notebooks of some orders and the data of their checkout."""
        notebooks = {order.notebook.relative_to(folders.root).as_posix() for order in orders}
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            for name in sorted(notebooks | Surroundings.of(folders).inputs.keys()):
                dateless = zipfile.ZipInfo(name)
                content = (folders.root / name).read_bytes()
                archive.writestr(dateless, content, compress_type=zipfile.ZIP_DEFLATED)
        content = packed.getvalue()
        return cls(content, hashlib.sha256(content).hexdigest(), software(), marker)


@dataclass(frozen=True)
class Delivery:
    """What a worker hands back for one report.

    Attributes
    ----------
    made : Made or None
        What came of it.
    files : mapping of str to bytes
        Content by suffix; none if the worker wrote them itself.
    error : str
        Why nothing was made.
    stranger : str
        Address of the worker, if it has no parcel.
    """

    made: Made | None = None
    files: Mapping[str, bytes] = field(default_factory=dict)
    error: str = ""
    stranger: str = ""


@cache
def software() -> dict[str, str]:
    """What the bytes of a report depend on here besides notebooks and data, by name.

    Found once a process: a worker that goes on after an update still runs what it loaded.
    """
    return {
        "machine": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
        "smartlib's source": Surroundings.of(Folders(PACKAGE.parent)).digests["code"],
        **{name: metadata.version(name) for name in LIBRARIES},
    }


def prepare_worker(parcel: Parcel, dask_worker: Any) -> Finding | None:
    """Unpack a parcel on this worker, if it is fit to make its reports.

    Parameters
    ----------
    parcel : Parcel
        From the machine that builds.
    dask_worker : distributed.Worker
        This one; dask gives it by this name.

    Returns
    -------
    Finding or None
        Why the worker is not fit.
    """
    here = software()
    differing = [
        f"{name} is {here.get(name, 'missing')}, not {wanted}"
        for name, wanted in parcel.software.items()
        if here.get(name) != wanted
    ]
    if differing:
        return Finding("; ".join(differing), fix=INSTALL)
    marker = Path(parcel.marker)
    if parcel.marker and not (marker.is_file() and os.access(marker.parent, os.W_OK)):
        return Finding(
            f"{marker.parent} is not the reports folder of this build, or cannot be written to",
            fix="Mount it there under the same path, or leave out --shared.",
        )
    try:
        _unpack(parcel.content, _home(dask_worker, parcel.sha256))
    except OSError as error:
        return Finding(f"notebooks and data cannot be unpacked: {error}")
    return None


def _home(worker: Any, sha256: str) -> Path:
    return Path(worker.local_directory) / f"smartlib-{sha256}"


def _unpack(content: bytes, home: Path) -> None:
    """Unpack into a folder that appears whole or not at all."""
    if home.is_dir():
        return
    with tempfile.TemporaryDirectory(dir=home.parent) as part:
        whole = Path(part) / home.name
        zipfile.ZipFile(io.BytesIO(content)).extractall(whole)
        whole.rename(home)


def remote_report(
    function: Callable[[Order], Made], order: Order, sha256: str, shared: bool
) -> Delivery:
    """Make a report on this worker.

    Parameters
    ----------
    function : callable
        `make_report`.
    order : Order
        Its notebook is named from the top of the parcel.
    sha256 : str
        Of the parcel.
    shared : bool
        Write the report to its target instead of handing it back.
    """
    from distributed import get_worker  # noqa: PLC0415  # an extra

    worker = get_worker()
    home = _home(worker, sha256)
    if not home.is_dir():
        return Delivery(stranger=worker.address)
    try:
        with tempfile.TemporaryDirectory(dir=worker.local_directory) as folder:
            target = Path(folder) / order.target.name
            made = function(
                replace(order, notebook=home / order.notebook, target=target, root=home)
            )
            paths = {suffix: beside(target, suffix) for suffix in SUFFIXES}
            files = {suffix: path.read_bytes() for suffix, path in paths.items() if path.is_file()}
        made = replace(made, error=pathless(made.error, home))
        if shared:
            write_report(order.target, files)
        return Delivery(made, {} if shared else files)
    except Exception:
        return Delivery(error=pathless(traceback.format_exc(), home))


def write_report(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a report as `make_report` does; no files leave all as it is.

    Parameters
    ----------
    target : Path
        Of the report, without a suffix.
    files : mapping of str to bytes
        Content by suffix.

    Raises
    ------
    OSError
        The report's folder cannot be made or written to.
    """
    if not files:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    for suffix, content in files.items():
        write_whole(beside(target, suffix), content)
    if HALF_RUN not in files:
        beside(target, HALF_RUN).unlink(missing_ok=True)
