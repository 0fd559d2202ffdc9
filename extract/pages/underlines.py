"""Rules that underline words are no part of a table: they are taken away, and their words marked."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from extract.shapes import Rule, Word

_ABOVE, _BELOW = (
    0.35,
    0.12,
)  # how far a line under words lies above and below their box's bottom, in line heights
_OVERHANG = 2.5  # points by which it may go beyond its words


def underlined(words: tuple[Word, ...], rules: tuple[Rule, ...]) -> tuple[tuple[Word, ...], tuple[Rule, ...]]:
    """The words with `underlined` set where a rule runs under them, and the rules that run under no words."""
    by_height = defaultdict[int, list[int]](list)
    for i, word in enumerate(words):
        by_height[int(word.box.bottom // 8)].append(i)
    marked = set[int]()
    kept = []
    for rule in rules:
        under = _words_above(rule, words, by_height) if rule.across else []
        if under and _fits(rule, [words[i] for i in under]):
            marked.update(under)
        else:
            kept.append(rule)
    if not marked:
        return words, tuple(kept)
    marked_words = tuple(
        msgspec.structs.replace(word, underlined=True) if i in marked else word
        for i, word in enumerate(words)
    )
    return marked_words, tuple(kept)


def _words_above(rule: Rule, words: tuple[Word, ...], by_height: dict[int, list[int]]) -> list[int]:
    y = rule.box.middle[1]
    near = (i for band in (-1, 0, 1) for i in by_height.get(int(y // 8) + band, ()))
    return [
        i
        for i in near
        if words[i].turned == 0
        and words[i].box.bottom - _ABOVE * words[i].box.height
        <= y
        <= words[i].box.bottom + _BELOW * words[i].box.height
        and words[i].box.x0 >= rule.box.x0 - _OVERHANG
        and words[i].box.x1 <= rule.box.x1 + _OVERHANG
    ]


def _fits(rule: Rule, words: list[Word]) -> bool:
    """Whether the rule begins and ends with its words: a table's rule goes on beyond them."""
    return (
        abs(min(w.box.x0 for w in words) - rule.box.x0) <= _OVERHANG
        and abs(max(w.box.x1 for w in words) - rule.box.x1) <= _OVERHANG
    )
