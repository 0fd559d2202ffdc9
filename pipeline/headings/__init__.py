"""A table's printed headings become our fields: which column holds what, and whether the table is a tracker at all.

The journey: `find_header` says which rows are the header, `settle` looks at the cells below where the words leave
doubt, `columns_by_content` stands in where no header is printed, `is_tracker` judges the table.
"""

from pipeline.headings.columns import Column, Headings, read_banner, read_heading, read_headings, segment_of
from pipeline.headings.content import columns_by_content, settle
from pipeline.headings.looks import NO_ACTION, NOTHING
from pipeline.headings.tables import (
    HeaderFound,
    Judgement,
    find_header,
    find_unknown_header,
    heads_apart,
    holds_values,
    is_tracker,
)

__all__ = [
    "NOTHING",
    "NO_ACTION",
    "Column",
    "HeaderFound",
    "Headings",
    "Judgement",
    "columns_by_content",
    "find_header",
    "find_unknown_header",
    "heads_apart",
    "holds_values",
    "is_tracker",
    "read_banner",
    "read_heading",
    "read_headings",
    "segment_of",
    "settle",
]
