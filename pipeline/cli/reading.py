"""The commands `tables` and `read`: what is in files, without a database."""

from __future__ import annotations

import typer

from pipeline.cli.options import AsJson, Files, Jobs


def tables(files: Files, as_json: AsJson = False) -> None:
    """Show the tables of each page as drawn.

    That is before they are joined over pages.

    Example: scrutiny tables action-plan.pdf --json
    """
    # Loaded here, so that help is there at once.
    from extract import printable
    from pipeline.attempt import Task, tables_of
    from pipeline.cli.printing import print_line, show_tables
    from pipeline.output import tables_line, tables_not_read
    from pipeline.report import exit_code

    read_count = 0
    for file in files:
        result = tables_of(Task(file))
        if result.document is not None:
            line = tables_line(printable(file), result.document)
            read_count += 1
        else:
            line = tables_not_read(printable(file), result.error)
        print_line(line) if as_json else show_tables(line)
    raise typer.Exit(exit_code(read_count, len(files) - read_count))


def read(files: Files, as_json: AsJson = False, jobs: Jobs = None) -> None:
    """Show what is understood of each file.

    Recommendations, answers, owners, dates, minutes; no database is touched.

    Example: scrutiny read action-plan.pdf minutes.pdf --json
    """
    # Loaded here, so that help is there at once.
    from extract import printable
    from pipeline.attempt import Task, attempts
    from pipeline.cli.printing import print_line, show_paper
    from pipeline.cli.progress import progress_over
    from pipeline.output import not_read, read_line
    from pipeline.report import exit_code
    from pipeline.settings import processors

    read_count = 0
    tasks = [Task(file) for file in files]
    done = attempts(tasks, jobs or min(processors(), len(files)), ordered=True)
    for attempt in progress_over(done, len(files)):
        name = printable(attempt.task.path)
        if attempt.paper is not None:
            line = read_line(name, attempt.paper)
            read_count += 1
        else:
            line = not_read(name, attempt.error)
        print_line(line) if as_json else show_paper(line)
    raise typer.Exit(exit_code(read_count, len(files) - read_count))
