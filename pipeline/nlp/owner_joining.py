"""Decides which pieces of an owner's cell are one owner: names that hold separators, people with their posts."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from pipeline.knowledge.owners import given_names, owner_words
from pipeline.nlp.abbreviations import spells
from pipeline.nlp.names import (
    ABBREVIATION,
    NAME_WORD,
    Sort,
    ends_name,
    is_lone_team,
    is_member_post,
    kind_of,
    lexicon,
    sort_of,
    tidy,
    words_of,
)
from pipeline.nlp.owner_pieces import Piece
from pipeline.nlp.owner_runs import (
    PEOPLE,
    POSTS,
    TEAMS,
    cuts_within,
    ends_on_its_head,
    is_portfolio,
    person_first,
)

_WORD_AND_HEAD = 2
LETTERS = frozenset({"initials", "abbreviation"})
_PLURAL_TITLES = frozenset({"councillors", "cllrs", "members"})
NEAR = frozenset({"comma", "dash", "bracket", "newline", "line", "opener", "colon"})
ON_BEHALF = re.compile(r"\s*,?\s*\b(?:for and )?on behalf of\s+(?:the\s+)?", re.IGNORECASE)

Verdict = Literal["join", "post", "holder", "area", "new"]


class Draft(msgspec.Struct, frozen=True):
    """An owner being read: where its name and all that is printed with it stand, and what is known of it.

    `guessed` says that another cut of the cell could be meant; `plural` that "Cllrs" stood before the first name.
    """

    name: tuple[int, int]
    printed: tuple[int, int]
    sort: Sort
    role: str = "lead"
    post: str | None = None
    on_behalf_of: str | None = None
    guessed: bool = False
    plural: bool = False


def drafts_of(pieces: Sequence[Piece], text: str) -> tuple[Draft, ...]:
    """The owners that the pieces of `text` make, in printed order."""
    drafts: tuple[Draft, ...] = ()
    for piece in pieces:
        drafts = _with_piece(drafts, piece, text)
    if len(pieces) == len(drafts) == 2 and _is_post_of(drafts[0], pieces[1], drafts[1], text):
        whole = (drafts[0].name[0], drafts[1].name[1])
        return (msgspec.structs.replace(drafts[0], name=whole, printed=whole, guessed=True),)
    return drafts


def _is_post_of(post: Draft, piece: Piece, body: Draft, text: str) -> bool:
    """Whether all that a cell says is a post and, behind a comma, the body that it is of: 'Chief Executive, OPCC'."""
    own = text[slice(*body.printed)].lower().startswith("the ")  # "Curator, the Friends of the Museum"
    of_body = piece.sep == "comma" and not own and body.sort in {"body", "abbreviation", "initials"}
    return of_body and post.sort in POSTS and not _is_plural(text[slice(*post.name)])


def _with_piece(drafts: tuple[Draft, ...], piece: Piece, text: str) -> tuple[Draft, ...]:
    if not drafts or piece.opens_role or piece.sep == "semicolon":
        return (*drafts, *_fresh(piece, text))
    last = drafts[-1]
    if piece.bracketed:
        return (*drafts[:-1], *_remarked(last, piece, text))
    sort = sort_of(text[piece.start : piece.end])
    verdict = "new" if piece.sep == "start" else _verdict(last, piece, sort, text)
    if verdict == "new":
        return (*drafts, *_fresh(piece, text, after=last))
    return (*drafts[:-1], _grown(last, piece, verdict, text))


def _grown(last: Draft, piece: Piece, verdict: Verdict, text: str) -> Draft:
    """The draft with the piece taken in: into its name, as its post, as its holder, or as the area it acts for."""
    printed, said = (last.printed[0], piece.end), tidy(text[piece.start : piece.end])
    here = tidy(text[slice(*last.name)])
    replace = functools.partial(msgspec.structs.replace, last, printed=printed)
    if verdict == "post" and last.post is not None:
        return replace(post=tidy(last.post + text[last.printed[1] : piece.end]))
    if verdict == "post" and _ends_post_begun(last, piece, sort_of(said), said):
        return replace(post=tidy(text[last.name[1] : piece.end].lstrip(" ,-–—:(")), on_behalf_of=None)
    if verdict == "post":
        return replace(post=said, guessed=last.guessed or piece.sep in {"newline", "slash"})
    if verdict == "area":
        return replace(on_behalf_of=f"{last.on_behalf_of} and {said}" if last.on_behalf_of else said)
    if verdict == "holder":
        name, sort = (piece.start, piece.end), sort_of(said)
        if last.sort in POSTS:
            return replace(name=name, sort=sort, post=here, guessed=piece.sep in {"newline", "line"})
        return replace(name=name, sort=sort, on_behalf_of=here)
    joined = (last.name[0], piece.end)
    sort = sort_of(text[slice(*joined)])
    return replace(name=joined, sort=last.sort if last.sort in POSTS and sort not in POSTS else sort)


def _fresh(piece: Piece, text: str, after: Draft | None = None) -> tuple[Draft, ...]:
    """The owner or owners of a piece by itself."""
    role = piece.label or "lead"
    said = text[piece.start : piece.end]
    start, end = piece.start, piece.end
    if behalf := ON_BEHALF.search(said):
        name = (start, start + behalf.start())
        return (
            Draft(
                name, (start, end), sort_of(text[slice(*name)]), role, on_behalf_of=tidy(said[behalf.end() :])
            ),
        )
    if after and after.plural and _surname_or_name(said):
        return (Draft((start, end), (start, end), "member", role, plural=True),)
    if cuts := cuts_within(said):
        edges = [0, *cuts, len(said)]
        spans = [(start + a, start + b) for a, b in itertools.pairwise(edges)]
        return tuple(Draft(s, s, sort_of(text[slice(*s)]), role, guessed=True) for s in spans)
    if own := person_first(said):
        return own_drafts(own, said, start, role)
    plural = len(words_of(said)) > 1 and words_of(said)[0].lower() in owner_words().plural_honorifics
    guessed = after is not None and piece.sep in {"and", "comma"} and "part" in {after.sort, sort_of(said)}
    return (Draft((start, end), (start, end), sort_of(said), role, guessed=guessed, plural=plural),)


def own_drafts(cut: int, said: str, start: int, role: str) -> tuple[Draft, ...]:
    """A person with a post or an abbreviated body straight after the name: 'Jane Doe Service Manager'.

    A member holds no officer's post: 'Cllr Jane Doe Service Manager' are two.
    """
    rest, whole = tidy(said[cut:]), (start, start + len(said))
    draft = Draft((start, start + cut), whole, sort_of(said[:cut]), role)
    if sort_of(rest) not in POSTS:
        return (msgspec.structs.replace(draft, on_behalf_of=rest),)
    if draft.sort == "person" or is_member_post(rest):
        return (msgspec.structs.replace(draft, post=rest),)
    behind = cut + len(said[cut:]) - len(said[cut:].lstrip())
    post = (start + behind, start + len(said))
    own = msgspec.structs.replace(draft, printed=draft.name)
    return own, Draft(post, post, sort_of(rest), role, guessed=True)


def _surname_or_name(said: str) -> bool:
    words = words_of(said)
    return sort_of(said) in PEOPLE or (len(words) == 1 and bool(NAME_WORD.fullmatch(words[0])))


def _verdict(last: Draft, piece: Piece, sort: Sort, text: str) -> Verdict:
    """What the piece is to the owner before it."""
    said, before = text[piece.start : piece.end], text[slice(*last.name)]
    if _dangles(before) or (said[:1].islower() and last.sort == "part" and piece.sep in {"newline", "line"}):
        return "join"
    if _continues_post(last, piece, sort, said):
        return "post"
    if (person := _person_with_post(last, piece, sort, (before, said))) is not None:
        return person
    if last.sort == "bare_post" and _takes_area(last, piece, sort, before, said):
        return "join"
    if piece.sep in {"comma", "and"}:
        return _listed(last, piece, sort, (before, said))
    if piece.sep in {"dash", "colon"}:
        return _dashed(last, sort)
    return _apart(last, piece, sort, (before, said), text)


def _continues_post(last: Draft, piece: Piece, sort: Sort, said: str) -> bool:
    """Whether the piece goes on with the area of the post after a person's name: '…, Head of Housing and Homes'."""
    if last.post is None or last.name[1] >= last.printed[1] or piece.sep not in {"and", "comma"}:
        return False
    area = sort == "part" or (sort == "team" and not ends_name(said))
    known = any(word.lower() in lexicon().areas for word in words_of(said))
    return area and known and _has_area(last.post) and not said.lower().startswith("the ")


def _says_what_for(said: str, sort: Sort) -> bool:
    """Whether a bracket behind a post or team says what it is for: 'Commissioning Manager (Children)', and not who it is."""
    words = [word for word in words_of(said) if word.lower() not in {"and", "&", "of", "for", "the"}]
    return bool(words) and sort not in LETTERS | POSTS and all(word[:1].isupper() for word in words)


def _dangles(before: str) -> bool:
    """Whether a name waits for more: 'Head of', 'Director of Place and', 'Councillor Mrs'."""
    words = [word.lower() for word in words_of(before)]
    titled = all(word.rstrip(".") in lexicon().honorifics and word not in _PLURAL_TITLES for word in words)
    return bool(words) and (titled or words[-1] in lexicon().area_links or words[-1] in {"and", "&", "the"})


def _person_with_post(last: Draft, piece: Piece, sort: Sort, names: tuple[str, str]) -> Verdict | None:
    """A person and a post side by side are one owner; None where the two are not that."""
    before, said = names
    if _ends_post_begun(last, piece, sort, said):
        return "post"
    if last.sort == "person" and sort in TEAMS and piece.sep == "comma" and last.post:
        of_team = not _has_area(last.post) and not said.startswith("the ")
        return "area" if of_team else None  # "Ada Pym, Clinical Lead, Acute Care Team"
    if last.sort in PEOPLE and sort in POSTS and last.post is None:
        if last.on_behalf_of and piece.sep == "newline":  # "D Hill (Safety)" over "Head of Revenues"
            return "new"
        fits = last.sort == "person" or is_member_post(said)
        return (
            "post"
            if fits and (piece.sep in NEAR or (piece.sep == "slash" and last.sort == "member"))
            else "new"
        )
    if last.sort in POSTS and sort in PEOPLE:
        fits = sort == "person" or is_member_post(before)
        alone = " ".join(words_of(before)).lower() in lexicon().lone_posts and sort == "person"
        near = piece.sep in NEAR or (piece.sep == "slash" and sort == "member")
        return "holder" if fits and near and not alone and not _is_plural(before) else "new"
    return None


def _ends_post_begun(last: Draft, piece: Piece, sort: Sort, said: str) -> bool:
    """Whether a piece ends the post whose first area was taken for a person's: 'Jane Doe, Parks and Open Spaces Manager'."""
    begun = last.sort == "person" and last.post is None and last.on_behalf_of is not None
    return begun and piece.sep == "and" and sort == "post" and ends_on_its_head(said)


def _is_plural(post: str) -> bool:
    heads = lexicon().post_heads
    return any(word.endswith("s") and word[:-1] in heads for word in post.lower().split())


def _takes_area(last: Draft, piece: Piece, sort: Sort, before: str, said: str) -> bool:
    """'Assistant Director, Housing', 'Corporate Lead - Strategy': a post without an area, then its area."""
    if piece.sep in {"line", "newline"} and _is_plural(before) and ends_name(said):
        return False  # "Area Directors" over "Transactions Team"
    if " ".join(words_of(before)).lower() in lexicon().lone_posts | lexicon().people:
        return False
    areas = {"part", *TEAMS} if piece.sep in {"comma", "dash", "line", "colon"} else {"part"}
    return (
        piece.sep in {"comma", "dash", "line", "colon", "newline"}
        and sort in {*areas, "group"}
        and not last.guessed
    )


def _listed(last: Draft, piece: Piece, sort: Sort, names: tuple[str, str]) -> Verdict:
    """Pieces with a comma, 'and' or '&' between them."""
    before, said = names
    lone = said.lower() in lexicon().areas & lexicon().lone_bodies
    if last.post and piece.sep == "and" and lone and _has_area(last.post):
        return "post"  # "Ada Pym, Head of Performance and Scrutiny"
    both = " ".join(words_of(f"{before} and {said}")).lower()
    if any(
        whole == both
        or whole.startswith(both + " ")
        or both.startswith((whole + " ", whole + "'s ", whole + "’s "))
        for whole in lexicon().whole_names
        if len(whole) > len(before)
    ):
        return "join"
    apart = piece.sep == "comma" and said.startswith("the ") and last.sort in POSTS  # "Curator, the Friends"
    if sort == "part" and not apart:
        return _part_listed(last, piece, before, said)
    if said.lower().startswith("the ") or sort in PEOPLE | LETTERS:
        return "new"
    if last.sort == "part":
        return "new" if _stands_alone(said, sort) else "join"
    schools = piece.sep == "and" and said[:1].isupper() and said.lower() in lexicon().institutions
    if last.sort in POSTS and (sort in TEAMS or schools):  # "Head of Children and Schools"
        return "join" if _has_area(before) and not ends_name(said) else "new"
    if last.sort in POSTS and sort in POSTS:
        of_one = is_member_post(before) and is_member_post(said) and not said.lower().startswith("deputy")
        return "join" if of_one and not _has_area(before) else "new"
    opens = _opens_team(before) or before.lower() in owner_words().not_bodies  # "GIS and Data Team"
    ends = (sort == "post" and _opens_post(before, piece, said)) or (sort == "team" and opens)
    return "join" if ends else "new"


def _opens_post(before: str, piece: Piece, said: str) -> bool:
    """Whether an area is the first of a post's: 'Scrutiny and Improvement Officer', 'Planning Policy and Housing Manager'."""
    if before.lower() in lexicon().areas & lexicon().lone_bodies:
        return True
    first = (
        is_lone_team(before) or before.lower() in lexicon().institutions
    )  # "Libraries and Archives Manager"
    if _opens_team(before) and len(words_of(said)) == _WORD_AND_HEAD:  # "HR & OD Manager"
        first = True
    return first and before[:1].isupper() and piece.sep == "and" and ends_on_its_head(said)


def _opens_team(before: str) -> bool:
    """Whether the words may be the first half of a team's name: 'Schools and Learning Team', 'HR and Payroll Team'."""
    small = " ".join(words_of(before)).lower()
    return small in lexicon().institutions or lexicon().usual_abbreviations.get(small) == "team"


def _stands_alone(said: str, sort: Sort) -> bool:
    """Whether a whole name never ends one that began before it: 'Clerk', 'Members', 'Head of Housing'."""
    return (
        sort == "group"
        or " ".join(words_of(said)).lower() in lexicon().lone_posts
        or (sort == "post" and _has_area(said))
    )


def _has_area(post: str) -> bool:
    words = words_of(post)
    linked = bool(re.search(r"\b(?:of|for)\s|,|[-–]\s", post))
    return linked or (sort_of(post) == "post" and words[-1].lower() not in lexicon().post_heads)


def _says_function(post: str) -> bool:
    """Whether a post is named by what it does everywhere, so that its area follows: 'Team Manager, Fostering', not 'Road Safety Manager, ...'."""
    return not lexicon().functions.isdisjoint(word.lower() for word in words_of(post)[:-1])


def _part_listed(last: Draft, piece: Piece, before: str, said: str) -> Verdict:
    areas = lexicon().areas
    has_area = any(word.lower() in areas for word in words_of(said))
    if (
        last.on_behalf_of
        and piece.sep == "and"
        and (last.sort == "member" or (last.sort == "person" and has_area))
    ):
        return "area"  # "Cllr Pye, Leisure & Culture"
    of_area = last.sort == "bare_post" or _says_function(before)
    if last.sort in POSTS and (_has_area(before) or (piece.sep == "comma" and of_area)):
        return "join"
    if last.sort in TEAMS:
        whole = ends_name(before) or is_lone_team(before) or before.lower() in lexicon().whole_names
        named = (
            piece.sep == "comma" and words_of(before)[-1].lower() in lexicon().body_heads
        )  # "Quays Board, ..."
        return "new" if whole or named else "join"
    if last.sort == "part":
        alone = (
            len(words_of(said)) == 1
            and not has_area
            and not any(w.lower() in areas for w in words_of(before))
        )
        return "new" if alone else "join"
    if last.sort == "group" and before.lower() in areas and len(words_of(said)) == 1 and has_area:
        return "join" if piece.sep == "and" else "new"  # "Libraries & Archives"
    if last.sort in PEOPLE and piece.sep == "comma" and has_area and last.on_behalf_of is None:
        return "area"
    return "new"


def _dashed(last: Draft, sort: Sort) -> Verdict:
    """Pieces with a dash or a colon between them."""
    if sort in PEOPLE and last.sort in TEAMS | {"part", "group", "abbreviation"}:
        return "holder"
    if last.sort in PEOPLE and sort in TEAMS | {"part", "abbreviation", "group"}:
        return "area"
    return "join" if "part" in {last.sort, sort} else "new"


def _ends_broken_name(last: Draft, piece: Piece, said: str, before: str) -> bool:
    """Whether a line's end has broken a member's name behind the given name: 'Cllr Jonas' over 'Whitby'."""
    words = words_of(before)
    given = last.sort == "member" and len(words) == 2 and words[1].lower() in given_names()
    return given and piece.sep in {"line", "newline"} and bool(NAME_WORD.fullmatch(said))


def _apart(last: Draft, piece: Piece, sort: Sort, names: tuple[str, str], text: str) -> Verdict:
    """Pieces on lines of their own, with a slash between them, or where a post's head opens a name."""
    before, said = names
    if piece.sep == "slash":
        spaced = text[last.printed[1] : piece.start].startswith(" ")
        area = not spaced and (sort == "part" or is_lone_team(said))  # "Head of Planning/Building Control"
        return "join" if area and last.sort in POSTS and _has_area(before) else "new"
    if last.sort == "member" and piece.sep in {"line", "newline"} and is_portfolio(said, sort):
        return "area"
    if piece.sep == "opener":
        return "join" if last.sort == "part" and not ABBREVIATION.fullmatch(before) else "new"
    if piece.sep != "line":
        return "join" if _ends_broken_name(last, piece, said, before) else "new"
    if is_lone_team(f"{before} {said}") or _ends_broken_name(last, piece, said, before):
        return "join"
    if last.sort == "part" and sort in TEAMS | POSTS | {"part"}:
        return "join"
    ended = ends_name(before) or words_of(before)[-1].lower() in lexicon().post_heads
    return "join" if sort == "part" and last.sort in TEAMS | POSTS and not ended else "new"


def _remarked(last: Draft, piece: Piece, text: str) -> tuple[Draft, ...]:
    """The draft with what stands in brackets after it."""
    said, before = text[piece.start : piece.end], text[slice(*last.name)]
    small, sort = said.lower().strip(), sort_of(said)
    grown = msgspec.structs.replace(
        last, printed=(last.printed[0], piece.end + (text[piece.end : piece.end + 1] in (")", "]")))
    )
    remarks = owner_words().role_remarks
    if behalf := re.match(r"(?:for and )?on behalf of\s+(?:the\s+)?", said, re.IGNORECASE):
        return (msgspec.structs.replace(grown, on_behalf_of=tidy(said[behalf.end() :])),)
    if small in remarks.lead or small in remarks.support:
        return (msgspec.structs.replace(grown, role="lead" if small in remarks.lead else "support"),)
    if spells(words_of(tidy(before)), said.strip()):
        return (grown,)
    of_body = last.sort == "abbreviation" and kind_of(before) in TEAMS
    if sort in PEOPLE and (last.sort in PEOPLE | TEAMS or of_body):
        return (grown, *_fresh(piece, text))
    if sort in PEOPLE:
        return (_grown(grown, piece, "holder", text),)
    if last.sort in PEOPLE:
        return (_grown(grown, piece, "post" if sort in POSTS else "area", text),)
    if last.sort == "bare_post" or (last.sort in POSTS | TEAMS | LETTERS and _says_what_for(said, sort)):
        return (msgspec.structs.replace(grown, name=(last.name[0], grown.printed[1])),)
    return (grown,)
