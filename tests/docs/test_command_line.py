"""docs/command-line.md knows every command with its arguments and options, in the words of their own help."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from pipeline.cli import app

PAGE = "docs/command-line.md"


def test_the_commands_are_current(repository: Path, golden_section: Callable[[Path, str, str], None]) -> None:
    golden_section(repository / PAGE, "commands", "\n".join(_chapters()))


def test_every_command_says_what_it_does_and_shows_an_example() -> None:
    assert [name for name, command in _commands() if "scrutiny " not in (command.help or "")] == []


def test_every_option_says_what_it_is_for() -> None:
    silent = [
        (name, p.name) for name, command in _commands() for p in _shown(command) if not getattr(p, "help", "")
    ]
    assert silent == []


def _commands() -> list[tuple[str, Any]]:
    """Names and commands, those of groups with the group's name before theirs."""
    return list(_within("", typer.main.get_command(app)))


def _within(prefix: str, group: Any) -> Iterator[tuple[str, Any]]:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _within(f"{prefix}{name} ", command)
        else:
            yield f"{prefix}{name}", command


def _shown(command: Any) -> list[Any]:
    return [p for p in command.params if p.name != "help" and not getattr(p, "hidden", False)]


def _chapters() -> Iterator[str]:
    for name, command in _commands():
        yield f"### scrutiny {name}\n\n{_help(command)}\n"
        if rows := [_row(parameter) for parameter in _shown(command)]:
            yield "\n".join(["| Argument or option | Default | Meaning |", "|---|---|---|", *rows]) + "\n"


def _help(command: Any) -> str:
    """The help with the markup of its examples as code."""
    return re.sub(r"\[cyan\](.*?)\[/(?:cyan)?\]", r"`\1`", inspect.cleandoc(command.help or ""))


def _row(parameter: Any) -> str:
    return f"| {_name(parameter)} | {_default(parameter)} | {parameter.help.replace('|', '/')} |"


def _name(parameter: Any) -> str:
    shape = parameter.metavar or ""
    if parameter.param_type_name == "argument":
        return f"`{shape or parameter.name.upper()}`"
    names = ", ".join(f"`{name}`" for name in [*parameter.opts, *parameter.secondary_opts])
    return f"{names} {shape}".strip()


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    told, default = parameter.show_default, parameter.default
    if isinstance(told, str):
        return told
    return "" if default in (None, False) or callable(default) else f"{default}"
