"""Reads lists of people as minutes print them: "Councillors A Bell (Chair), C Dunn, MBE and E Fry"."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

import msgspec

from pipeline.knowledge.minutes import minute_words
from pipeline.nlp.clean import folded
from pipeline.nlp.minutes.matching import any_pattern
from pipeline.nlp.names import kind_of
from pipeline.passages import Passage

_SPLIT = re.compile(r"[,;\n•·●▪*]|\.(?=\s|$)|\s+and\s+|\s+&\s+|\s[–—-]\s|\s/\s")
_BRACKETS = re.compile(r"\(([^)]*)\)?")
_PREFIX = re.compile(r"^(?:and|also|the|with|from|by|together with|plus)\s+", re.IGNORECASE)
_NAME_WORD = re.compile(r"(?:[A-Z][\w'’-]*|[A-Z](?:\.[A-Z])*\.?|(?:O|Mc|Mac|D)['’]?[A-Z][\w’'-]+)\.?$")


class Person(msgspec.Struct, frozen=True):
    """A person named at letters `start` to `end`: the name with its title, the role in a remark, whether an outsider."""

    name: str
    start: int
    end: int
    note: str = ""
    title: str = ""

    @property
    def role_words(self) -> tuple[str, ...]:
        return tuple(part.strip().lower() for part in self.note.split(";") if part.strip())


def people_in(passage: Passage, cuts: tuple[int, ...] = ()) -> tuple[Person, ...]:
    """The people of a list in printed order; posts, honours and remarks go to the name before them.

    `cuts` are letters before which a wide gap is printed. Words that name nobody are passed over.
    """
    out: list[Person] = []
    sticky = ""
    for start, end in _pieces(passage.text, cuts):
        piece = passage.text[start:end]
        person, title = _person(piece, start, sticky)
        if person:
            out.append(person)
            sticky = title
        elif out and _is_remark(piece):
            out = _remarked(out, piece)
    return tuple(out)


def _pieces(text: str, cuts: tuple[int, ...]) -> Iterator[tuple[int, int]]:
    """The pieces between separators that stand in no bracket; a full stop behind an abbreviation separates nothing."""
    depth_at = _depths(text)
    edges: list[tuple[int, int]] = [(cut, cut) for cut in cuts if not depth_at[cut]]
    for match in _SPLIT.finditer(text):
        if depth_at[match.start()] or (match.group() == "." and _abbreviates(text[: match.start()])):
            continue
        edges.append((match.start(), match.end()))
    edges += [(left, right) for left, right in _before_titles(text) if not depth_at[left]]
    start = 0
    for left, right in [*sorted(edges), (len(text), len(text))]:
        if left > start and text[start:left].strip():
            yield start, left
        start = max(start, right)


def _before_titles(text: str) -> Iterator[tuple[int, int]]:
    """The spaces between a name or a remark and the title of the next name: "Cllr Bell (Chair) Cllr Dunn"."""
    words = {word for title in (*minute_words().titles, *minute_words().roles) for word in title.split()}
    for match in _next_title().finditer(text):
        before = match["before"].lower().strip(".:,")
        if match["before"].endswith(")") or (
            before.isalpha() and before not in words | {"and", "the", "from", "by"}
        ):
            yield match.start("gap"), match.end("gap")


@functools.cache
def _next_title() -> re.Pattern[str]:
    titles = "|".join(re.escape(t) for t in sorted(minute_words().titles, key=len, reverse=True))
    return re.compile(rf"(?P<before>[^\s,;]+)(?P<gap>\s+)(?=(?i:{titles})\b\.?\s+[A-Z])")


def _abbreviates(before: str) -> bool:
    last = re.search(r"[\w.]+$", before)
    word = last.group() if last else ""
    return len(word) == 1 or word.lower() in {
        "cllr",
        "cllrs",
        "mr",
        "mrs",
        "ms",
        "dr",
        "st",
        "rev",
        "revd",
        "prof",
        "jr",
    }


def _depths(text: str) -> list[int]:
    depth, out = 0, []
    for ch in text:
        out.append(depth)
        depth += (ch in "([") - (ch in ")]" and depth > 0)
    return [*out, 0]


def _person(piece: str, start: int, sticky: str) -> tuple[Person | None, str]:
    """The person that a piece names, and the title that the names behind it share ("Councillors")."""
    brackets = "; ".join(m.group(1).strip() for m in _BRACKETS.finditer(piece))
    bare = _BRACKETS.sub(lambda m: " " * len(m.group()), piece).rstrip(" .:*")
    offset = len(bare) - len(bare.lstrip())
    said = bare.strip()
    while match := _PREFIX.match(said):
        offset, said = offset + match.end(), said[match.end() :]
    role = _leading_role(said)
    if role:
        brackets = "; ".join(filter(None, (said[:role].strip(" :-–"), brackets)))
        offset, said = offset + role, said[role:]
    title = _title_of(said)
    name = said[len(title) :].strip()
    if not _is_name(name, bool(title) or bool(sticky)) or any_pattern(minute_words().not_people).search(
        folded(said)
    ):
        return None, sticky
    plural = title.lower().rstrip(".").endswith("s") and title.lower() not in ("mrs", "ms", "miss")
    shown = name if plural or not title else said
    first = start + offset + (len(said) - len(said[len(title) :].lstrip()) if plural else 0)
    shared = title if plural else sticky if not title else ""
    return Person(
        " ".join(shown.split()), first, start + offset + len(said), brackets, title or shared
    ), shared


def _leading_role(said: str) -> int:
    """The letters of a role before a name: "Chair Cllr Ann Bell", "Chairman: Ann Bell"."""
    match = _roles().match(folded(said))
    return (
        match.end() if match and match.end() < len(said) and not _title_of(said[: match.end()].strip()) else 0
    )


@functools.cache
def _roles() -> re.Pattern[str]:
    titles = set(minute_words().titles)
    roles = sorted(
        (r for r in minute_words().roles if r not in titles and r != "members"), key=len, reverse=True
    )
    return re.compile(
        rf"(?:the )?(?:{'|'.join(map(re.escape, roles))})(?:\s*[:–-]\s*|\s+(?=[A-Z]))", re.IGNORECASE
    )


def _title_of(said: str) -> str:
    match = _titles().match(said)
    return match.group().strip() if match else ""


@functools.cache
def _titles() -> re.Pattern[str]:
    titles = sorted(minute_words().titles, key=len, reverse=True)
    one = "(?:" + "|".join(re.escape(t).replace(r"\ ", r"\s+") for t in titles) + r")\b\.?"
    return re.compile(rf"(?:the\s+)?{one}(?:\s+{one})*(?:\s*:)?(?=\s|$)", re.IGNORECASE)


def _is_name(name: str, titled: bool) -> bool:
    """Whether the words are a person's name: "A Bell", "Ann Bell", behind a title also "Bell"."""
    words = name.split()
    if not 1 <= len(words) <= 6 or (len(words) == 1 and not titled):
        return False
    if all(word.rstrip(".").lower() in minute_words().honours for word in words):
        return False
    particles = minute_words().particles
    named = all(_NAME_WORD.match(word) or word.lower() in particles for word in words)
    if not named or not re.search(r"[A-Za-z][a-z'’]{1,}|[A-Z]{3,}", words[-1]):
        return False
    return titled or (
        name.lower() not in minute_words().roles and kind_of(name) in {"person", "member", "unknown"}
    )


def _is_remark(piece: str) -> bool:
    """Whether a piece says something of the person before it: an honour, a role, a post."""
    return bool(re.search(r"[A-Za-z]{2}", piece)) and len(piece.split()) <= 10


def _remarked(out: list[Person], piece: str) -> list[Person]:
    """The people with a remark added to the last, or, where it is a plural ("Councillors"), to all before it."""
    said = " ".join(piece.strip(" .()").split())
    if said.rstrip(".").lower() in minute_words().honours:
        last = msgspec.structs.replace(out[-1], name=f"{out[-1].name}, {said}")
        return [*out[:-1], last]
    note = "; ".join(filter(None, (out[-1].note, said)))
    if said.lower() in ("councillors", "members"):
        return out
    return [*out[:-1], msgspec.structs.replace(out[-1], note=note)]
