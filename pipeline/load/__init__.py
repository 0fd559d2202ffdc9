"""Records become rows: the only crossing between the pipeline and the database, a transaction a document.

`load_paper` and `load_failure` write what was read; `load_location` and `close_locations` say where documents lie;
`known_documents` and `known_locations` tell what needs no reading; `start_run` and `end_run` keep the diary.
"""

from __future__ import annotations

from pipeline.load.diary import RunCounts, end_run, start_run
from pipeline.load.known import close_locations, known_documents, known_locations, load_location
from pipeline.load.paper import load_failure, load_paper
from pipeline.load.values import Failure, Given, LoadResult, Location

__all__ = [
    "Failure", "Given", "LoadResult", "Location", "RunCounts", "close_locations", "end_run", "known_documents",
    "known_locations", "load_failure", "load_location", "load_paper", "start_run",
]  # fmt: skip
