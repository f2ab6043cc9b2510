"""Break the package in a hundred small ways, one at a time, and see whether a test notices.

Run it with `python -m benchmarks.mutants` (options: `--count 100 --seed 0`). A mutant is one
changed expression: another comparison, operator or constant, a condition that always or
never holds, arguments in another order, nothing returned. It is tried in a copy of the
checkout, first on the tests that import its module, nearest first, then on all others that
reach it. Findings are kept in a file, so that a second call goes on where the first stopped.
"""

from __future__ import annotations

import argparse
import ast
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from itertools import chain, zip_longest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("data", "index", "inference", "run")
LEFT_OUT = "smartlib/run/execute/warm/"  # its faults are those of processes, which soak looks for
LIMIT = 900  # seconds for a mutant's own tests; one that never ends is told by it
ENTRY = "smartlib/cli/entry.py"
NO_TESTS = 5  # pytest's exit code: a module without examples has none of its own
PYTEST = "pytest itself"  # does not start, such as when a fixture's module cannot be imported
COMPARED = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
COMPUTED = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
EITHER_WAY = {"min", "max", "minimum", "maximum"}  # arguments may stand in any order
# Mutants that no test can notice, by the expression's text before and after; and why.
EQUIVALENT: dict[tuple[str, str], str] = {}


@dataclass(frozen=True)
class Mutant:
    """One changed expression, known by what it is and not by where it has moved to.

    `number` tells equal changes of a file apart; the bytes from `start` to `end` become `after`.
    """

    file: str
    kind: str
    before: str
    after: str
    number: int
    line: int = field(compare=False)
    start: int = field(compare=False)
    end: int = field(compare=False)

    def draw(self, seed: int) -> bytes:
        """Its place in a seed's order, which changes elsewhere leave alone."""
        text = f"{seed} {self.file} {self.kind} {self.before} {self.after} {self.number}"
        return hashlib.sha256(text.encode()).digest()


@dataclass(frozen=True)
class Outcome:
    """What the tests made of a mutant; `by` is the first test that failed."""

    mutant: Mutant
    verdict: str  # caught, timed out or survived
    by: str = ""


def changes(node: ast.AST) -> Iterator[tuple[str, ast.AST, str]]:
    """Kinds of change that a node allows: kind, the part to replace, and what by."""
    match node:
        case ast.Compare(left, [op], [right]) if type(op) in COMPARED:
            yield (
                "comparison",
                node,
                ast.unparse(ast.Compare(left, [COMPARED[type(op)]()], [right])),
            )
        case ast.BinOp(left, op, right) if type(op) in COMPUTED:
            yield "operator", node, ast.unparse(ast.BinOp(left, COMPUTED[type(op)](), right))
        case ast.BoolOp(op, values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            yield "boolean", node, ast.unparse(ast.BoolOp(other, values))
        case ast.UnaryOp(ast.Not(), operand):
            yield "boolean", node, ast.unparse(operand)
        case ast.Constant(bool() as value):
            yield "constant", node, repr(not value)
        case ast.Constant(int() | float() as value):
            yield "constant", node, repr(value + 1)
        case ast.Return(ast.expr() as value) if ast.unparse(value) != "None":
            yield "return", value, "None"
        case ast.If(test) | ast.IfExp(test):
            yield "condition", test, "True"
            yield "condition", test, "False"
        case ast.comprehension(ifs=[test, *_]):
            yield "condition", test, "True"
        case ast.Call(function, [first, second, *rest], keywords) if not (
            ast.unparse(function).rsplit(".", 1)[-1] in EITHER_WAY
            or any(isinstance(argument, ast.Starred) for argument in (first, second))
        ):
            swapped = ast.Call(function, [second, first, *rest], keywords)
            yield "arguments", node, ast.unparse(swapped)


def nodes(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs: no annotations, no words of a message, nothing that only types need."""
    if isinstance(tree, ast.JoinedStr | ast.Raise | ast.Assert):
        return
    if isinstance(tree, ast.If) and ast.unparse(tree.test) == "TYPE_CHECKING":
        return
    yield tree
    for name, part in ast.iter_fields(tree):
        if name not in {"annotation", "returns"}:
            for child in part if isinstance(part, list) else [part]:
                if isinstance(child, ast.AST):
                    yield from nodes(child)


def mutants_of(path: Path, root: Path) -> Iterator[Mutant]:
    """Every mutant of a module."""
    source = path.read_bytes()
    seen: Counter[tuple[str, str, str]] = Counter()
    file = path.relative_to(root).as_posix()
    starts = [0, *(match.end() for match in re.finditer(b"\n", source))]
    for node in nodes(ast.parse(source)):
        for kind, part, after in changes(node):
            start = starts[part.lineno - 1] + part.col_offset
            end = starts[part.end_lineno - 1] + part.end_col_offset
            change = (kind, source[start:end].decode(), f"({after})")
            yield Mutant(file, *change, seen[change], part.lineno, start, end)
            seen[change] += 1


def chosen(root: Path, count: int, seed: int) -> list[Mutant]:
    """So many mutants, the kinds taking turns."""
    kinds: dict[str, list[Mutant]] = {}
    for room in ROOMS:
        for path in sorted((root / "smartlib" / room).rglob("*.py")):
            if not path.relative_to(root).as_posix().startswith(LEFT_OUT):
                for mutant in mutants_of(path, root):
                    kinds.setdefault(mutant.kind, []).append(mutant)
    for mutants in kinds.values():
        mutants.sort(key=lambda mutant: mutant.draw(seed))
    turns = chain.from_iterable(zip_longest(*(kinds[kind] for kind in sorted(kinds))))
    return [mutant for mutant in turns if mutant][:count]


def imported(path: Path, root: Path) -> set[str]:
    """Files of the package that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_bytes())):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            base = root / name.replace(".", "/")
            for file in (base.with_suffix(".py"), base / "__init__.py"):
                if file.exists() and name.startswith("smartlib"):
                    found.add(file.relative_to(root).as_posix())
    return found


def tests_by_distance(root: Path) -> Callable[[str], tuple[list[str], list[str]]]:
    """A function giving a module's own tests, and the others that reach it, nearest first."""
    files = [*(root / "smartlib").rglob("*.py"), *(root / "tests").glob("*.py")]
    uses = {path.relative_to(root).as_posix(): imported(path, root) for path in files}
    # The command line imports a command by its name, when it is called.
    verbs = (root / "smartlib/cli/verbs").rglob("*.py")
    uses[ENTRY] |= {path.relative_to(root).as_posix() for path in verbs}
    size = {name: (root / name).stat().st_size for name in uses}

    def tests(module: str) -> tuple[list[str], list[str]]:
        distance, edge = {module: 0}, {module}
        while edge:
            edge = {name for name, used in uses.items() if used & edge} - distance.keys()
            distance |= dict.fromkeys(edge, max(distance.values()) + 1)
        reach = [name for name in distance if name.startswith("tests/test_")]
        reach.sort(key=lambda name: (distance[name], size[name]))
        return (
            [name for name in reach if distance[name] == 1],
            [name for name in reach if distance[name] > 1],
        )

    return tests


def first_failure(root: Path, tests: list[str], limit: float) -> str | None:
    """The first test that fails, "" if none does, None if they do not end in time."""
    command = [sys.executable, "-m", "pytest", "-x", "-q", "--no-header", "--tb=no", *tests]
    environment = os.environ | {"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    process = subprocess.Popen(
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if process.returncode in (0, NO_TESTS):
        return ""
    failed = re.search(r"^(?:FAILED|ERROR) (\S+)", said, re.MULTILINE)
    return failed[1] if failed else PYTEST


@dataclass
class Trial:
    """A copy of the checkout that is broken and mended again.

    A test that fails without a mutant too, for want of something or of time, tells nothing:
    whatever catches is run once on the whole copy, and passed over from then on if it fails.
    """

    root: Path
    limit: float
    sound: set[str] = field(default_factory=lambda: {PYTEST})
    unsound: set[str] = field(default_factory=set)

    def of(self, mutant: Mutant, own: list[str], others: list[str]) -> Outcome:
        """What the tests make of a mutant."""
        while True:
            outcome = self._broken(mutant, own, others)
            if outcome.verdict != "caught" or outcome.by in self.sound:
                return outcome
            passes = first_failure(self.root, [outcome.by], self.limit) == ""
            (self.sound if passes else self.unsound).add(outcome.by)

    def _broken(self, mutant: Mutant, own: list[str], others: list[str]) -> Outcome:
        path = self.root / mutant.file
        source = path.read_bytes()
        try:
            path.write_bytes(source[: mutant.start] + mutant.after.encode() + source[mutant.end :])
            for tests, limit in (([mutant.file, *own], self.limit), (others, 2 * self.limit)):
                found = self._first(tests, limit)
                if found is None:
                    return Outcome(mutant, "timed out")
                if found:
                    return Outcome(mutant, "caught", found)
            return Outcome(mutant, "survived")
        finally:
            path.write_bytes(source)

    def _first(self, tests: list[str], limit: float) -> str | None:
        left = [name for name in tests if name not in self.unsound]
        passed_over = [f"--deselect={name}" for name in sorted(self.unsound)]
        return first_failure(self.root, [*passed_over, *left], limit) if left else ""


def findings(path: Path) -> dict[Mutant, Outcome]:
    """What earlier calls found."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    found = [Outcome(Mutant(**line.pop("mutant")), **line) for line in lines]
    return {one.mutant: one for one in found}


def table(outcomes: list[Outcome]) -> str:
    """How many were caught, by kind and by room; those that survived, one a line."""
    lines = [f"{'':12}{'tried':>8}{'caught':>8}{'survived':>10}"]
    for name_of in (lambda m: m.kind, lambda m: m.file.split("/")[1], lambda m: "all"):
        whole = Counter(name_of(one.mutant) for one in outcomes)
        alive = Counter(name_of(one.mutant) for one in outcomes if one.verdict == "survived")
        lines += [
            f"{name:12}{whole[name]:8}{whole[name] - alive[name]:8}{alive[name]:10}"
            for name in sorted(whole)
        ]
    for one in outcomes:
        if one.verdict != "caught":
            mutant = one.mutant
            why = EQUIVALENT.get((mutant.before, mutant.after), "")
            place = f"{one.verdict}: {mutant.file}, line {mutant.line}"
            lines.append(f"{place}: {mutant.before} -> {mutant.after} {why}".rstrip())
    return "\n".join(lines)


def main() -> int:
    """Try the mutants that were not yet tried, and print the table of all."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mutants", description=__doc__)
    parser.add_argument("--count", type=int, default=100, help="mutants")
    parser.add_argument("--seed", type=int, default=0, help="another one, other mutants")
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for a module's tests")
    parser.add_argument("--to", type=Path, default=ROOT / "reports" / "mutants.jsonl")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="smartlib-mutants-") as name:
        root = Path(name) / "checkout"  # what is committed
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(root)], check=True)
        outcomes, tests, trial = [], tests_by_distance(root), Trial(root, asked.limit)
        known = findings(asked.to)
        for mutant in chosen(root, asked.count, asked.seed):
            outcome = known.get(mutant) or trial.of(mutant, *tests(mutant.file))
            if mutant not in known:
                with asked.to.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(asdict(outcome)) + "\n")
                print(f"{len(outcomes) + 1}. {outcome.verdict}: {mutant}", flush=True)
            outcomes.append(outcome)
        print(table(outcomes))
        for test in sorted(trial.unsound):
            print(f"passed over, since it fails without a mutant too: {test}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
