"""docs/errors.md knows every error class of the three packages, every outcome and every exit code."""

from __future__ import annotations

import ast
import builtins
import importlib
import inspect
import re
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGES = ("extract", "pipeline", "models")
PAGE = "docs/errors.md"


@pytest.fixture(scope="module")
def modules(repository: Path) -> dict[str, ast.Module]:
    """The syntax tree of every module, by its dotted name."""
    files = (file for package in PACKAGES for file in sorted((repository / package).rglob("*.py")))
    return {
        _dotted(file.relative_to(repository)): ast.parse(file.read_text(encoding="utf8")) for file in files
    }


def test_the_table_of_error_classes_is_current(
    repository: Path, modules: dict[str, ast.Module], golden_section: Callable[[Path, str, str], None]
) -> None:
    rows = ["| Error | What it means | What to do |", "|---|---|---|"]
    rows += [_row(error) for error in _error_classes(modules)]
    golden_section(repository / PAGE, "errors", "\n".join(rows))


def test_every_error_class_says_what_it_means(modules: dict[str, ast.Module]) -> None:
    silent = [error.__name__ for error in _error_classes(modules) if "__doc__" not in vars(error)]
    assert silent == []


def test_every_outcome_of_a_document_is_told(repository: Path) -> None:
    from extract.errors import OUTCOMES

    page = (repository / PAGE).read_text(encoding="utf8")
    assert [code for code in OUTCOMES if f"`{code}`" not in page] == []


def test_the_exit_codes_are_those_of_the_command_line(repository: Path) -> None:
    from pipeline.cli.exits import USAGE
    from pipeline.nightly.values import ANOTHER_RUNS
    from pipeline.report import ALL_READ, NONE_READ, SOME_NOT_READ

    page = (repository / PAGE).read_text(encoding="utf8")
    told = {int(code) for code in re.findall(r"^\| (\d) \|", page, re.MULTILINE)}
    assert told == {ALL_READ, USAGE, SOME_NOT_READ, NONE_READ, ANOTHER_RUNS}


def _dotted(file: Path) -> str:
    return ".".join(file.with_suffix("").parts).removesuffix(".__init__")


def _error_classes(modules: dict[str, ast.Module]) -> list[type[Exception]]:
    """Every exception class that the packages define, in order of module and line."""
    names = {name for name, value in vars(builtins).items() if _is_error(value)}
    bases = [
        (module, node)
        for module, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef) and node.bases
    ]
    found: list[tuple[str, ast.ClassDef]] = []
    while fresh := [pair for pair in bases if pair not in found and _base_names(pair[1]) & names]:
        found += fresh
        names |= {node.name for _, node in fresh}
    found.sort(key=lambda pair: (pair[0], pair[1].lineno))
    return [getattr(importlib.import_module(module), node.name) for module, node in found]


def _is_error(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, Exception)


def _base_names(node: ast.ClassDef) -> set[str]:
    return {ast.unparse(base).rpartition(".")[2] for base in node.bases}


def _row(error: type[Exception]) -> str:
    meaning = inspect.cleandoc(error.__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    return f"| `{error.__module__}.{error.__name__}` | {meaning} | {getattr(error, 'advice', '')} |"


def test_every_cause_of_a_paper_that_was_not_fetched_is_told(repository: Path) -> None:
    from pipeline.sources.errors import NotFetched

    def codes(error: type[NotFetched]) -> set[str]:
        below = error.__subclasses__()
        return {error.code} if not below else set[str]().union(*(codes(one) for one in below))

    page = (repository / PAGE).read_text(encoding="utf8")
    assert [code for code in sorted(codes(NotFetched)) if f"| `{code}` |" not in page] == []
