"""Docstrings say what signatures say: no default is stated that is not the one taken."""

from __future__ import annotations

import ast
import inspect
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import smartlib

STATED = re.compile(r"^(\*{0,2}\w+(?:, \*{0,2}\w+)*) : .*\bdefaults? (.+?)$", re.MULTILINE)


def public() -> Iterator[tuple[str, Any]]:
    """Every public function, class and method of the package, by its full name."""
    for module in pkgutil.walk_packages(smartlib.__path__, "smartlib."):
        if module.name.endswith("__main__"):
            continue
        for name, item in vars(import_module(module.name)).items():
            if name.startswith("_") or getattr(item, "__module__", "") != module.name:
                continue
            if inspect.isfunction(item) or inspect.isclass(item):
                yield f"{module.name}.{name}", item
            for inner, method in vars(item).items() if inspect.isclass(item) else ():
                if inspect.isfunction(method) and not inner.startswith("_"):
                    yield f"{module.name}.{name}.{inner}", method


def disagreements(name: str, item: Any) -> Iterator[str]:
    """Defaults that a docstring states and the signature does not have."""
    for names, text in STATED.findall(inspect.getdoc(item) or ""):
        parameters = [inspect.signature(item).parameters.get(one) for one in names.split(", ")]
        try:
            stated = ast.literal_eval(text)
        except (SyntaxError, ValueError):
            yield f"{name}: {names}: '{text}' is no literal"
            continue
        each = stated if len(parameters) > 1 and isinstance(stated, tuple) else [stated]
        each = each if len(each) > 1 else [stated] * len(parameters)
        taken = [parameter and parameter.default for parameter in parameters]
        if any(a != b and str(a) != str(b) for a, b in zip(taken, each, strict=True)):
            yield f"{name}: {names}: {text} is stated, {taken} taken"


def test_stated_defaults_are_those_of_the_signatures() -> None:
    """A hundred are stated, and each is the one taken when the argument is left out."""
    everything = dict(public())
    texts = [inspect.getdoc(item) or "" for item in everything.values()]
    assert sum(len(STATED.findall(text)) for text in texts) >= 100
    assert [one for pair in everything.items() for one in disagreements(*pair)] == []


def test_a_wrong_default_is_seen() -> None:
    """Of one parameter, of several at once, and where there is none."""

    def one(level: float = 0.9, draws: int = 10) -> None:
        """Parameters: one wrong, one right.

        level : float, default 0.95
        draws : int, default 10
        """

    def several(left: float = 0.1, right: float = 0.2) -> None:
        """Both.

        left, right : float, default 0.1, 0.3
        """

    def none(level: float) -> None:
        """No default.

        level : float, default 0.95
        """

    found = {f.__name__: len([*disagreements(f.__name__, f)]) for f in (one, several, none)}
    assert found == {"one": 1, "several": 1, "none": 1}
