"""Dates as councils print them, as days: forms > printed > mentions > years > running text or a line."""

from pipeline.nlp.dates.line import read_single_date
from pipeline.nlp.dates.running import DatesRead, FoundDate, find_dates, read_dates
from pipeline.nlp.dates.years import Anchor

__all__ = ["Anchor", "DatesRead", "FoundDate", "find_dates", "read_dates", "read_single_date"]
