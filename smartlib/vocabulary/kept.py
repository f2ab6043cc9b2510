"""What was computed from the same content before (floor 0)."""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar, cast

Given = ParamSpec("Given")
Result = TypeVar("Result")
MOST = 8  # results of one function; a year's reports ask for fewer


def kept(compute: Callable[Given, Result]) -> Callable[Given, Result]:
    """A function without side effects that does not compute twice from the same content.

    Reports of one year ask for the same tables of all regions; a process that is forked from one
    that has them finds them. Every caller gets a copy of its own.

    Parameters
    ----------
    compute : callable
        Its arguments and its result can be pickled. An error is raised anew each time.
    """
    results: dict[bytes, bytes] = {}

    @wraps(compute)
    def found(*args: Given.args, **kwargs: Given.kwargs) -> Result:
        key = hashlib.sha256(pickle.dumps((args, kwargs))).digest()
        if key not in results:
            result = pickle.dumps(compute(*args, **kwargs))
            while len(results) >= MOST:
                del results[next(iter(results))]
            results[key] = result
        return cast("Result", pickle.loads(results[key]))  # pickled above

    return found
