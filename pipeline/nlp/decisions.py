"""Reads the decision on a recommendation where the paper states one, and nowhere else."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from pipeline.knowledge.language import DecidedBy, Decisions, decisions
from pipeline.nlp.choices import chosen
from pipeline.nlp.clean import after_bullet, folded
from pipeline.nlp.marking import Marker, find_markers
from pipeline.nlp.numbering import find_numbered
from pipeline.nlp.patterns import WHEN, number_words
from pipeline.passages import Passage
from pipeline.records import Certainty, Stated

# What may stand behind a decision word: an end, punctuation, a bracket, a dash, a condition, who decided.
_BOUNDARY = re.compile(
    r"\s*(?:$|\n|[.;:,()!]|-\s|\s-|subject to\b|provided\b|but\b"
    r"|(?:on )?\d{1,2}[ ./-](?:\d{1,2}|[A-Z][a-z]{2,8})[ ./-](?:20)?\d\d\b"
    r"|as (?:drafted|worded|written|it stands)\b|(?:from|until) (?=\d)|(?:for|in respect of|as regards) (?:the|all|our|those|these|its|council)\b"
    r"|(?:by|at) (?:the )?(?:cabinet|executive|council|committee|panel|portfolio|leader|mayor|board)\b)",
    re.IGNORECASE,
)
_SURE = re.compile(r"\s*(?:$|\n|[.;:,(!)-])")
# Behind "Cabinet Response: Agreed", where a scan has run the next line on: "Agreed The council ..."
_THESE = r"(?:this|the|these|(?:both|all)(?: (?:two|three|four|five|six))?(?: of)?(?: the| these)?)"
_THUS = r"(?: therefore| accordingly| thus| hence| consequently)?"
_NEW_SENTENCE = re.compile(r" (?=[A-Z][a-z]*\b)")
_CONDITION = re.compile(r"(?:,?\s+(?:subject to|provided|but)\b[^.\n]*)?", re.IGNORECASE)
_RUN_ON = re.compile(r"(?:Agreed|Accepted)(?= [a-z]+(?: [a-z]+){0,4} (?:has|have|is|are|was|were|will)\b)")
_MAY_STATE = re.compile(
    r"ecommendation|elcome|decision|(?:greed|elt|onsidered|ecided|oncluded|view) that|saw no|able to|unable|not able|annot|pleased|happy|content|glad|note|gree|ccept|no power|to decide|to wait|to await|half"
)
_DATED = re.compile(rf"(?:{WHEN})(?:\s*[:,-]+\s*|\s+)(?=[A-Z])", re.IGNORECASE)
_TURN = re.compile(r",? but\b|;|, so\b")
_AFTERWARDS = re.compile(
    r"(?:after|following|having)\b(?:(?!\bif\b)[^.;]){3,80}?(?= (?:it|they|members|the [a-z]+) )",
    re.IGNORECASE,
)
_ON_THAT = re.compile(r"on (?:that|this) (?:footing|basis|understanding),?\s", re.IGNORECASE)
_NARRATED = re.compile(r", (?:when|where|at which) (?:it was|they|members|the [a-z]+)\s*$", re.IGNORECASE)
_AND = re.compile(r",? and\b")
_SENTENCE = re.compile(r"[^.\n!?]+")
_SHORT_ANSWER = re.compile(
    r"(?:yes(?:,? (?:in part|in principle|partly))?|no(?!\. ?\d)|not yet|in part|in principle|partly|partially|already (?:in progress|happening|done|in place|in hand|under ?way))(?=[.,;:]|\s-|\s*$)",
    re.IGNORECASE,
)
_SHORT_DECISION = 8  # words, with the condition
_LAST_SENTENCE = re.compile(r"[.!?]\s+(?P<said>[A-Z][^.!?\n]{3,60})\.?\s*$")
_BY = re.compile(r"\s+(?:by|at)\s+(?:the\s+)?(?P<who>[a-z ]{2,30})", re.IGNORECASE)
_ALONE = re.compile(r"[\s.;:!)]*(?=\n|$)")


class _Found(msgspec.Struct, frozen=True):
    """A decision at the letters `start` to `end`; `cut` are those of the line that is nothing but the decision."""

    value: str
    start: int
    end: int
    by: DecidedBy = ""
    rank: int = 0
    certainty: Certainty = "certain"
    cut: tuple[int, int] | None = None


class _Opening(msgspec.Struct, frozen=True):
    """A place where a decision may stand: the start of the cell, of a paragraph, or behind a marker."""

    start: int
    line: int  # where its line starts, marker included
    first: bool
    marker: Marker | None = None


def read_decision(cell: Passage, column: bool, by: DecidedBy = "") -> Stated | None:
    """The decision that a cell states; None where it states none, or two that differ without being those of its parts.

    `column` says that the column is one of decisions, where "Yes", "No" and "In part" count too; `by` is who decides
    in that column. A marker ("Cabinet Response:") or the words ("by Cabinet") say it where the column does not.
    """
    found = _decide(cell, column)
    return _stated(cell, found, by) if found else None


def take_decision(
    cell: Passage, column: bool = False, by: DecidedBy = "", answer: bool = False
) -> tuple[Stated | None, Passage]:
    """The decision of a cell, and the cell without the line that is nothing but the decision ("Response: Agreed").

    A decision that goes on in its paragraph ("Accepted. We will ...") leaves the cell whole. `answer` says that the
    column is one of responses, where a short answer decides ("Yes. ...", "In part. ..."), and where the answer may
    follow without a stop ("Agreed dates have been circulated").
    """
    found = _decide(cell, column) or (_answered(cell.text) if answer else None)
    if not found:
        return None, cell
    stated = _stated(cell, found, by)
    if not found.cut:
        return stated, cell
    start, end = found.cut
    return stated, Passage.joined((cell.part(0, start), cell.part(end)))


def _answered(text: str) -> _Found | None:
    """The decision of an answer that opens with a short one, runs on behind it, or says it in its last sentence: "... Accepted."."""
    return _short_answer(text) or _run_on(text) or _closing_answer(text)


def _closing_answer(text: str) -> _Found | None:
    """The decision that the last sentence of an answer is, and no more than it."""
    closing = _LAST_SENTENCE.search(text)
    said = read_decision(Passage.plain(closing["said"]), column=False) if closing else None
    if closing is None or said is None or not closing["said"].startswith(said.words):
        return None
    return _Found(said.value, closing.start("said"), closing.end("said"), certainty="likely")


def _stated(cell: Passage, found: _Found, by: DecidedBy) -> Stated:
    words = cell.text[found.start : found.end].strip(" .;,")
    evidence = cell.evidence(found.start, found.end)
    return Stated(found.value, words, found.by or by, found.certainty, evidence)


def _decide(cell: Passage, column: bool) -> _Found | None:
    text = folded(cell.text)
    dated = _DATED.match(text) if column else None
    if dated and (rest := _decide(cell.part(dated.end()), column)):  # "10.10.23 Approved"
        at = text.index(folded(cell.part(dated.end()).text), dated.end())
        return msgspec.structs.replace(rest, start=rest.start + at, end=rest.end + at, cut=None)
    if column and (ticked := chosen(text)):
        start, end = ticked
        said = _decide(cell.part(start, end), column)
        return said and msgspec.structs.replace(said, start=start, end=end, cut=(0, len(cell.text)))
    found = [*_worded(cell, text, column), *_trailing(text), *_sentences(text)]
    best = [one for one in found if one.rank == max(other.rank for other in found)]
    if len({one.value for one in best}) < 2:
        return best[0] if best else None
    return _of_parts(text, best) if column else None


def _of_parts(text: str, found: list[_Found]) -> _Found | None:
    """Decisions that differ from part to part, each behind its letter ("a) Agreed b) Deferred"): accepted in part."""
    lettered = all(
        _behind_number(text, after_bullet(text, text.rfind("\n", 0, one.start) + 1)) == one.start
        for one in found
    )
    if not lettered or not any(one.value.startswith("accepted") for one in found):
        return None
    return _Found("accepted_in_part", found[0].start, found[-1].end, found[0].by, certainty="likely")


@functools.cache
def _phrases(column: bool) -> tuple[tuple[str, tuple[tuple[re.Pattern[str], bool], ...]], ...]:
    """(value, its patterns) in the order in which they are asked; the flag says that words may follow in a column.

    "No" and "Yes" decide only with a stop behind them: a sentence may begin with them.
    """
    return tuple(
        (
            entry.value,
            (
                *((re.compile(word, re.IGNORECASE), column) for word in entry.words),
                *((re.compile(word, re.IGNORECASE), False) for word in entry.column if column),
            ),
        )
        for entry in decisions().decisions
    )


@functools.cache
def _any_phrase(column: bool) -> re.Pattern[str]:
    """All phrases at once: most places hold none, which this tells in one look."""
    return re.compile(
        "|".join(p.pattern for _, patterns in _phrases(column) for p, _ in patterns), re.IGNORECASE
    )


def _longest_first(words: tuple[str, ...]) -> list[str]:
    return sorted(words, key=len, reverse=True)


def _worded(cell: Passage, text: str, column: bool) -> Iterator[_Found]:
    for opening in _openings(cell, text):
        led = bool(opening.marker and opening.marker.style == "colon")
        found = _phrase_at(text, opening.start, column, led)
        if not found:
            continue
        settled = _placed(text, opening, found)
        if opening.first or opening.marker or settled.cut:
            yield settled


def _openings(cell: Passage, text: str) -> Iterator[_Opening]:
    """The starts of paragraphs and what stands behind markers, in order."""
    marked = {m.start: m for m in find_markers(cell)}
    starts = sorted({0, *(m.end() for m in re.finditer(r"\n", text)), *marked})
    for line in starts:
        at = after_bullet(text, line)
        marker = marked.get(at)
        if marker and marker.kind not in ("response", "decision", "comment", "update"):
            continue
        start = after_bullet(text, _behind(text, marker.after if marker else _behind_number(text, at)))
        yield _Opening(start, line, line == 0, marker)


def _behind(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _behind_number(text: str, at: int) -> int:
    """Behind "a)" or "Recommendation 3:", as answers are lettered."""
    found = find_numbered(text, at)
    return found.after if found and found.certainty == "certain" and found.after < len(text) else at


def _phrase_at(text: str, start: int, column: bool, led: bool = False) -> _Found | None:
    """The decision words at `start`; `led` says that a marker with a colon stands before them."""
    if not text[start : start + 1].strip("'\"("):
        return None
    if not _any_phrase(column).match(text, start):
        return None
    for value, patterns in _phrases(column):
        ends = ((m.end(), loose) for pattern, loose in patterns if (m := pattern.match(text, start)))
        end = max((end for end, loose in ends if _ends_there(text, end, loose, led)), default=None)
        if end is not None and not _decides_else(text, end):
            return _Found(value, start, end, certainty="certain" if _SURE.match(text, end) else "likely")
    return None


def _short_answer(text: str) -> _Found | None:
    """A short answer with a stop behind it, as what it answers asks yes or no: "Yes. ...", "No, ...", "In part. ..."."""
    match = _SHORT_ANSWER.match(folded(text))
    found = _phrase_at(folded(text), 0, column=True) if match else None
    return msgspec.structs.replace(found, certainty="likely") if found else None


def _run_on(text: str) -> _Found | None:
    """An acceptance that the answer goes on from without a stop: "Agreed dates have been circulated"."""
    match = _RUN_ON.match(text)
    if not match or _decides_else(text, match.end()):
        return None
    return _Found("accepted", 0, match.end(), certainty="unsure")


def _ends_there(text: str, end: int, loose: bool, led: bool) -> bool:
    if loose and not text[end : end + 1].isalnum() and text[end : end + 1] != "?":
        return True
    return bool(_BOUNDARY.match(text, end) or (led and _NEW_SENTENCE.match(text, end)))


def _decides_else(text: str, end: int) -> bool:
    """Whether the words behind make it no decision: "Agreed that ...", "Noted the ...", "Accepted Recommendations"."""
    following = re.match(r"\s*([A-Za-z]+)\b", text[end : end + 30])
    word = (following or ["", ""])[1]
    return word in decisions().continues or word.lower() in ("recommendation", "recommendations")


def _placed(text: str, opening: _Opening, found: _Found) -> _Found:
    """The phrase with its condition, who says it, and the line it takes where it stands alone."""
    end = found.end
    condition = _CONDITION.match(text, end)
    end = condition.end() if condition else end
    by = _by(text, end) or (opening.marker.by if opening.marker else "")
    alone = _ALONE.match(text, end) or (_NEW_SENTENCE.match(text, end) if opening.marker else None)
    if len(text[found.start : end].split()) > _SHORT_DECISION or (
        condition and condition.group() and not opening.marker
    ):
        alone = None  # what says more than "Agreed in principle" is an answer: "subject to funding"
    decides = bool(opening.marker and (opening.marker.kind == "decision" or by == "executive"))
    return msgspec.structs.replace(
        found,
        end=end,
        by=by,
        rank=2 if decides else 1,
        cut=(opening.line, alone.end()) if alone else None,
    )


def _by(text: str, end: int) -> DecidedBy:
    match = _BY.match(text, end)
    who = match["who"].lower() if match else ""
    return next(
        (by for by, words in decisions().deciders.items() if any(who.startswith(w) for w in words)), ""
    )


@functools.cache
def _bracketed() -> re.Pattern[str]:
    words = "|".join(word for entry in decisions().decisions for word in _longest_first(entry.words))
    return re.compile(rf"[(\[](?P<words>{words})[)\]]\.?\s*(?=\n|$)", re.IGNORECASE)


def _trailing(text: str) -> Iterator[_Found]:
    """Decisions in brackets at the end of a paragraph: "... by the spring (partially accepted)"."""
    for match in _bracketed().finditer(text):
        found = _phrase_at(text, match.start("words"), column=False)
        if found and found.end == match.end("words"):
            yield msgspec.structs.replace(found, rank=1)


@functools.cache
def _stating() -> tuple[tuple[str, re.Pattern[str]], ...]:
    known: Decisions = decisions()
    body = "(?:" + "|".join(known.bodies) + ")"
    # "The recommendation is therefore accepted in part."
    thus, the_one = "(?:is|are|was|were)", "(?:the|this) recommendation"
    return tuple(
        (
            s.value,
            re.compile(
                rf"(?:\b|^){s.pattern.replace('{body}', body).replace('{these}', _THESE).replace(thus, thus + _THUS).replace(the_one, _named_one())}\b",
                re.IGNORECASE,
            ),
        )
        for s in known.sentences
    )


@functools.cache
def _named_one() -> str:
    """One recommendation, by its number too: "that Recommendation One be accepted"."""
    numbers = "|".join((r"\d{1,2}[a-z]?", "[a-z]", *number_words()))
    return rf"(?:(?:the|this) recommendation|recommendation (?:{numbers}))"


def _opens_statement(text: str, start: int, end: int) -> bool:
    """Whether a statement begins at any of the words with which one may: asked there alone, it is soon told."""
    words, statement = _stating_words()
    return any(statement.match(text, word.start(), end) for word in words.finditer(text, start, end))


@functools.cache
def _stating_words() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The words with which statements begin (see `sentences` of decisions.yml), and all statements at once."""
    words = "|".join((*decisions().bodies, *decisions().openings))
    statements = "|".join(f"(?:{pattern.pattern})" for _, pattern in _stating())
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE), re.compile(statements, re.IGNORECASE)


def _sentences(text: str) -> Iterator[_Found]:
    """Sentences that state a decision on the recommendation itself, said without a condition."""
    for sentence in _SENTENCE.finditer(text):
        if not _MAY_STATE.search(text, *sentence.span()) or not _opens_statement(text, *sentence.span()):
            continue
        for value, pattern in _stating():
            match = pattern.search(sentence.group())
            if match and _is_unconditional(sentence.group()[: match.start()]):
                at = sentence.start()
                yield _Found(value, at + match.start(), at + match.end(), certainty="likely")
                break


def _is_unconditional(before: str) -> bool:
    """Whether nothing before a statement in its sentence makes it none: few words, and no condition on it."""
    if _NARRATED.search(before):
        return True
    before = _AFTERWARDS.sub("", before, count=1)  # "Following a long debate it was agreed"
    before = _ON_THAT.sub("", before, count=1)  # "On that footing I accept the recommendation in principle"
    turned = _TURN.split(before.lower())[-1]  # "I have thought hard about it, but" says nothing against it
    clause = _AND.split(turned)[-1].split()
    known = decisions()
    return (
        len(clause) <= 6
        and not set(clause) & set(known.conditions)
        and not set(turned.split()) & set(known.suppositions)
    )
