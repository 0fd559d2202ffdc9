"""docs/architecture.md gives every module of `extract` and `pipeline` its floor."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.mark.parametrize("package", ["extract", "pipeline"])
def test_every_module_has_a_floor_on_the_page(package: str, repository: Path) -> None:
    page = (repository / "docs" / "architecture.md").read_text(encoding="utf8")
    floors = page.partition("\n## Floors\n")[2].partition("\n## ")[0]
    modules = {
        entry.stem
        for entry in (repository / package).iterdir()
        if entry.suffix == ".py" or (entry / "__init__.py").exists()
    } - {"__init__"}
    assert sorted(module for module in modules if f"`{module}`" not in floors) == []
