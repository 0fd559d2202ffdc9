"""Whether a paragraph answers a recommendation: it opens with a decision."""

from __future__ import annotations

from pipeline.nlp.decisions import read_decision, take_decision
from pipeline.passages import Passage
from pipeline.understanding.pieces import Piece

_STATED_WITHIN = (
    30  # letters of a paragraph within which the words of a decision begin that make it an answer
)


def states_decision(piece: Piece, answers: bool) -> bool:
    """Whether a paragraph opens with a decision; in a paper of answers the sentence that says it is enough, or "Yes.", "Not yet."."""
    said = Passage.of_lines(piece.lines)
    stated = take_decision(said, answer=True)[0] if answers else read_decision(said, column=False)
    if stated is None or not (answers or stated.certainty == "certain"):
        return False
    return 0 <= " ".join(piece.text.split()).lower().find(stated.words.lower()) < _STATED_WITHIN
