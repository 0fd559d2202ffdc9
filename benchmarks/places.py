"""Where papers with truth lie: the samples, and the shared papers and scorers where a checkout lies beside us."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

REPOSITORY = Path(__file__).resolve().parent.parent
SAMPLES = REPOSITORY / "samples"
FURTHER = REPOSITORY / "tests" / "papers"
SHARED = REPOSITORY.parent / "shared"
GRIDS = SHARED / "papers" / "grids"
ICDAR = SHARED / "papers" / "icdar2013"


def scorer(name: str) -> ModuleType | None:
    """The shared scorer of that name, None where there is none."""
    path = SHARED / "eval" / f"{name}.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
