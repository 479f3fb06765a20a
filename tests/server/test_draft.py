"""The review of a draft asks the corpus: bases that it knows otherwise, that were replaced or carried on, that it has never seen."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from loaders.review.draft_remark import Remark
from loaders.source import text_source
from ontology.records import Severity
from queries.release import Release, open_current
from server.cli import make_app
from server.draft import Review, review
from server.pipeline import publish_files
from server.reading_files import this_reader

GOOD = (Path(__file__).parents[1] / "drafts" / "ke-hoach-dung.txt").read_text("utf-8")
SECOND_BASIS = (
    "Quyết định số 02/2022/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ quy định nguyên tắc, tiêu chí, "
    "định mức phân bổ vốn ngân sách trung ương"
)
REPLACING = """ỦY BAN NHÂN DÂN TỈNH BÌNH THUẬN
Số: 7/2021/QĐ-UBND
Bình Thuận, ngày 5 tháng 4 năm 2021

QUYẾT ĐỊNH
Ban hành Quy định về quản lý vốn giảm nghèo

Điều 1. Ban hành Quy định về quản lý vốn giảm nghèo.
Điều 2. Quyết định này có hiệu lực từ ngày ký và thay thế Quyết định số 15/2019/QĐ-UBND ngày 01/02/2019 của Ủy ban nhân dân tỉnh Bình Thuận.
Điều 3. Sở Tài chính chịu trách nhiệm thi hành Quyết định này.
"""


def reviewed(text: str, release: Release | None, day: str | None = None) -> Review:
    source = text_source(text, name="du-thao.txt", media_type="text/plain", data=b"")
    return review("du-thao.txt", this_reader().read(source), source.text, this_reader(), release, day=day)


def with_basis(basis: str, release: Release) -> list[Remark]:
    """Return what is remarked when the second basis of the good draft is another one."""
    assert SECOND_BASIS in GOOD
    return [one for one in reviewed(GOOD.replace(SECOND_BASIS, basis), release).remarks if one.code.startswith("base-")]


def test_the_good_draft_is_good_against_the_corpus_too(five_documents: Release) -> None:
    assert reviewed(GOOD, five_documents).remarks == ()


def test_a_basis_nobody_else_knows_is_listed_and_not_judged(five_documents: Release) -> None:
    (only,) = with_basis(
        "Nghị định số 27/2022/NĐ-CP ngày 19/02/2022 của Chính phủ quy định cơ chế quản lý các chương trình",
        five_documents,
    )
    assert only.code == "base-unknown"
    assert only.severity is Severity.INFO
    assert "27/2022/NĐ-CP" in only.message


def test_a_basis_with_another_date_than_the_corpus_knows(five_documents: Release) -> None:
    (only,) = with_basis(
        "Quyết định số 1705/QĐ-TTg ngày 13/10/2021 của Thủ tướng Chính phủ ban hành Kế hoạch triển khai Nghị quyết số 24/2021/QH15",
        five_documents,
    )
    assert only.code == "base-differs"
    assert "ngày 12/10/2021" in only.message
    assert "2021-10-12" in only.message_en


def test_a_basis_with_another_number_than_the_corpus_knows(five_documents: Release) -> None:
    (only,) = with_basis(
        "Quyết định số 1750/QĐ-TTg ngày 12/10/2021 của Thủ tướng Chính phủ ban hành Kế hoạch triển khai Nghị quyết số 24/2021/QH15 "
        "ngày 28/7/2021 của Quốc hội phê duyệt chủ trương đầu tư Chương trình mục tiêu quốc gia giảm nghèo bền vững giai đoạn 2021 - 2025",
        five_documents,
    )
    assert only.code == "base-differs"
    assert "1705/QĐ-TTg" in only.message


def test_the_same_number_in_another_year_is_another_document(five_documents: Release) -> None:
    (only,) = with_basis(
        "Quyết định số 1705/QĐ-TTg ngày 04/11/2020 của Thủ tướng Chính phủ phê duyệt Đề án bảo vệ rừng", five_documents
    )
    assert only.code == "base-unknown"


def test_a_basis_that_a_later_document_carries_on_is_inferred_and_says_so(five_documents: Release) -> None:
    found = with_basis(
        "Quyết định số 48/2016/QĐ-TTg ngày 31/10/2016 của Thủ tướng Chính phủ ban hành quy định nguyên tắc, tiêu chí, định mức phân bổ vốn",
        five_documents,
    )
    (superseded,) = [one for one in found if one.code == "base-superseded"]
    assert "02/2022/QĐ-TTg" in superseded.message
    assert "suy luận" in superseded.message
    assert "inferred" in superseded.message_en


def test_the_registry_and_the_corpus_say_the_same_once(five_documents: Release) -> None:
    older = GOOD.replace("90/QĐ-TTg ngày 18/01/2022", "1722/QĐ-TTg ngày 02/9/2016").replace(
        "vững giai đoạn 2021-2025;", "vững giai đoạn 2016-2020;"
    )
    codes = [one.code for one in reviewed(older, five_documents).remarks]
    assert codes.count("base-superseded") == 1


def test_a_draft_older_than_the_successor_is_left_alone(five_documents: Release) -> None:
    basis = "Quyết định số 48/2016/QĐ-TTg ngày 31/10/2016 của Thủ tướng Chính phủ"
    text = GOOD.replace(SECOND_BASIS, basis).replace("ngày 10 tháng 3 năm 2022", "ngày 10 tháng 3 năm 2021")
    assert "base-superseded" not in {one.code for one in reviewed(text, five_documents).remarks}


def test_the_five_documents_are_not_known_by_their_own_words(five_documents: Release) -> None:
    path = next((Path(__file__).parents[2] / "documents").glob("003_*.txt"))
    remarks = reviewed(path.read_text("utf-8"), five_documents).remarks
    (unknown,) = [one for one in remarks if one.code == "base-unknown"]
    assert "168/KH-UBND" in unknown.message
    assert "90/QĐ-TTg" not in unknown.message
    assert "base-superseded" not in {one.code for one in remarks}


@pytest.fixture(scope="module")
def replaced_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("replaced")
    (folder / "7.txt").write_text(REPLACING, "utf-8")
    (folder / "8.txt").write_text(
        REPLACING.replace("7/2021", "8/2021")
        .replace("quản lý vốn", "hỗ trợ hộ")
        .replace("thay thế Quyết định số 15/2019", "sửa đổi, bổ sung Quyết định số 16/2019"),
        "utf-8",
    )
    publish_files(folder / "home", [folder / "7.txt", folder / "8.txt"])
    return folder / "home"


def test_a_basis_that_was_replaced_is_an_error(replaced_home: Path) -> None:
    release = open_current(replaced_home)
    old = "Quyết định số 15/2019/QĐ-UBND ngày 01/02/2019 của Ủy ban nhân dân tỉnh Bình Thuận"
    found = {one.code: one for one in with_basis(old, release)}
    assert found["base-replaced"].severity is Severity.ERROR
    assert "7/2021/QĐ-UBND" in found["base-replaced"].message


def test_a_basis_that_was_amended_is_told_unless_the_draft_says_so(replaced_home: Path) -> None:
    release = open_current(replaced_home)
    old = "Quyết định số 16/2019/QĐ-UBND ngày 01/02/2019 của Ủy ban nhân dân tỉnh Bình Thuận"
    assert "base-amended" in {one.code for one in with_basis(old, release)}
    both = old + "; Quyết định số 8/2021/QĐ-UBND ngày 05/4/2021 của Ủy ban nhân dân tỉnh Bình Thuận"
    assert "base-amended" not in {one.code for one in with_basis(both, release)}


# --- the command ---


def ask(*arguments: str) -> Result:
    return CliRunner().invoke(make_app(), ["draft", *arguments])


@pytest.fixture
def good(tmp_path: Path) -> Path:
    path = tmp_path / "du-thao.txt"
    path.write_text(GOOD, "utf-8")
    return path


def test_a_good_draft_ends_with_zero_and_says_what_was_compared(good: Path, five_home: Path, tmp_path: Path) -> None:
    result = ask(str(good), "--home", str(five_home))
    assert result.exit_code == 0
    assert "Không có gì phải nêu" in result.stdout
    assert open_current(five_home).id in result.stdout
    alone = ask(str(good), "--home", str(tmp_path / "nothing"))
    assert alone.exit_code == 0
    assert "Chưa có kho" in alone.stdout


def test_a_remark_is_shown_with_line_quote_and_remedy_in_both_languages(good: Path, five_home: Path) -> None:
    good.write_text(GOOD.replace("30/6/2022", "31/6/2022").replace("sách giảm nghèo", "sách giám nghèo"), "utf-8")
    result = ask(str(good), "--home", str(five_home))
    line = GOOD[: GOOD.index("30/6/2022")].count("\n") + 1
    assert result.exit_code == 1
    for words in (
        "■ Sửa ngày tháng và thời hạn / Correct dates and deadlines (1)",
        f"dòng / line {line} [phải sửa / must be corrected] Không có ngày “31/6/2022”: tháng 6 có 30 ngày.",
        "There is no day “31/6/2022”: month 6 has 30 days.",
        "⟦31/6/2022⟧",
        "→ Sửa ngày theo lịch. / Correct the date by the calendar.",
    ):
        assert words in result.stdout
    assert result.stdout.index("Sửa ngày tháng") < result.stdout.index("Sửa lỗi chữ")


def test_severity_leaves_out_what_matters_less(good: Path, five_home: Path) -> None:
    good.write_text(GOOD.replace("sách giảm nghèo", "sách giám nghèo"), "utf-8")
    assert ask(str(good), "--home", str(five_home)).exit_code == 1
    warned = ask(str(good), "--home", str(five_home), "--severity", "warning")
    assert warned.exit_code == 0
    assert "giám nghèo" not in warned.stdout


def test_json_has_the_places(good: Path, five_home: Path) -> None:
    good.write_text(GOOD.replace("30/6/2022", "31/6/2022"), "utf-8")
    (shown,) = json.loads(ask(str(good), "--home", str(five_home), "--format", "json").stdout)
    (remark,) = shown["remarks"]
    assert (remark["code"], remark["action"], remark["severity"]) == ("impossible-date", "dates", "error")
    assert remark["places"][0]["quote"] == "31/6/2022"
    assert shown["release"] == open_current(five_home).id


def test_validity_may_be_asked_for_another_day(good: Path, five_home: Path) -> None:
    codes = {one.code for one in reviewed(GOOD, open_current(five_home), day="2025-08-01").remarks}
    assert {"agency-dissolved", "law-newer"} <= codes
    assert ask(str(good), "--home", str(five_home), "--on", "2025-08-01").exit_code == 1
    assert ask(str(good), "--on", "tomorrow").exit_code == 2


def test_what_is_no_document_ends_with_three(tmp_path: Path) -> None:
    result = ask(str(tmp_path / "nothing.txt"))
    assert getattr(result.exception, "exit_code", None) == 3


def test_the_help_has_both_languages_and_an_example() -> None:
    shown = ask("--help").stdout
    assert "Soát dự thảo trước khi ký" in shown
    assert "Review a draft before it is signed" in " ".join(shown.split())
    assert "daumoi draft documents/003" in shown
