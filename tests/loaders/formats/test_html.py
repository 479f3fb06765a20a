"""Of a saved page the document is read: lists numbered, tables whole, menus gone."""

from pathlib import Path

import pytest

from loaders.formats.html import read_html
from ontology.errors import SourceError

NAME = Path("trang.html")


def lines_of(body: str | bytes) -> list[str]:
    data = (
        body
        if isinstance(body, bytes)
        else f"<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()
    )
    return read_html(data, NAME).text.strip("\n").split("\n")


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("<p>Điều 1.\n  Ban   hành</p><p>Điều 2.</p>", ["Điều 1. Ban hành", "Điều 2."]),
        ("<div>A<div>B</div>C</div>", ["A", "B", "C"]),
        ("<p>Số<b>:</b> <i>12</i>/KH</p>", ["Số: 12/KH"]),
        ("<p>A<br>B<br/><br/>C</p>", ["A", "B", "", "C"]),
        ("<p>A&nbsp;&nbsp;B</p>", ["A  B"]),
        ("<pre>I. MỤC TIÊU\n1. Một</pre>", ["I. MỤC TIÊU", "1. Một"]),
        ("<ol><li>Một<li>Hai</ol>", ["1. Một", "2. Hai"]),
        ("<ol type=a start=3><li>Ba</li><li value=7>Bảy</li></ol>", ["c) Ba", "g) Bảy"]),
        ("<ol style='list-style-type: upper-roman'><li>A<ul><li>B</li></ul></li><li>C</li></ol>", ["I. A", "- B", "II. C"]),
        ("<ul style='list-style:none'><li>Trơn</li></ul>", ["Trơn"]),
        ("<ul><li>- Có gạch sẵn</li></ul>", ["- Có gạch sẵn"]),
        ("<p>A<span style='display: none'>ẩn</span>B<del>bỏ</del><ins>C</ins></p>", ["ABC"]),
        ("<p>A<script>x()</script>B<!-- c -->C</p>", ["ABC"]),
        ("<p>1 &lt; 2 &amp; Đ&ugrave;</p>", ["1 < 2 & Đù"]),
        ("chữ trơn", ["chữ trơn"]),
    ],
)  # fmt: skip
def test_elements_become_lines(body: str, lines: list[str]) -> None:
    assert lines_of(body) == lines


def test_cells_merged_over_rows_and_columns() -> None:
    table = (
        "<table><thead><tr><th rowspan=2>TT<th rowspan=2>Nội dung<th colspan=2>Cơ quan</tr><tr><th>Chủ trì<th>Phối hợp</tr></thead>"
        "<tr><td>1<td>A<td rowspan=2>Sở Y tế<td rowspan=0>Sở<br>Tài chính</tr><tr><td>2<td>B</tr>"
        "<tr><td colspan=2>cuối</tr></table>"
    )
    assert lines_of(table) == [
        "TT\tNội dung\tCơ quan\t",
        "\t\tChủ trì\tPhối hợp",
        "1\tA\tSở Y tế\tSở Tài chính",
        "2\tB\tSở Y tế\tSở Tài chính",
        "cuối\t\t\t",
    ]


def test_a_table_that_lays_out_the_page_is_looked_through() -> None:
    inner = "<table><tr><th>TT<th>Nội dung<th>Chủ trì</tr><tr><td>1<td>A<td>B</tr></table>"
    assert lines_of(f"<table><tr><td><p>Điều 1.</p>{inner}<p>Điều 2.</p></td></tr></table>") == (
        ["Điều 1.", "", "TT\tNội dung\tChủ trì", "1\tA\tB", "", "Điều 2."]
    )


MENU = "<ul>" + "".join(f"<li><a href='/{i}'>Chuyên mục số {i}</a></li>" for i in range(10)) + "</ul>"
HEAD = "<table><tr><td><p>UBND TỈNH A</p></td><td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</p></td></tr></table>"
LAWS = "".join(f"<p><a href='/{i}'>Căn cứ Luật số {i}/2015/QH13 ngày 19 tháng 6 năm 2015;</a></p>" for i in range(8))
BODY = "<p>Điều 1. Ban hành kèm theo Quyết định này Kế hoạch thực hiện Chương trình.</p>" * 6
END = "<p>Nơi nhận: như Điều 3.</p>"


@pytest.mark.parametrize(
    "page",
    [
        f"<nav>{MENU}</nav><main>{{}}</main><aside><p>Quảng cáo</p></aside>",
        f"<div>{MENU}</div><div><div>{{}}</div></div><div>Liên hệ: 024 123</div>",
        f"<div role=navigation>Trang chủ</div><form><div>{MENU}</div><div class=x><div>{{}}</div>{MENU}</div></form><footer>Chân</footer>",
        f"<table><tr><td>{MENU}</td><td><p>{{}}</p></td></tr></table>",
        "<div hidden>Ẩn</div><div>{}</div>",
    ],
)
def test_what_is_around_the_document_is_left_out(page: str) -> None:
    lines = lines_of(page.format(HEAD + f"<div>{LAWS}</div>" + BODY + END))
    assert lines[:2] == ["UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert lines[2:10] == [f"Căn cứ Luật số {i}/2015/QH13 ngày 19 tháng 6 năm 2015;" for i in range(8)]
    assert lines[-1] == "Nơi nhận: như Điều 3."
    assert len(lines) == 17


def test_a_small_document_beside_much_talk_is_found_by_its_head() -> None:
    talk = "<p>Bình luận của bạn đọc về văn bản này và nhiều chuyện khác nữa.</p>" * 6
    lines = lines_of(f"<div class=doc>{HEAD}{BODY}{END}</div><div class=talk>{talk}</div>")
    assert lines[0] == "UBND TỈNH A"
    assert lines[-1] == "Nơi nhận: như Điều 3."


def test_the_head_in_a_box_of_its_own_belongs_to_the_document() -> None:
    lines = lines_of(
        f"<div><div class=menu>{MENU}</div><div class=head>{HEAD}</div><div class=text>{BODY * 3}</div><div>{END}</div></div>"
    )
    assert lines[0] == "UBND TỈNH A"
    assert lines[-1] == "Nơi nhận: như Điều 3."
    assert not any("Chuyên mục" in line for line in lines)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1258"])
def test_encodings(encoding: str) -> None:
    page = f"<html><head><meta http-equiv=Content-Type content='text/html; charset={encoding}'></head><body><p>Kê hoach sô 5 ngày</p></body></html>"
    assert lines_of(page.encode(encoding)) == ["Kê hoach sô 5 ngày"]


def test_a_page_saved_in_one_file() -> None:
    page = (
        b'From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="b"\r\n\r\n--b\r\n'
        b"Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>S=E1=BB=91: 12</p></body></html>\r\n--b\r\nContent-Type: image/png\r\n\r\nx\r\n--b--\r\n"
    )
    assert lines_of(page) == ["Số: 12"]


def test_dropped_deletions_are_a_finding() -> None:
    laid = read_html(b"<p>A <del>B</del> C</p>", NAME)
    assert laid.text == "A C\n"
    assert [finding.code for finding in laid.findings] == ["tracked-changes"]


def test_a_page_of_menus_alone_has_no_text() -> None:
    with pytest.raises(SourceError, match="no text"):
        lines_of("<nav>A</nav><script>b</script>")


def test_notes_as_word_writes_them_come_at_the_end() -> None:
    body = (
        "<div class=WordSection1><p class=MsoNormal>" + "Sở Y tế<a href='#_ftn1' name='_ftnref1'><sup>[1]</sup></a> chủ trì. " * 9 + "</p></div>"
        "<div style='mso-element:footnote-list'><hr><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText>"
        "<a href='#_ftnref1' name='_ftn1'><span>[1]</span></a> Tên mới.</p></div></div>"
        "<div style='mso-element:header'><p>Dự thảo</p></div>"
    )  # fmt: skip
    assert lines_of(body) == [("Sở Y tế chủ trì. " * 9).strip(), "", "[1] Tên mới."]


def test_a_list_that_a_paragraph_interrupts_goes_on() -> None:
    page = "<ol type=I><li>A<ol><li>B</ol></ol><p>xen</p><ol type=I><ol start=2><li>C</ol><li>D</ol>"
    assert lines_of(page) == ["I. A", "1. B", "xen", "2. C", "II. D"]
