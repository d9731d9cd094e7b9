"""The sentences with a number in them, and the translations that ship."""

from __future__ import annotations

from scripts import translations


def test_all_sentences_are_translated_and_what_ships_is_compiled_from_the_masters() -> None:
    assert translations.problems() == []


def test_a_master_gives_its_sentences_by_context_with_all_their_forms() -> None:
    english = translations.sentences(translations.MASTERS / "triluna_en.ts")

    assert english["StatusBar", "%n changes not sent yet"] == ("%n change not sent yet", "%n changes not sent yet")
