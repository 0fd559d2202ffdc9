"""The night's visits: every council's host asked in turn, each with its own fetcher and ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import msgspec

from pipeline.nightly.settings import NightSettings
from pipeline.settings import Settings
from pipeline.sources.councils import Council, ModernGov
from pipeline.sources.fetching import Etiquette, Fetcher
from pipeline.sources.hosts import Hosts
from pipeline.sources.ledger import Ledger
from pipeline.sources.listed import sign
from pipeline.sources.moderngov.visit import Errand, Visit, Visited
from pipeline.sources.papers import Papers

Tell = Callable[[str], None]


class Orders(msgspec.Struct, frozen=True):
    """What one night is for: the day that counts as today, whether it only says what it would do, and whether what
    failed is tried again before its time.
    """

    today: dt.date
    dry_run: bool = False
    retries: bool = False


def visit(
    council: Council, source: ModernGov, settings: NightSettings, orders: Orders, tell: Tell
) -> Visited:
    """Visit one council's web service. A dry run writes nothing."""
    ledger = ledger_of(council, settings.batch, keeps=not orders.dry_run)
    fetcher = fetcher_of(source, settings.contact)
    errand = Errand(council, source, orders.today, not orders.dry_run, orders.retries)
    try:
        return Visit(errand, fetcher, ledger, Papers(settings.batch.papers_folder)).go(tell)
    finally:
        fetcher.close()


def ledger_of(council: Council, settings: Settings, keeps: bool = True) -> Ledger:
    """The ledger of a council, beside the database."""
    folder = settings.sources_folder / council.key
    if keeps:
        sign(folder, council.label, council.name)
    return Ledger(folder, keeps)


def fetcher_of(source: ModernGov, contact: str) -> Fetcher:
    """Who asks a council's host, with the manners of its settings."""
    manners = source.manners
    etiquette = Etiquette(
        contact, manners.pause_seconds, manners.tries, manners.back_off_seconds, source.bounds.seconds
    )
    return Fetcher(Hosts(source.address, source.hosts, source.private), etiquette)
