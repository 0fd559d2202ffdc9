"""What is known of forms and lists, loaded from YAML and checked once."""

from __future__ import annotations

import functools

import msgspec

from pipeline.knowledge.vocabulary import Field, check_patterns, load


class FormWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of forms.yml.

    `closing` are patterns over a label in small letters without punctuation, `closing_once` labels that close where they stand but once, `farewells` over the start of a paragraph.
    """

    in_text: frozenset[Field]
    prose: frozenset[Field]
    not_labels: frozenset[str]
    labels_of_times: frozenset[str]
    closing: tuple[str, ...]
    closing_once: frozenset[str]
    opening_words: frozenset[str]
    verdicts: frozenset[str]
    joint: tuple[str, ...]
    speaks: tuple[str, ...]
    farewells: tuple[str, ...]


@functools.cache
def form_words() -> FormWords:
    """forms.yml, its patterns checked. Raises KnowledgeError as `vocabulary.load` does."""
    words = load("forms", FormWords)
    check_patterns("forms.yml", "closing", words.closing)
    check_patterns("forms.yml", "joint", words.joint)
    check_patterns("forms.yml", "speaks", words.speaks)
    check_patterns("forms.yml", "farewells", words.farewells)
    return words
