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
DETERMINED = re.compile(r"\s*(?:(?:the|our|an?|relevant|appropriate)\s+)+", re.IGNORECASE)
CONJUNCTION_AT_EDGE = re.compile(r"^(?:and|or)\s+|\s+(?:and|or)$")
ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
# "Jane D.", "R.W.": the last stop is the initial's own.
INITIALS_AT_END = re.compile(r"\b[A-Z]\.$")
COUNCILLOR = re.compile(r"\b(?:cllrs?|councillors?)\b\.?")
SUB_BODY = re.compile(r"\bsub[\s-]*(group|committee|panel)")
PARTED_PREFIX = re.compile(r"\b(e|co|multi|inter|vice)[\s-]+(?=[a-z])")
NO_LETTER = re.compile(r"[^\w']+")
DOTTED_INITIALS = re.compile(r"(?:[A-Z]\.){2,4}")
CAPITALS = re.compile(r"[A-Z]{3,}")


class Lexicon(msgspec.Struct, frozen=True):
    """The words of owners.yml as sets, plurals made; the last few are unions of the others that every name is held to.

    `ranks`: of services, the longest first; `groups`: plural names of people and institutions, of everyone too; `posts`: words that only posts are made of;
    `in_persons`: small words of persons' names; `not_surnames`, `in_no_person`: words of bodies, posts and things.
    """

    members: frozenset[str]
    honorifics: frozenset[str]
    ranks: tuple[tuple[str, ...], ...]
    post_heads: frozenset[str]
    lone_posts: frozenset[str]
    member_posts: tuple[str, ...]
    post_prefixes: frozenset[str]
    functions: frozenset[str]
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
    groups: frozenset[str]
    posts: frozenset[str]
    in_persons: frozenset[str]
    not_surnames: frozenset[str]
    in_no_person: frozenset[str]


@functools.cache
def lexicon() -> Lexicon:
    """The words that names are told by; raises KnowledgeError where owners.yml does not fit."""
    words = owner_words()
    teams, bodies = words.team_heads, words.body_heads
    honorifics = frozenset(words.honorifics.member + words.honorifics.person)
    post_heads, post_prefixes = _with_plurals(words.post_heads), frozenset(words.post_prefixes)
    heads = frozenset(teams.ends + teams.open + bodies.ends + bodies.open + words.partnership_heads)
    things = frozenset(words.thing_heads + words.months)
    groups = frozenset(words.groups.people + words.groups.institutions)
    return Lexicon(
        members=frozenset(words.honorifics.member),
        honorifics=honorifics,
        ranks=tuple(sorted((tuple(rank.split()) for rank in words.ranks), key=len, reverse=True)),
        post_heads=post_heads,
        lone_posts=frozenset(words.lone_posts),
        member_posts=words.member_posts,
        post_prefixes=post_prefixes,
        functions=post_prefixes | frozenset(words.functions),
        area_links=frozenset(words.area_links),
        team_heads=frozenset(teams.ends + teams.open),
        body_heads=frozenset(bodies.ends + bodies.open),
        heads=heads,
        partnership_heads=frozenset(words.partnership_heads),
        ends=frozenset(teams.ends + bodies.ends),
        lone_bodies=frozenset(words.lone_bodies),
        lone_teams=frozenset(words.lone_teams),
        people=frozenset(words.groups.people),
        institutions=frozenset(words.groups.institutions),
        everyone=frozenset(words.everyone),
        areas=frozenset(words.areas),
        whole_names=frozenset(words.whole_names),
        things=things,
        usual_abbreviations={word: kind for kind, group in words.abbreviations.items() for word in group},
        groups=groups | frozenset(words.everyone),
        posts=post_heads | post_prefixes,
        in_persons=PARTICLES | honorifics,
        not_surnames=heads | things,
        in_no_person=heads | things | post_heads | groups | frozenset(words.areas),
    )


def _with_plurals(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(words) | {word + "s" for word in words}


def words_of(name: str) -> list[str]:
    """The words of a name without punctuation around them; an initial keeps its stop."""
    return [
        word if word[-1] == "." and INITIAL.fullmatch(word) else word.strip(".'’‘*•·-")
        for word in WORD.findall(name)
    ]


def without_determiner(name: str) -> str:
    """The name without "the", "our", "relevant" before it: 'the Head of Libraries' is 'Head of Libraries'."""
    determiners = DETERMINED.match(name)
    return name[determiners.end() :] if determiners else name


@functools.lru_cache(maxsize=8192)
def sort_of(name: str) -> Sort:
    """What `name` names; "part" where it is not known to be a whole name."""
    lex = lexicon()
    words = words_of(name)
    if " ".join(words).lower() in lex.groups:
        return "group"
    if (named := without_determiner(name)) is not name:
        words = words_of(named)
    words = [word for word in words if word]
    small = " ".join(words).lower()
    if not words:
        return "part"
    if small in lex.people or small in lex.institutions:
        return "group"
    return (
        _sort_of_titled(words)
        or _sort_of_ranked(words)
        or _sort_by_head(words, small)
        or _sort_of_letters(words)
        or _sort_of_person(words)
    )


def _sort_of_titled(words: list[str]) -> Sort | None:
    lex, first = lexicon(), words[0].lower().rstrip(".")
    if first not in lex.honorifics or len(words) < 2:
        return None
    named = [word for word in words[1:] if word.lower().rstrip(".") not in lex.honorifics]
    if not named:
        return "part"  # "Councillor Mrs" waits for the name
    if not all(_names_a_person(word) for word in named):
        return None
    return "member" if first in lex.members else "person"


def _sort_of_ranked(words: list[str]) -> Sort | None:
    """'Chief Inspector Ann Pye', 'Watch Manager Bob Ray': a rank before a given name or an initial and a surname."""
    lower = [word.lower().rstrip(".") for word in words]
    for rank in lexicon().ranks:
        name = words[len(rank) :]
        if tuple(lower[: len(rank)]) != rank or len(name) < 2:
            continue
        given = name[0].lower() in given_names() or INITIAL.fullmatch(name[0])
        return "person" if given and _sort_of_person(name) == "person" else None
    return None


def _names_a_person(word: str) -> bool:
    return bool(NAME_WORD.fullmatch(word) or INITIAL.fullmatch(word) or word.lower() in lexicon().in_persons)


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
        return "bare_post" if all(w in lex.posts for w in lower) else "post"
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
    stop = next((i for i, word in enumerate(lower) if word not in lex.posts), len(lower))
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
    if len(words) == 1 and DOTTED_INITIALS.fullmatch(words[0]):
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
    first = words[0].lower()
    if CAPITALS.fullmatch(words[0]) or first in DIRECTIONS:
        return "part"
    if first in lex.post_prefixes and first not in given_names():
        return "part"  # "Assistant Chief"
    if words[0].lower() in given_names() and words[-1].lower() not in lex.not_surnames:
        return "person"
    return "part" if any(word.lower() in lex.in_no_person for word in words) else "person"


def ends_name(name: str) -> bool:
    """Whether no further word of the same name is to be expected after `name` ('Housing Team')."""
    words = words_of(name)
    return bool(words) and words[-1].lower() in lexicon().ends


def is_lone_team(name: str) -> bool:
    """Whether a team is called so without any head: 'Trading Standards'."""
    return " ".join(words_of(name)).lower() in lexicon().lone_teams


def is_member_post(name: str) -> bool:
    """Whether an elected member holds the post: 'the Leader', 'Cabinet Member for Housing'."""
    small = " ".join(words_of(without_determiner(name))).lower()
    return small in lexicon().member_posts or small.startswith(_member_posts_with_area())


@functools.cache
def _member_posts_with_area() -> tuple[str, ...]:
    return tuple(f"{post} {link}" for post in lexicon().member_posts for link in ("of", "for", "with", "and"))


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
    name = " ".join(name.split()).strip(" ,;:/&–—-*•·")
    name = ARTICLE.sub("", CONJUNCTION_AT_EDGE.sub("", name))
    if name.endswith(".") and not INITIALS_AT_END.search(name):
        name = name.rstrip(". ")
    return name if name.count("(") == name.count(")") else name.strip("() ")


@functools.lru_cache(maxsize=8192)
def party_key(name: str) -> str:
    """A key that spellings of one name share: case, determiners, hyphens, "&" and titles' spellings do not count."""
    small = tidy(name).lower().replace("&", " and ").replace("’", "'")
    small = SUB_BODY.sub(r"sub\1", COUNCILLOR.sub("cllr", small))
    small = PARTED_PREFIX.sub(r"\1", small)
    return NO_LETTER.sub(" ", small).replace("'", "").strip()


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
