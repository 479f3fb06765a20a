"""Anchored patterns: nothing that a full search finds is lost by beginning only where a match can begin."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.figures import moments, recurrences
from loaders.text.anchors import Anchored
from loaders.text.wordlists import begins_with, whole_words
from ontology.folding import fold

PIECES = st.sampled_from(
    [
        *(
            "ngày",
            "15",
            "/",
            "12",
            "2022",
            "tháng",
            "quý",
            "quí",
            "II",
            "iv",
            "Q.",
            "1",
            "-",
            "–",
            "năm",
            "t8",
            "ba",
            "sáu",
            "chín",
        ),
        *(
            "đầu",
            "cuối",
            "giữa",
            "6",
            "06",
            "lần",
            "một",
            "hai",
            "mười hai",
            "hằng",
            "định kỳ",
            "báo cáo",
            "cả năm",
            "đột xuất",
        ),
        *(
            "số",
            "Số:",
            "90/QĐ-TTg",
            "05-CT/TW",
            "Luật",
            "BỘ LUẬT",
            "Pháp lệnh",
            "Hiến pháp",
            "ngày 15/12/2022",
            "20212025",
        ),
        *(
            ",",
            ";",
            ".",
            "(",
            ")",
            "và",
            "hoặc",
            "khi có yêu cầu",
            "Đầu tư công",
            "xã",
            "I/",
            "tháng 5-6/2022",
            "của năm",
        ),
    ]
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", ""])), max_size=14).map(
    lambda parts: "".join(piece + glue for piece, glue in parts)
)


def anchored(name: str) -> Anchored:
    return {"moments": moments._MOMENTS, "numbers": moments._NUMBERS, "rhythms": recurrences._rhythms()}[name]


@pytest.mark.parametrize("name", ["moments", "numbers", "rhythms"])
@given(text=TEXTS)
def test_nothing_is_lost(name: str, text: str) -> None:
    given_text = text if name == "numbers" else fold(text)
    one = anchored(name)
    assert [m.span() for m in one.finditer(given_text)] == [m.span() for m in one.pattern.finditer(given_text)]


@given(
    words=st.lists(st.text("abđ ", min_size=1, max_size=5).filter(str.strip), min_size=1, max_size=6),
    text=st.text("abđ ,", max_size=20),
)
def test_whole_words_are_those_of_a_plain_alternation(words: list[str], text: str) -> None:
    clean = sorted({" ".join(word.split()) for word in words}, key=lambda word: (-len(word), word))
    plain = re.compile(r"(?<![^\W_])(?:" + "|".join(word.replace(" ", r"\s+") for word in clean) + r")(?![^\W_])")
    shared = re.compile(whole_words(words))
    assert [m.span() for m in shared.finditer(text)] == [m.span() for m in plain.finditer(text)]


@given(words=st.lists(st.text("abđ", min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_word_is_found_where_it_begins(words: list[str]) -> None:
    starts = re.compile(begins_with(words))
    assert all(starts.match(word) for word in words)
