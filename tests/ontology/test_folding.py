"""Foldings: what each keeps, that offsets hold where they must, and that stronger keys follow from weaker ones."""

import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.folding import (
    UPPER,
    accent_key,
    accented_words,
    bare_letters,
    fold,
    fold_plain,
    fold_plain_in_place,
    fold_words,
    plain_key,
    plain_words,
)

VIETNAMESE = st.text(alphabet="aáàảãạăâđeêoơuưyiýỳAĐÊỦÐoà -&,.vàqu1/\u0309\u0323", max_size=30)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Uỷ ban", "Ủy ban", {"fold", "accent", "plain"}),
        ("hoà", "hòa", {"fold", "accent", "plain"}),
        ("SỞ Y TẾ", "Sở Y tế", {"fold", "accent", "plain"}),
        ("Ðiện Biên", "Điện Biên", {"fold", "plain"}),
        ("Lao động - Thương binh và Xã hội", "Lao động Thương binh & Xã hội", {"accent", "plain"}),
        ("Sở Y tế", "Số y tế", {"plain"}),
        ("bộ", "bổ", {"plain"}),
        ("quý", "quỳ", {"plain"}),
        ("Sở", "Sông", set()),
    ],
)
def test_what_meets_under_which_folding(one: str, other: str, same: set[str]) -> None:
    keys: dict[str, Callable[[str], str]] = {"fold": fold, "accent": accent_key, "plain": plain_key}
    assert {name for name, key in keys.items() if key(one) == key(other)} == same


def test_the_tone_moves_only_at_the_end_of_a_syllable() -> None:
    assert [fold(word) for word in ("hoàn", "quý", "thuỷ", "toà", "khoẻ", "quỹ", "HOÀ")] == [
        "hoàn", "quý", "thủy", "tòa", "khỏe", "quỹ", "hòa",
    ]  # fmt: skip


def test_words_and_their_signs() -> None:
    assert fold_words("05-CT/TW & LĐ_TBXH") == ["05", "ct", "tw", "và", "lđ", "tbxh"]
    assert plain_words("05-CT/TW, ĐƯỜNG") == ["05", "ct", "tw", "duong"]
    assert accent_key("Phát thanh - Truyền hình") == accent_key("Phát thanh và Truyền hình")
    assert "và" not in plain_key("và").split()


def test_capitals_of_a_class_are_capitals() -> None:
    assert all(char.isupper() for char in UPPER if char != "-")
    assert {char.lower() for char in "ÀĐƠƯỸỆ"}.isdisjoint(UPPER)


@given(text=st.text())
def test_offsets_hold_in_place(text: str) -> None:
    assert len(fold(text)) == len(text)
    assert len(fold_plain_in_place(text)) == len(text)


@given(text=VIETNAMESE)
def test_in_place_is_the_same_but_for_lone_marks(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    if not any(unicodedata.combining(char) for char in composed):
        assert fold_plain_in_place(composed) == fold_plain(composed)
    assert fold_plain(composed) == fold_plain(unicodedata.normalize("NFD", text))


@given(text=VIETNAMESE)
def test_folding_twice_is_folding_once(text: str) -> None:
    for folding in (fold, fold_plain, fold_plain_in_place, bare_letters, accent_key, plain_key):
        assert folding(folding(text)) == folding(text), folding.__name__


@given(text=VIETNAMESE)
def test_equal_keys_imply_equal_weaker_keys(text: str) -> None:
    assert accent_key(text.upper()) == accent_key(text)
    assert plain_key(accent_key(text)) == plain_key(text)
    assert [bare_letters(word) for word in accented_words(text)] == [
        word for word in plain_words(unicodedata.normalize("NFC", text)) if word
    ] or any(unicodedata.combining(char) for char in unicodedata.normalize("NFC", text))
