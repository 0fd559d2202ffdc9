"""What a paper says of itself above its table and around its pages: title, council, committee, dates, people.

`front_matter` gathers what is printed there, `read_metadata` reads it.
"""

from pipeline.metadata.front import FrontMatter, front_matter
from pipeline.metadata.reading import prominent_lines, read_metadata

__all__ = ["FrontMatter", "front_matter", "prominent_lines", "read_metadata"]
