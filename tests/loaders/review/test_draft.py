"""A good draft gives no remark; each defect put into it gives its remark, and no other."""

from functools import cache
from pathlib import Path

import pytest

from loaders.explaining.ground import lay_ground
from loaders.reader import Reader, build_reader
from loaders.review.draft import review_draft
from loaders.review.draft_remark import Remark, draft_actions, draft_checks, from_finding, merge_remarks
from loaders.source import text_source
from ontology.errors import RegistryError
from ontology.records import Finding, Severity, Span
from ontology.registry import load_registry
from tests.case_tables import case_id, read_cases

TESTS = Path(__file__).parents[2]
GOOD = (TESTS / "drafts" / "ke-hoach-dung.txt").read_text("utf-8")
DOCUMENTS = sorted((TESTS.parent / "documents").glob("*.txt"))
CASES = read_cases("drafts", at_least=38)


@cache
def reader() -> Reader:
    return build_reader(load_registry())


def review(text: str) -> tuple[Remark, ...]:
    source = text_source(text, name="x.txt", media_type="text/plain", data=b"")
    return review_draft(reader().read(source), lay_ground(source.text, reader()))


def codes(remarks: tuple[Remark, ...]) -> set[str]:
    return {one.code for one in remarks}


def signs(text: str) -> str:
    return text.replace("⏎", "\n").replace("⇥", "\t")


def test_a_good_draft_gives_no_remark() -> None:
    assert review(GOOD) == ()


@pytest.mark.parametrize("case", CASES, ids=case_id)
def test_a_defect_gives_its_remark_and_no_other(case: dict[str, str]) -> None:
    old, new = signs(case["old"]), signs(case["new"])
    assert GOOD.count(old) == 1, "the case must change exactly one place of the good draft"
    text = GOOD.replace(old, new)
    remarks = review(text)
    assert codes(remarks) == set(case["codes"].split("|"))
    main = next(one for one in remarks if one.code == case["codes"].split("|")[0])
    start, end = main.spans[0]
    assert case["quote"] in text[start:end] or text[start:end] in case["quote"]
    assert main.message
    assert main.message_en
    assert main.remedy
    assert main.remedy_en


def test_the_table_of_cases_tries_every_check_of_a_draft() -> None:
    tried = {code for case in CASES for code in case["codes"].split("|")}
    elsewhere = {
        *(
            "base-replaced",
            "base-differs",
            "base-unknown",
            "base-amended",
        ),  # need the corpus: tests/server/test_draft.py
        *("two-leads", "measures-unassigned", "no-product", "agency-dissolved"),  # below
        *(
            "tracked-changes",
            "legacy-encoding",
            "page-without-text",
            "table-not-understood",
            "recognised-text",
        ),  # tests of the reader
        *("missing-issuer", "missing-masthead", "annex-only"),
    }
    assert set(draft_checks()) == tried | elsewhere


LATER = (
    ("ngày 10 tháng 3 năm 2022", "ngày 10 tháng 3 năm 2026"),
    ("/2022.", "/2026."),
    ("/2022\n", "/2026\n"),
    ("Luật Đầu tư công ngày 13 tháng 6 năm 2019", "Luật Đầu tư công ngày 29 tháng 11 năm 2024"),
)


def later(text: str) -> str:
    """Return the good draft as one of 2026: deadlines and law with it, agencies and programme as they were."""
    for old, new in LATER:
        text = text.replace(old, new)
    return text


def test_a_province_that_was_merged_is_told_once_for_all_its_agencies() -> None:
    (only,) = review(later(GOOD))
    assert only.code == "agency-dissolved"
    assert only.message.startswith("Tỉnh Bình Thuận không còn sau ngày 30/06/2025 (Nghị quyết 202/2025/QH15")
    assert "Sở Y tế tỉnh Bình Thuận" in only.message
    assert len(only.spans) > 10


def test_agencies_that_ended_before_the_draft_are_told_one_by_one() -> None:
    remarks = review(
        later(GOOD).replace("TỈNH BÌNH THUẬN", "TỈNH LÂM ĐỒNG").replace("Bình Thuận, ngày", "Lâm Đồng, ngày")
    )
    assert codes(remarks) == {"agency-dissolved"}
    named = {one.message.partition(" tỉnh Lâm Đồng")[0] for one in remarks}
    assert named == {
        "Sở Lao động - Thương binh và Xã hội",
        "Sở Kế hoạch và Đầu tư",
        "Ban Dân tộc",
        "Sở Thông tin và Truyền thông",
    }


def test_a_ministry_that_was_merged_is_named_with_its_successor() -> None:
    remarks = review(later(GOOD).replace("đ) Sở Nội vụ", "đ) Bộ Kế hoạch và Đầu tư"))
    (closed,) = [one for one in remarks if one.message.startswith("Bộ Kế hoạch và Đầu tư")]
    assert "nay là Bộ Tài chính" in closed.message
    assert "now Bộ Tài chính" in closed.message_en


def test_the_instrument_of_a_programme_is_of_its_own_period_whatever_the_draft_calls_it() -> None:
    text = later(GOOD).replace("2021-2025", "2026-2030")
    assert "base-other-period" in codes(review(text))


def test_a_sequence_may_begin_again_behind_a_lead_in() -> None:
    lists = "1. Nâng cao nhận thức.\n2. Phân công rõ người.\nCác yêu cầu gồm:\n1. Đúng đối tượng.\n2. Kịp thời.\n"
    assert review(GOOD.replace("1. Giảm nghèo đa chiều, bao trùm, bền vững.\n2. Hạn", lists + "3. Hạn")) == ()


def test_rows_may_count_through_captions_or_begin_anew() -> None:
    caption = "I\tNâng cao năng lực\t\t\t\t\n"
    through = GOOD.replace("2\tTập huấn", caption + "2\tTập huấn")
    anew = GOOD.replace("2\tTập huấn", caption + "1\tTập huấn").replace("3\tTuyên", "2\tTuyên")
    assert review(through) == review(anew) == ()


def test_a_table_without_products_is_named_once() -> None:
    table = [line for line in GOOD.splitlines() if "\t" in line]
    text = GOOD
    for line in table:
        cells = line.split("\t")
        text = text.replace(line, "\t".join([*cells[:4], cells[5]]))
    (only,) = review(text)
    assert only.code == "no-product"
    assert len(only.spans) == 3


def test_measures_that_nobody_is_named_for_are_told_once_a_section() -> None:
    text = GOOD[: GOOD.index("2. Bảng phân công")] + (
        "2. Tuyên truyền\n- Nâng cao nhận thức của người dân về giảm nghèo.\n- Xây dựng chuyên mục trên sóng phát thanh.\n\n"
        + GOOD[GOOD.index("III. KINH PHÍ") :]
    )
    (only,) = review(text)
    assert only.code == "measures-unassigned"
    assert len(only.spans) == 2


def test_the_same_words_at_several_places_are_one_remark() -> None:
    text = GOOD.replace("kế hoạch giảm nghèo", "kế hoạch giám nghèo").replace("sách giảm nghèo", "sách giám nghèo")
    (only,) = review(text)
    assert len(only.spans) == 2
    assert list(only.spans) == sorted(only.spans)


def test_a_finding_without_a_row_is_shown_as_what_could_not_be_read() -> None:
    remark = from_finding(Finding("quite-new", Severity.WARNING, "Lạ", Span(1, 2), "xem", "New"))
    assert (remark.action, remark.severity, remark.remedy) == ("reading", Severity.WARNING, "xem")


def test_remarks_are_ordered_by_what_to_do_then_by_place() -> None:
    text = GOOD.replace("IV. TỔ CHỨC", "V. TỔ CHỨC").replace("đ) Sở Nội vụ", "e) Sở Nội vụ")
    text = text.replace("30/6/2022", "31/6/2022").replace("sách giảm nghèo", "sách giám nghèo")
    remarks = review(text)
    order = [one.action for one in draft_actions()]
    assert [one.code for one in remarks] == ["impossible-date", "numbering", "numbering", "damaged-text"]
    assert [order.index(one.action) for one in remarks] == sorted(order.index(one.action) for one in remarks)
    assert merge_remarks(reversed(remarks)) == remarks


@pytest.mark.parametrize(
    ("file", "row", "complaint"),
    [
        ("draft_checks.csv", "two-leads,nothing,error,a,b,", "is no action"),
        ("draft_checks.csv", "two-leads,bases,error,a,b,\ntwo-leads,bases,error,a,b,", "stands twice"),
        ("draft_checks.csv", "two-leads,bases,terrible,a,b,", "terrible"),
    ],
)
def test_a_wrong_table_is_refused(tmp_path: Path, file: str, row: str, complaint: str) -> None:
    (tmp_path / "draft_actions.csv").write_text("action,vi,en,note\nbases,căn cứ,bases,\n", "utf-8")
    (tmp_path / file).write_text(f"code,action,severity,remedy,remedy_en,note\n{row}\n", "utf-8")
    with pytest.raises(RegistryError, match=complaint):
        draft_checks(tmp_path)


# --- the five documents: their real defects, and nothing that is not true ---


@cache
def remarks_of(name: str) -> tuple[Remark, ...]:
    path = next(path for path in DOCUMENTS if path.name.startswith(name))
    return review(path.read_text("utf-8"))


def test_the_district_plan_shows_both_sums_that_do_not_come_out() -> None:
    sums = [one.message for one in remarks_of("003") if one.code == "sum-mismatch"]
    assert len(sums) == 2
    assert "7.603" in sums[0]
    assert "7.604" in sums[0]
    assert "622" in sums[1]
    assert "623" in sums[1]


def test_the_district_plan_lacks_amounts_annexes_and_the_second_annex() -> None:
    found = {one.code: one for one in remarks_of("003")}
    assert len(found["amount-missing"].spans) == 5
    assert len(found["annex-missing"].spans) == 7
    assert found["annex-gap"].message.endswith("không thấy Phụ lục 2.")


def test_the_plan_of_bac_kan_names_two_leads_of_project_3_and_shows_both() -> None:
    (leads,) = [one for one in remarks_of("002") if one.code == "two-leads"]
    assert leads.severity is Severity.ERROR
    assert len(leads.spans) == 2
    assert "Văn phòng Điều phối Xây dựng nông thôn mới và Giảm nghèo" in leads.message
    assert "Sở Nông nghiệp và Phát triển nông thôn" in leads.message


def test_the_ministry_s_table_has_a_row_without_cells_and_letters_of_another_alphabet() -> None:
    found = [(one.code, one.message) for one in remarks_of("000")]
    assert [code for code, _ in found].count("numbering") == 2
    assert {"row-without-deadline", "row-without-product"} <= {code for code, _ in found}


def test_the_plan_of_binh_thuan_has_a_row_whose_content_was_merged_away() -> None:
    found = {one.code: one for one in remarks_of("004")}
    assert "Sở Y tế" in found["row-without-content"].message
    assert "Chương trình" in found["doubled-words"].message
    assert "row-without-number" in found


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_the_real_documents_give_few_remarks_and_no_false_alarm(path: Path) -> None:
    remarks = remarks_of(path.name[:3])
    assert len(remarks) <= 20
    alarming = {one.code for one in remarks if one.severity is Severity.ERROR}
    assert alarming <= {"two-leads"}
    assert not codes(remarks) & {"impossible-date", "citation-dates-differ", "agency-dissolved", "base-other-period"}


def test_the_year_in_the_title_tells_the_period_that_bases_must_be_of() -> None:
    first = "Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022"
    older = "Căn cứ Quyết định số 1722/QĐ-TTg ngày 02/9/2016 của Thủ tướng Chính phủ phê duyệt Chương trình mục tiêu quốc gia Giảm nghèo bền vững giai đoạn 2016-2020;\n"
    remarks = [one for one in review(GOOD.replace(first, older + first)) if one.code.startswith("base-")]
    assert [one.code for one in remarks] == ["base-superseded"]
    assert "1722/QĐ-TTg" in remarks[0].message
