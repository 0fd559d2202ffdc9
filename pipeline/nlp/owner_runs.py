"""Runs of words in an owner's cell that nothing parts: whether they are one name, and where one name ends and another begins."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.knowledge.owners import given_names
from pipeline.nlp.names import (
    ABBREVIATION,
    NAME_WORD,
    Sort,
    ends_name,
    is_lone_team,
    lexicon,
    sort_of,
    words_of,
)

PEOPLE = frozenset({"person", "member"})
POSTS = frozenset({"post", "bare_post"})
TEAMS = frozenset({"team", "body", "partnership"})


def person_first(said: str) -> int | None:
    """Where a person's name ends that a post or an abbreviation follows without any separator, or None."""
    matches = list(re.finditer(r"\S+", said))
    titles = [match[0].lower().rstrip(".") for match in matches[:2]]
    twice = len(matches) > 2 and titles[0] in lexicon().members and titles[1] in lexicon().honorifics
    titled = twice or (
        len(matches) > 2 and sort_of(said[: matches[1].end()]) == "member"
    )  # "Cllr Mrs D. Pye"
    for k in (4, 3) if twice else (3, 2) if titled else (2, 3):
        if len(matches) > k:
            name, rest = said[: matches[k - 1].end()], said[matches[k].start() :]
            whole = sum(word.lower().rstrip(".") not in lexicon().honorifics for word in words_of(name)) > 1
            if whole and sort_of(name) == "member" and is_portfolio(rest, sort_of(rest)):
                return matches[k - 1].end()
            known = matches[0][0].lower() in given_names() or sort_of(name) == "member"
            of_office = sort_of(rest) in POSTS or rest.lower() in lexicon().institutions
            if sort_of(name) in PEOPLE and (
                (known and of_office) or (ABBREVIATION.fullmatch(rest) and len(rest) > 2)
            ):
                return matches[k - 1].end()
    return None


def cuts_within(said: str) -> list[int]:
    """Where a run without separators holds several whole names: two people, or teams each with its own head."""
    words = list(re.finditer(r"\S+", said))
    if len(words) == 4 and all(NAME_WORD.fullmatch(w[0]) for w in words):
        given = [w[0].lower() in given_names() for w in words]
        if (
            given[0]
            and given[2]
            and {sort_of(said[: words[1].end()]), sort_of(said[words[2].start() :])} == {"person"}
        ):
            return [words[2].start()]
    for i in range(1, len(words) - 1):
        rest = said[words[i + 1].start() :]
        if (
            (is_lone_team(rest) or (sort_of(rest) in TEAMS and ends_name(rest)))
            and words[i][0].lower() in lexicon().post_heads
            and sort_of(said[: words[i].end()]) == "post"
        ):
            return [words[i + 1].start()]
        if i and words[i][0].lower() in lexicon().post_heads and _is_other_post(said[: words[i].end()], rest):
            return [words[i + 1].start(), *(words[i + 1].start() + cut for cut in cuts_within(rest))]
        if _ends_team(said[: words[i].end()], rest):
            return [words[i + 1].start(), *(words[i + 1].start() + cut for cut in cuts_within(rest))]
    return _cut_behind_team(said, words) or _cut_at_same_opening(words)


def _ends_team(before: str, rest: str) -> bool:
    """Whether a team's or body's name ends where another name follows; behind a partnership only a person's does."""
    if sort_of(before) not in TEAMS:
        return False
    if words_of(before)[-1].lower() in lexicon().partnership_heads:
        return sort_of(rest) in PEOPLE and words_of(rest)[0].lower() in given_names()
    return ends_name(before) and _may_follow(rest)


def _is_other_post(before: str, rest: str) -> bool:
    """Whether two posts stand side by side, each with its area before its head: 'Housing Officer Parks Manager'."""
    return (
        sort_of(before) == "post"
        and sort_of(rest) == "post"
        and ends_on_its_head(before)
        and ends_on_its_head(rest)
    )


def _cut_behind_team(said: str, words: Sequence[re.Match[str]]) -> list[int]:
    """Where one word, a service by its area alone, stands behind a team: 'Communications Team Libraries'."""
    if len(words) < 3 or words[-2][0].lower() not in {"team", "teams"}:
        return []
    last = words[-1][0].lower()
    alone = is_lone_team(last) or (last in lexicon().areas and last not in lexicon().post_heads)
    return [words[-1].start()] if alone and sort_of(said[: words[-2].end()]) in TEAMS else []


def _cut_at_same_opening(words: Sequence[re.Match[str]]) -> list[int]:
    """Where a run opens again as it began: 'LM for Environment LM for Housing'."""
    if len(words) < 5 or words[1][0].lower() not in lexicon().area_links:
        return []
    first = (words[0][0], words[1][0])
    return [a.start() for a, b in itertools.pairwise(words[2:]) if (a[0], b[0]) == first]


def _may_follow(rest: str) -> bool:
    """Whether words after a team's head are a name of their own, not the end of a post's ('Team Leader')."""
    words = words_of(rest)
    return (
        len(words) > 1
        and not words[0][:1].isdigit()  # "Section 151 Officer"
        and sort_of(rest) in TEAMS | PEOPLE | POSTS
        and not (words[0].lower() in lexicon().post_heads or words[0].lower() in lexicon().team_heads)
    )


def is_portfolio(said: str, sort: Sort) -> bool:
    """Whether the line below a member's name says no more than what it is a member for: 'Finance'."""
    return sort in {"part", "group"} and all(word.lower() in lexicon().areas for word in words_of(said))


def ends_on_its_head(post: str) -> bool:
    """Whether a post is called by its area first: 'Regeneration Manager', and not 'Head of Regeneration'."""
    words = words_of(post)
    return (
        len(words) > 1
        and words[-1].lower() in lexicon().post_heads
        and words[0].lower() not in lexicon().post_heads
    )
