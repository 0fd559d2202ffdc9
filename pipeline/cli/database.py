"""The commands that fill the database and tell how it stands: `ingest`, `retry`, `reprocess`, `status`."""

from __future__ import annotations

from pipeline.cli.options import AsJson, Database, Jobs, Paths


def ingest(paths: Paths, db: Database = None, jobs: Jobs = None) -> None:
    """Read every new paper into the database.

    Folders are walked; every file ends as read, as read with nothing found, or as not read and why. What the database
    knows already costs no more than a look at the file; stop and start again as you like.

    Example: scrutiny ingest papers/ --db sqlite:///scrutiny.db
    """
    # Loaded here, so that help is there at once; so in the commands below.
    from pipeline.cli.runs import ingest_paths

    ingest_paths(paths, db, jobs)


def retry(db: Database = None, jobs: Jobs = None) -> None:
    """Try the papers once more that were not read.

    Example: scrutiny retry --db sqlite:///scrutiny.db
    """
    from pipeline.cli.runs import attempt_again

    attempt_again(db, jobs, failed_only=True)


def reprocess(db: Database = None, jobs: Jobs = None) -> None:
    """Understand all papers anew.

    For when the program has learnt something; papers that lie in the store are not read again.

    Example: scrutiny reprocess --db sqlite:///scrutiny.db
    """
    from pipeline.cli.runs import attempt_again

    attempt_again(db, jobs, failed_only=False)


def status(db: Database = None, as_json: AsJson = False) -> None:
    """Tell what was read, and what was not and why.

    Example: scrutiny status --db sqlite:///scrutiny.db
    """
    from pipeline.cli.runs import show_status

    show_status(db, as_json)
