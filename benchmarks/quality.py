"""How well tables are read: cell F1 and adjacency F1 of ours and of the others, on the same files in the same run."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import mean
from types import ModuleType

from benchmarks.chapters import Chapter, Claim, Table
from benchmarks.places import GRIDS, ICDAR, scorer
from benchmarks.readers import LATTICE, OURS, PLUMBER_LINES, PLUMBER_TEXT, SETTINGS, VECTOR, Tables
from benchmarks.work import tables_by

READERS = (OURS, PLUMBER_LINES, PLUMBER_TEXT, LATTICE, VECTOR)
Scores = dict[str, tuple[float, float]]  # (cells, adjacency) by file


def table_quality() -> Chapter:
    """Grids file by file, and the means over both collections."""
    scoring = scorer("score_tables")
    if scoring is None:
        return Chapter("Tables", ["Left out: the shared papers are not here (they belong in ../shared)."])
    grids, icdar = (_scores(scoring, folder) for folder in (GRIDS, ICDAR))
    files = sorted(grids[OURS])
    by_style = Table(
        ("cell F1", *READERS),
        [
            *((file, *(_figure(grids[r][file][0]) for r in READERS)) for file in files),
            _means("mean", grids, 0),
        ],
    )
    means = Table(
        ("mean F1", *READERS),
        [_means("grids, cells", grids, 0), _means("grids, adjacency", grids, 1),
         _means("ICDAR-2013 (EU), cells", icdar, 0), _means("ICDAR-2013 (EU), adjacency", icdar, 1)],
    )  # fmt: skip
    settings = "\n".join(f"- {name}: {SETTINGS[name]}" for name in READERS)
    sizes = f"{len(files)} border styles of {GRIDS.name}, {len(icdar[OURS])} files of ICDAR-2013."
    worst = sorted(icdar[OURS].items(), key=lambda item: item[1][1])[:8]
    weak = "Our weakest of ICDAR-2013: " + ", ".join(f"{name} {score[1]:.2f}" for name, score in worst) + "."
    return Chapter("Tables", [sizes, by_style, means, weak, settings], _claims(grids, icdar))


def _scores(scoring: ModuleType, folder: Path) -> dict[str, Scores]:
    files = [
        file for file in sorted(folder.glob("*.pdf")) if scoring.gold_tables(file.name, folder) is not None
    ]
    return {reader: _score(scoring, folder, tables_by(reader, files)) for reader in READERS}


def _score(scoring: ModuleType, folder: Path, found: dict[str, Tables | None]) -> Scores:
    """A file that a reader fails on counts as one without tables."""
    return {
        name: tuple(scoring.score_file(tables or [], scoring.gold_tables(name, folder)))
        for name, tables in found.items()
    }


def _means(title: str, scores: dict[str, Scores], which: int) -> list[str]:
    return [title, *(_figure(_mean(scores[reader], which)) for reader in READERS)]


def _mean(scores: Scores, which: int) -> float:
    return mean(score[which] for score in scores.values())


def _claims(grids: dict[str, Scores], icdar: dict[str, Scores]) -> Sequence[Claim]:
    ruled = {name: score[0] for name, score in grids[OURS].items() if "borderless" not in name}
    bare = {name: score[0] for name, score in grids[OURS].items() if "borderless" in name}
    worst = min(ruled, key=ruled.__getitem__)
    peers = max(_mean(icdar[reader], 1) for reader in READERS if reader != OURS)
    own = _mean(icdar[OURS], 1)
    return (
        Claim("cells on every ruled or shaded style", "at least 0.999", f"{ruled[worst]:.4f} ({worst})", ruled[worst] >= 0.999),
        Claim("cells without any rule", "at least 0.97", f"{min(bare.values()):.4f}", min(bare.values()) >= 0.97),
        Claim("adjacency on ICDAR-2013", f"above 0.75 and the best peer's {peers:.3f}", f"{own:.3f}", own > max(0.75, peers)),
    )  # fmt: skip


def _figure(value: float) -> str:
    return f"{value:.3f}"
