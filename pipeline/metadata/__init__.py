"""What a paper says of itself above its table and around its pages: title, council, committee, dates, people.

`front_matter` gathers what is printed there, `take_apart` tells labels from headlines, `read_metadata` reads them.
"""

from pipeline.metadata.front import FrontMatter, front_matter
from pipeline.metadata.reading import prominent_lines, read_metadata, take_apart

__all__ = ["FrontMatter", "front_matter", "prominent_lines", "read_metadata", "take_apart"]
