"""What a deadline cell says, as days: phrases and dates > roles > deadlines > the one to show."""

from pipeline.nlp.deadlines.announced import announced_deadlines
from pipeline.nlp.deadlines.cell import Deadlines, read_deadlines
from pipeline.nlp.deadlines.main import main_timeline

__all__ = ["Deadlines", "announced_deadlines", "main_timeline", "read_deadlines"]
