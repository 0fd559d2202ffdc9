"""docs/errors.md knows every code that a problem can have; the codes are found in the source of the packages."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

PACKAGES = ("extract", "pipeline", "models")
OUTCOMES = {"failure.cause", "error.code"}  # why a document was not read: the outcomes of docs/errors.md
Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Argument:
    """An expression that becomes a code, and the function it stands in."""

    value: ast.expr
    function: Function | None


class Source:
    """The packages' syntax trees, in which a problem's code is followed back to where it is written."""

    def __init__(self, trees: list[ast.Module]) -> None:
        self.calls: dict[str, list[tuple[ast.Call, Function | None]]] = {}
        self.assigned: dict[tuple[Function | None, str], list[ast.expr]] = {}
        self._seen: set[tuple[str, str]] = set()
        for tree in trees:
            self._walk(tree, None)

    def codes(self) -> Iterator[str]:
        """Every code that is passed to `Problem`, directly or through functions of our own."""
        for argument in self._passed("Problem", "code", 0):
            yield from self._resolved(argument)

    def _walk(self, node: ast.AST, function: Function | None) -> None:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Call):
                name = ast.unparse(child.func).rpartition(".")[2]
                self.calls.setdefault(name, []).append((child, function))
            if isinstance(child, ast.Assign) and isinstance(child.targets[0], ast.Name):
                self.assigned.setdefault((function, child.targets[0].id), []).append(child.value)
            self._walk(child, child if isinstance(child, Function) else function)

    def _passed(self, callee: str, parameter: str, position: int) -> Iterator[Argument]:
        for call, function in self.calls.get(callee, []):
            named = [keyword.value for keyword in call.keywords if keyword.arg == parameter]
            if named or len(call.args) > position:
                yield Argument((named or call.args[position:])[0], function)

    def _resolved(self, argument: Argument) -> Iterator[str]:
        value, function = argument.value, argument.function
        if isinstance(value, ast.Constant):
            yield str(value.value)
        elif isinstance(value, ast.IfExp):
            yield from self._resolved(Argument(value.body, function))
            yield from self._resolved(Argument(value.orelse, function))
        elif isinstance(value, ast.Name):
            yield from self._resolved_name(value.id, function)
        elif ast.unparse(value) not in OUTCOMES:
            yield f"{ast.unparse(value)}: not to be followed; write the code as a word"

    def _resolved_name(self, name: str, function: Function | None) -> Iterator[str]:
        parameters = [*function.args.args, *function.args.kwonlyargs] if function else []
        parameter = next((p for p in parameters if p.arg == name), None)
        if function is None or parameter is None:
            for value in self.assigned.get((function, name), self.assigned.get((None, name), [])):
                yield from self._resolved(Argument(value, function))
            return
        if words := list(self._words_of(parameter.annotation)):
            yield from words
        elif (function.name, name) not in self._seen:
            self._seen.add((function.name, name))
            method = parameters[0].arg in ("self", "cls")
            for argument in self._passed(function.name, name, parameters.index(parameter) - method):
                yield from self._resolved(argument)

    def _words_of(self, annotation: ast.expr | None) -> Iterator[str]:
        """The words of a `Literal`, or of the alias of one; '' stands for no fault and so for no problem."""
        if isinstance(annotation, ast.Name) and annotation.id != "str":
            for value in self.assigned.get((None, annotation.id), []):
                yield from self._words_of(value)
        elif isinstance(annotation, ast.Subscript) and ast.unparse(annotation.value) == "Literal":
            yield from (
                str(node.value)
                for node in ast.walk(annotation.slice)
                if isinstance(node, ast.Constant) and node.value
            )


@pytest.fixture(scope="module")
def codes(repository: Path) -> set[str]:
    """Every code that a problem can have."""
    files = (file for package in PACKAGES for file in sorted((repository / package).rglob("*.py")))
    return set(Source([ast.parse(file.read_text(encoding="utf8")) for file in files]).codes())


def test_every_problem_code_is_told_and_no_code_is_told_that_does_not_exist(
    repository: Path, codes: set[str]
) -> None:
    page = (repository / "docs" / "errors.md").read_text(encoding="utf8")
    chapter = page.partition("\n## Problems\n")[2].partition("\n## ")[0]
    told = set(re.findall(r"^\| `([^`]+)` \|", chapter, re.MULTILINE))
    assert (sorted(codes - told), sorted(told - codes)) == ([], [])


def test_codes_are_followed_through_functions_choices_and_names() -> None:
    written = """
Kind = Literal["", "f", "g"]
NAMED = "d"
def _doubt(self, code, message): return Problem(code, message)
def of_kind(kind: Kind): return located(kind, "")
def located(code: str, message): return Problem(code=code, message=message)
Problem("a", ""); self._doubt("b", ""); located("c" if x else NAMED, ""); Problem(failure.cause, "")
Problem(words[0], "")
"""
    found = set(Source([ast.parse(written)]).codes())
    assert found == {"a", "b", "c", "d", "f", "g", "words[0]: not to be followed; write the code as a word"}
