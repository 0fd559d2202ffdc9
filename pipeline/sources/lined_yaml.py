"""YAML files as checked values: what is wrong is told with the file and the line it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml import MappingNode, Node, SequenceNode

Model = TypeVar("Model", bound=BaseModel)
Value = TypeVar("Value")


def not_empty(values: tuple[Value, ...]) -> tuple[Value, ...]:
    """A check on a list that is made only once its entries are sound: their faults alone are told."""
    if not values:
        raise ValueError("must name at least one")
    return values


class SettingsError(ValueError):
    """A settings file is missing, is no YAML, or holds what it should not; the message names file and line."""

    advice = "Mend the line; docs/nightly.md says what may stand there."


def read(path: Path, shape: type[Model]) -> Model:
    """The file at `path` as a value of `shape`. Raises SettingsError with a line for each fault."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
        _check_keys(path, root)
        return shape.model_validate(yaml.safe_load(text) or {}, context={"folder": path.parent})
    except yaml.YAMLError as error:
        raise SettingsError(f"{path}{_mark(error)}: no YAML: {_problem(error)}") from error
    except ValidationError as error:
        raise SettingsError("\n".join(_told(path, root, fault) for fault in _faults(error))) from error


def _faults(error: ValidationError) -> list[tuple[Sequence[str | int], str]]:
    return [(fault["loc"], fault["msg"]) for fault in error.errors()]


def _told(path: Path, root: Node | None, fault: tuple[Sequence[str | int], str]) -> str:
    where, message = fault
    line, names = _line_of(root, where)
    name = ".".join(names)
    return f"{path}:{line}: {name + ': ' if name else ''}{message[:1].lower()}{message[1:]}"


def _line_of(root: Node | None, where: Sequence[str | int]) -> tuple[int, list[str]]:
    """The line on which the thing at `where` stands, or the last of its ancestors that does; and its printed name."""
    node, line, names = root, 1, list[str]()
    for step in where:
        child = _child(node, step)
        if child is None:
            # A choice between shapes adds its tag to the path; what is missing has no line of its own.
            names += [str(step)] if step == where[-1] else []
            continue
        line, node = child[0].start_mark.line + 1, child[1]
        names.append(str(step))
    return line, names


def _child(node: Node | None, step: str | int) -> tuple[Node, Node] | None:
    """The nodes that mark and hold what `step` leads to; None where it leads nowhere."""
    if isinstance(node, MappingNode):
        return next((pair for pair in node.value if pair[0].value == str(step)), None)
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None


def _check_keys(path: Path, node: Node | None) -> None:
    """Raises SettingsError where a name stands twice: YAML would take the last and say nothing."""
    if isinstance(node, MappingNode):
        seen = set[str]()
        for key, value in node.value:
            if key.value in seen:
                raise SettingsError(f"{path}:{key.start_mark.line + 1}: {key.value}: stands twice")
            seen.add(key.value)
            _check_keys(path, value)
    elif isinstance(node, SequenceNode):
        for value in node.value:
            _check_keys(path, value)


def _mark(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f":{mark.line + 1}" if mark else ""


def _problem(error: yaml.YAMLError) -> str:
    return getattr(error, "problem", None) or str(error)
