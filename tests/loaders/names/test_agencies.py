"""Finding agencies and groups: tables of texts with what they name, texts that name nobody, cells, and laws."""

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loaders.names.agency_names import AgencyMention
from tests.case_tables import case_id, read_cases
from tests.loaders.conftest import FindAt

HOME = ("tinh-binh-thuan", "tinh-binh-thuan/uy-ban-nhan-dan")


def kind_of(mention: AgencyMention) -> str:
    """Return the word by which the table tells agencies, groups and names that nobody registered."""
    if mention.group:
        return "group" if mention.spelled_out else "vague"
    return "agency" if mention.resolved else "open"


def assert_in_order(found: Sequence[AgencyMention], text: str) -> None:
    """Mentions stand in the text as printed, in order, and never overlap."""
    at = 0
    for mention in found:
        assert at <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.printed
        assert mention.name.strip() == mention.name != ""
        at = mention.end


@pytest.mark.parametrize("row", read_cases("agencies", 130), ids=case_id)
def test_a_text_names_its_agencies(row: dict[str, str], find_at: FindAt) -> None:
    found = find_at(row["text"], row["place"], row["issuer"])
    names = row["expected"].split("|")
    assert [mention.name for mention in found] == names
    assert [kind_of(mention) for mention in found] == (
        row["kinds"].split("|") if row["kinds"] else ["agency"] * len(names)
    )
    assert_in_order(found, row["text"])
    assert all(mention.iri for mention in found)


@pytest.mark.parametrize("row", read_cases("agencies_none", 40), ids=case_id)
def test_a_text_that_names_nobody(row: dict[str, str], find_at: FindAt) -> None:
    assert find_at(row["text"], row["place"], row["issuer"]) == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Sở Tài chính\nCông ty Hưng Phát", ["Sở Tài chính tỉnh Bình Thuận", "Công ty Hưng Phát"]),
        ("Nhà Văn hóa Sao Mai; Sở Y tế", ["Nhà Văn hóa Sao Mai", "Sở Y tế tỉnh Bình Thuận"]),
        ("các doanh nghiệp viễn thông", ["Các doanh nghiệp viễn thông"]),
        ("1. Sở Y tế; 2. Sở Nội vụ", ["Sở Y tế tỉnh Bình Thuận", "Sở Nội vụ tỉnh Bình Thuận"]),
        ("- Sở Y tế\n- UBND các xã, thị trấn", ["Sở Y tế tỉnh Bình Thuận", "Ủy ban nhân dân các xã, thị trấn"]),
        ("(theo chức năng)", []),
        ("Sở Y tế (QLCL, cấp phép); Sở Nội vụ", ["Sở Y tế tỉnh Bình Thuận", "Sở Nội vụ tỉnh Bình Thuận"]),
        (
            "viện nghiên cứu, trường đại học, cơ sở đào tạo",
            ["Các viện nghiên cứu", "Các trường đại học", "Các cơ sở đào tạo"],
        ),
        ("Chủ trì, phối hợp thực hiện", []),
        ("", []),
    ],
)
def test_a_cell_is_read_to_its_last_name(text: str, names: list[str], read_cell_at: FindAt) -> None:
    found = read_cell_at(text, *HOME)
    assert [mention.name for mention in found] == names
    assert_in_order(found, text)


def test_one_abbreviation_is_one_agency_everywhere(find_at: FindAt) -> None:
    forms = ("Sở LĐTBXH", "Sở LĐ-TB&XH", "Sở Lao động - Thương binh và Xã hội", "Sở lao động thương binh & xã hội")
    iris = {find_at(form, *HOME)[0].iri for form in forms}
    assert len(iris) == 1
    assert "tinh-binh-thuan" in str(iris)


def test_the_same_words_are_another_agency_elsewhere(find_at: FindAt) -> None:
    places = ("tinh-binh-thuan", "tinh-bac-kan", "tinh-lao-cai/huyen-bao-yen", "viet-nam")
    iris = [find_at("Sở Tài chính", place, "")[0].iri for place in places]
    assert len(set(iris)) == len(places)


PIECES = [
    *(row["text"] for row in read_cases("agencies", 130)),
    *(row["text"] for row in read_cases("agencies_none", 40)),
    *(
        "các",
        "Các Bộ:",
        "và",
        ",",
        ";",
        "/",
        "-",
        "thuộc",
        "liên quan",
        "cấp",
        "tỉnh",
        "Bộ",
        "Sở",
        "thuộc Bộ",
        "\n",
        "(",
        ")",
    ),
]


@settings(max_examples=60)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=9), glue=st.sampled_from([" ", "", ", ", "\n"]))
def test_any_soup_of_names_is_read_in_order(
    pieces: list[str], glue: str, find_at: FindAt, read_cell_at: FindAt
) -> None:
    text = glue.join(pieces)
    assert_in_order(find_at(text, *HOME), text)
    assert_in_order(read_cell_at(text, *HOME), text)


@settings(max_examples=60)
@given(text=st.text(max_size=80))
def test_any_characters_are_read_in_order(text: str, read_cell_at: FindAt) -> None:
    assert_in_order(read_cell_at(text, *HOME), text)


ALONE = [
    row
    for row in read_cases("agencies", 130)
    if row["place"] == HOME[0]
    and ";" not in row["text"]
    and not row["id"].startswith(("open-", "running", "fuzzy", "list-", "and-", "group-so"))
]


@settings(max_examples=60)
@given(rows=st.lists(st.sampled_from(ALONE), min_size=1, max_size=4))
def test_names_joined_by_semicolons_stay_what_they_are(rows: list[dict[str, str]], find_at: FindAt) -> None:
    found = find_at("; ".join(row["text"] for row in rows), *HOME)
    assert [mention.name for mention in found] == [name for row in rows for name in row["expected"].split("|")]
