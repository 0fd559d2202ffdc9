"""How fast papers are loaded and views answer: `python -m benchmarks.bench_views [OBSERVATIONS] [FILE.db]`.

A few papers are loaded as always; their rows are then multiplied in SQL, each copy with a council of its own.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Row, Table, text

from extract.shapes import Box, Place
from models import database
from models.tables import metadata
from pipeline.load import Location, load_paper
from pipeline.records import (
    DateSpan,
    Deadline,
    Entity,
    Evidence,
    Metadata,
    Owner,
    Paper,
    Recommendation,
    Segment,
    Stated,
)

REVIEWS, STAGES, RECOMMENDATIONS = 10, 4, 25
PROGRESS = ("in_progress", "complete", "not_started", "complete", "superseded")
QUERIES = (
    "select * from v_tracker limit 100",
    "select * from v_tracker where council = 'Council 7 of Ashmarsh-3'",
    "select count(*) from v_tracker",
    "select * from v_overdue limit 100",
    "select * from v_overdue order by due_latest limit 100",
    "select * from v_overdue where council = 'Council 7 of Ashmarsh-3'",
    "select count(*) from v_overdue",
    "select * from v_actions limit 100",
    "select * from v_actions where council = 'Council 7 of Ashmarsh-3'",
    "select * from v_history where council = 'Council 7 of Ashmarsh-3'",
    "select * from v_owner_workload where council = 'Council 7 of Ashmarsh-3'",
    "select * from v_owner_workload order by overdue desc limit 20",
    "select * from v_slippage limit 100",
    "select count(*) from v_slippage",
    "select * from v_dropped limit 100",
    "select count(*) from v_dropped",
    "select * from v_coverage limit 100",
    "select outcome, count(*), sum(unassigned) from v_coverage group by outcome",
    "select subject_id from search where search match 'allotment AND fence' limit 20",
)


def evidence(number: int) -> Evidence:
    """A place on a page of its own."""
    return Evidence((Place(number % 9 + 1, Box(72, 50 + number, 300, 90 + number)),), "as printed")


def recommendation(number: int, stage: int) -> Recommendation:
    """One row of a progress update."""
    day = (date(2024, 1, 31) + timedelta(days=29 * number + 200 * (stage if number % 3 else 0))).isoformat()
    return Recommendation(
        f"That the Council mend the fence of allotment {number} and report to the Panel on what it found.",
        number,
        f"R{number}",
        status=Stated(PROGRESS[(number + stage) % 5], "As said", "officer", evidence=evidence(number)),
        decision=Stated("accepted", "Agreed", "executive", evidence=evidence(number)),
        segments=tuple(
            Segment(kind, f"The team has looked at gate {number} and {kind}.", evidence=evidence(number))
            for kind in ("response", "action", "update")
        ),
        owners=(
            Owner(f"Head of Service {number % 7}", "Head", "post", evidence=evidence(number)),
            Owner("Clerk", "Clerk", "post", "support", evidence=evidence(number)),
        ),
        deadlines=(Deadline(day, "date", edtf=day, earliest=day, latest=day, evidence=evidence(number)),),
        dates=(DateSpan(day, day, day, day),),
        entities=(Entity("Panel", "the Panel", "body"),),
        evidence=evidence(number),
        pages=(number % 9 + 1,),
    )


def papers() -> Iterator[Paper]:
    """Successive papers of several reviews; the last of each leaves out a recommendation."""
    for number in range(REVIEWS * STAGES):
        review, stage = divmod(number, STAGES)
        day = f"20{15 + stage}-0{review % 9 + 1}-01"
        said = Metadata(
            "Progress update",
            council=f"Council {review} of Ashmarsh",
            committee="Panel",
            review=f"Allotments {review}",
            date=DateSpan(day, day, day, day),
        )
        rows = tuple(recommendation(n, stage) for n in range(RECOMMENDATIONS - (stage == STAGES - 1)))
        yield Paper("p.pdf", f"{number:064x}", "progress_update", "", "bench", said, recommendations=rows)


def load(engine: Engine) -> int:
    """Load the papers, tell the pace; the number of observations."""
    started = time.perf_counter()
    for paper in papers():
        load_paper(engine, paper, Location(f"{paper.sha256[-4:]}.pdf"))
    took = time.perf_counter() - started
    with engine.connect() as connection:
        rows = sum(count(connection, table.name) for table in metadata.sorted_tables)
        observations = count(connection, "observations")
    per_paper = took / (REVIEWS * STAGES) * 1000
    print(
        f"load: {per_paper:.1f} ms a paper of {RECOMMENDATIONS} recommendations, {rows / took:,.0f} rows a second"
    )
    return observations


def count(connection: Connection, table: str) -> int:
    """How many rows a table has."""
    return int(connection.execute(text(f"select count(*) from {table}")).scalar_one())


def multiply(engine: Engine, times: int) -> None:
    """Copy all rows `times` times, each copy with keys of its own."""
    with database.writing(engine) as connection:
        connection.execute(text("pragma defer_foreign_keys = on"))
        for table in metadata.sorted_tables:
            if table.name not in ("schema_state", "runs"):
                connection.execute(text(_copies(table)), {"times": times})


def _copies(table: Table) -> str:
    keyed = {column.name for column in table.primary_key} | {
        column.name for key in table.foreign_keys for column in [key.parent]
    }
    keyed |= {"key", "subject_id", "sha256", "name"} & {column.name for column in table.columns}
    columns = [column.name for column in table.columns if column.name != "id" or table.name != "search_texts"]
    values = [
        f"{name} || '-' || k.n" if name in keyed and table.columns[name].type.python_type is str else name
        for name in columns
    ]
    return (
        "with recursive k (n) as (select 1 union all select n + 1 from k where n < :times) "
        f"insert into {table.name} ({', '.join(columns)}) select {', '.join(values)} from {table.name}, k"
    )


def tell(engine: Engine) -> None:
    """The best of three times of each query."""
    for query in QUERIES:
        times, rows = list[float](), list[Row[*tuple[Any, ...]]]()
        with engine.connect() as connection:
            for _ in range(3):
                started = time.perf_counter()
                rows = list(connection.execute(text(query)))
                times.append(time.perf_counter() - started)
        answer = rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else f"{len(rows)} rows"
        print(f"{min(times) * 1000:9.1f} ms  {query}  -> {answer}")


def main() -> None:
    """Load, multiply, ask."""
    wanted = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    with tempfile.TemporaryDirectory() as folder:
        file = sys.argv[2] if len(sys.argv) > 2 else str(Path(folder) / "bench.db")
        engine = database.migrate(f"sqlite:///{file}")
        multiply(engine, wanted // load(engine))
        with engine.connect() as connection:
            print(
                f"{count(connection, 'observations'):,} observations, {Path(file).stat().st_size / 1e6:,.0f} MB"
            )
        tell(engine)


if __name__ == "__main__":
    main()
