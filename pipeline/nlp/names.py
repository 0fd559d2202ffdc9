"""Says of a name what it names (a person, a post, a team, a body, ...), and when two names mean one party."""

from __future__ import annotations

import functools
import re
from typing import Literal

import msgspec

from pipeline.knowledge.owners import given_names, owner_words

Sort = Literal[
    "person",
    "member",
    "initials",
    "abbreviation",
    "post",
    "bare_post",
    "team",
    "body",
    "partnership",
    "group",
    "part",
]

# A word of a person's name: "Doe", "O'Neill", "McAllan", "Lloyd-Jones"; an initial or some: "J", "J.", "R.W."
NAME_WORD = re.compile(r"(?:O['’]|Mc|Mac|De|Du|La|Le|Van|Fitz)?[A-ZÀ-Þ][a-zß-ÿ]+(?:[-'’][A-Za-zÀ-ÿ]+)*")
INITIAL = re.compile(r"(?:[A-Z]\.?){1,3}")
PARTICLES = frozenset(
    {"de", "van", "von", "der", "den", "bin", "al", "ap", "la", "le", "di", "da", "el", "ul"}
)
# "MASH", "DfE", "LGfL", "L&D", "NHSE": at least two capitals and nothing but letters, "&" and figures.
ABBREVIATION = re.compile(
    r"(?=(?:[^A-Z]*[A-Z]){2})(?:[A-Z]{1,3}[a-z]{0,2}&?){2,6}\d{0,2}s?|[A-Z]&[A-Z]|[A-Z]{2,7}s?"
)
WORD = re.compile(r"[^\s,/;:()\[\]\"“”–—]+")
DIRECTIONS = frozenset({"north", "south", "east", "west", "mid", "upper", "lower", "greater"})
DETERMINERS = frozenset({"the", "a", "an", "our", "relevant", "appropriate", "all"})


class Lexicon(msgspec.Struct, frozen=True):
    """The words of owners.yml as sets, plurals made."""

    members: frozenset[str]
    honorifics: frozenset[str]
    post_heads: frozenset[str]
    lone_posts: frozenset[str]
    member_posts: tuple[str, ...]
    post_prefixes: frozenset[str]
    area_links: frozenset[str]
    team_heads: frozenset[str]
    body_heads: frozenset[str]
    partnership_heads: frozenset[str]
    ends: frozenset[str]
    lone_bodies: frozenset[str]
    lone_teams: frozenset[str]
    people: frozenset[str]
    institutions: frozenset[str]
    everyone: frozenset[str]
    areas: frozenset[str]
    whole_names: frozenset[str]
    things: frozenset[str]
    heads: frozenset[str]
    usual_abbreviations: dict[str, str]


@functools.cache
def lexicon() -> Lexicon:
    """The words that names are told by; raises KnowledgeError where owners.yml does not fit."""
    words = owner_words()
    teams, bodies = words.team_heads, words.body_heads
    return Lexicon(
        members=frozenset(words.honorifics.member),
        honorifics=frozenset(words.honorifics.member + words.honorifics.person),
        post_heads=_with_plurals(words.post_heads),
        lone_posts=frozenset(words.lone_posts),
        member_posts=words.member_posts,
        post_prefixes=frozenset(words.post_prefixes),
        area_links=frozenset(words.area_links),
        team_heads=frozenset(teams.ends + teams.open),
        body_heads=frozenset(bodies.ends + bodies.open),
        heads=frozenset(teams.ends + teams.open + bodies.ends + bodies.open + words.partnership_heads),
        partnership_heads=frozenset(words.partnership_heads),
        ends=frozenset(teams.ends + bodies.ends),
        lone_bodies=frozenset(words.lone_bodies),
        lone_teams=frozenset(words.lone_teams),
        people=frozenset(words.groups.people),
        institutions=frozenset(words.groups.institutions),
        everyone=frozenset(words.everyone),
        areas=frozenset(words.areas),
        whole_names=frozenset(words.whole_names),
        things=frozenset(words.thing_heads + words.months),
        usual_abbreviations={word: kind for kind, group in words.abbreviations.items() for word in group},
    )


def _with_plurals(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words) | {word + "s" for word in words}


def words_of(name: str) -> list[str]:
    """The words of a name without punctuation around them; an initial keeps its stop."""
    return [word if INITIAL.fullmatch(word) else word.strip(".'’‘*•·-") for word in WORD.findall(name)]


def without_determiner(name: str) -> str:
    """The name without "the", "our", "relevant" before it: 'the Head of Libraries' is 'Head of Libraries'."""
    return re.sub(r"^\s*(?:(?:the|our|an?|relevant|appropriate)\s+)+", "", name, flags=re.IGNORECASE)


@functools.lru_cache(maxsize=8192)
def sort_of(name: str) -> Sort:
    """What `name` names; "part" where it is not known to be a whole name."""
    lex = lexicon()
    if (small := " ".join(w.lower() for w in words_of(name))) in lex.everyone | lex.people | lex.institutions:
        return "group"
    name = without_determiner(name)
    words = [word for word in words_of(name) if word]
    small = " ".join(word.lower() for word in words)
    if not words:
        return "part"
    if small in lex.people or small in lex.institutions:
        return "group"
    return (
        _sort_of_titled(words)
        or _sort_by_head(words, small)
        or _sort_of_letters(words)
        or _sort_of_person(words)
    )


def _sort_of_titled(words: list[str]) -> Sort | None:
    lex, first = lexicon(), words[0].lower().rstrip(".")
    if first not in lex.honorifics or len(words) < 2:
        return None
    if not all(_names_a_person(word) for word in words[1:]):
        return None
    return "member" if first in lex.members else "person"


def _names_a_person(word: str) -> bool:
    return bool(
        NAME_WORD.fullmatch(word)
        or INITIAL.fullmatch(word)
        or word.lower() in PARTICLES | lexicon().honorifics
    )


def _sort_by_head(words: list[str], small: str) -> Sort | None:
    """What the head says: the last word, or a post's head before "of" or "for"."""
    lex, lower = lexicon(), [word.lower() for word in words]
    if lower[-1] in lex.area_links or lower[-1] in {"and", "&"}:
        return "part"
    if _post_then_area(lower):
        return "post"
    if small in lex.lone_bodies:
        return "body"
    if small in lex.lone_teams:
        return "team"
    if _opens_post(lower, words):
        return "post"
    if small in lex.member_posts or lower[-1] in lex.post_heads:
        return "bare_post" if all(w in lex.post_heads | lex.post_prefixes for w in lower) else "post"
    if len(words) > 1 and lower[0] not in lex.area_links:
        for head, sort in (
            (lex.partnership_heads, "partnership"),
            (lex.team_heads, "team"),
            (lex.body_heads, "body"),
        ):
            if lower[-1] in head:
                return sort  # type: ignore[return-value]
    return "body" if _body_of(lower) or small in lex.whole_names else None


def _opens_post(lower: list[str], words: list[str]) -> bool:
    """'Head of Libraries', 'Portfolio Holder for Housing', 'LM for Waste': a post's head, then its area."""
    lex = lexicon()
    for i in range(1, len(lower) - 1):
        if lower[i] in lex.area_links and (lower[i - 1] in lex.post_heads or lower[i - 1] == "member"):
            return True
    return len(words) > 2 and bool(ABBREVIATION.fullmatch(words[0])) and lower[1] in {"for", "of"}


def _post_then_area(lower: list[str]) -> bool:
    """'Assistant Director Housing Services': a post of several words, then an area without any link."""
    lex = lexicon()
    known = lex.post_heads | lex.post_prefixes
    stop = next((i for i, word in enumerate(lower) if word not in known), len(lower))
    if stop == len(lower) or stop < 2 or lower[-1] in lex.post_heads:
        return False
    return lower[stop - 1] in lex.post_heads and lower[stop] in lex.areas


def _body_of(lower: list[str]) -> bool:
    """'Board of Trustees', 'Department for Transport', 'Office for Standards'."""
    lex = lexicon()
    return any(
        lower[i] in {"of", "for"} and lower[i - 1] in lex.heads and lower[-1] not in lex.things
        for i in range(1, len(lower) - 1)
    )


def _sort_of_letters(words: list[str]) -> Sort | None:
    lex = lexicon()
    if len(words) == 1 and words[0].lower() in lex.usual_abbreviations:
        return "abbreviation"
    if all(ABBREVIATION.fullmatch(word) for word in words):
        return "initials" if len(words) == 1 and len(words[0]) == 2 and words[0].isupper() else "abbreviation"
    if len(words) == 1 and re.fullmatch(r"(?:[A-Z]\.){2,4}", words[0]):
        return "initials"
    return None


def _sort_of_person(words: list[str]) -> Sort:
    lex = lexicon()
    if len(words) == 1:
        return "person" if words[0].lower() in given_names() and words[0][:1].isupper() else "part"
    if (
        len(words) > 4
        or not NAME_WORD.fullmatch(words[-1])
        or not all(_names_a_person(word) for word in words)
    ):
        return "part"
    if re.fullmatch(r"[A-Z]{3,}", words[0]) or words[0].lower() in DIRECTIONS:
        return "part"
    if words[0].lower() in given_names() and words[-1].lower() not in lex.heads | lex.things:
        return "person"
    known = lex.areas | lex.heads | lex.post_heads | lex.things | lex.people | lex.institutions
    return "part" if any(word.lower() in known for word in words) else "person"


def ends_name(name: str) -> bool:
    """Whether no further word of the same name is to be expected after `name` ('Housing Team')."""
    words = words_of(name)
    return bool(words) and words[-1].lower() in lexicon().ends


def is_lone_team(name: str) -> bool:
    """Whether a team is called so without any head: 'Trading Standards'."""
    return " ".join(words_of(name)).lower() in lexicon().lone_teams


def is_member_post(name: str) -> bool:
    """Whether an elected member holds the post: 'the Leader', 'Cabinet Member for Housing'."""
    small = " ".join(word.lower() for word in words_of(without_determiner(name)))
    return any(
        small == post or small.startswith((post + " of", post + " for", post + " with", post + " and"))
        for post in lexicon().member_posts
    )


def kind_of(name: str) -> str:
    """The kind that records know: person, member, post, team, body, partnership, group, unknown."""
    sort = sort_of(name)
    if sort == "abbreviation":
        return lexicon().usual_abbreviations.get(name.lower(), "unknown")
    return kind_of_sort(sort)


def kind_of_sort(sort: Sort) -> str:
    """The kind that records know for what a name names."""
    return {"initials": "person", "bare_post": "post", "part": "unknown", "abbreviation": "unknown"}.get(
        sort, sort
    )


@functools.lru_cache(maxsize=8192)
def tidy(name: str) -> str:
    """The name as it is kept: one space between words, no determiner before it, no punctuation at its ends."""
    name = re.sub(r"\s+", " ", name).strip(" ,;:/&–—-*•·")
    name = re.sub(r"^(?:and|or)\s+|\s+(?:and|or)$", "", name)
    name = re.sub(r"^the\s+", "", name, flags=re.IGNORECASE)
    if not re.search(r"(?:\b[A-Z]\.){1,}$", name):
        name = name.rstrip(". ")
    return name if name.count("(") == name.count(")") else name.strip("() ")


@functools.lru_cache(maxsize=8192)
def party_key(name: str) -> str:
    """A key that spellings of one name share: case, determiners, hyphens, "&" and titles' spellings do not count."""
    small = tidy(name).lower().replace("&", " and ").replace("’", "'")
    small = re.sub(r"\b(?:cllrs?|councillors?)\b\.?", "cllr", small)
    small = re.sub(r"\bsub[\s-]*(group|committee|panel)", r"sub\1", small)
    small = re.sub(r"\b(e|co|multi|inter|vice)[\s-]+(?=[a-z])", r"\1", small)
    return re.sub(r"[^\w']+", " ", small).replace("'", "").strip()


def same_party(a: str, b: str) -> bool:
    """Whether two names surely mean one party; two councillors with one surname need a matching initial."""
    first, second = party_key(a), party_key(b)
    if first == second:
        return bool(first)
    return _same_member(first.split(), second.split())


def _same_member(a: list[str], b: list[str]) -> bool:
    if min(len(a), len(b)) < 3 or a[0] != "cllr" or b[0] != "cllr" or a[-1] != b[-1]:
        return False
    given_a, given_b = a[1:-1], b[1:-1]
    one_is_short = len(given_a[0]) == 1 or len(given_b[0]) == 1
    return one_is_short and given_a[0][0] == given_b[0][0]
