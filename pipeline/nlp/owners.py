"""The door to owners: those of a cell, those that a sentence gives a task to, the people of a title block."""

from pipeline.nlp.owner_cells import read_owners, says_no_owner
from pipeline.nlp.owner_sentences import owners_in_sentence
from pipeline.nlp.people import read_people

__all__ = ["owners_in_sentence", "read_owners", "read_people", "says_no_owner"]
