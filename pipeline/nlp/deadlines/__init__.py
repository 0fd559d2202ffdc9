"""What a deadline cell says, as days: phrases and dates > roles > deadlines > the one to show."""

from pipeline.nlp.deadlines.cell import Deadlines, read_deadlines
from pipeline.nlp.deadlines.main import main_timeline

__all__ = ["Deadlines", "main_timeline", "read_deadlines"]
