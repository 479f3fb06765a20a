"""The invented plan as the pages of four law portals hold it when a browser saves them; only the words are ours.

Each portal wraps a document in its own way: Word's markup with bookmarks in every heading, the text area of a document store, line breaks
for paragraphs inside tables for the page, numbered blocks with a summary before and advertising between. Around it stand
the same things everywhere: menus, a search form, properties, related documents, comments, a footer.
"""

import html
import textwrap
from collections.abc import Callable, Sequence

from tests.loaders.formats.samples import (
    DATE,
    ISSUER,
    MOTTO,
    NUMBER,
    PLAN,
    RECEIVERS,
    SIGNATURE,
    TITLE,
    Grid,
    labels_of,
    merged_heights,
    printed,
)  # fmt: skip

NAME = f"{TITLE[0].title()} 87/KH-UBND năm 2022"
_FIELDS = ("Bộ máy hành chính", "Tài chính nhà nước", "Văn hóa - Xã hội", "Tài nguyên - Môi trường", "Bất động sản", "Doanh nghiệp", "Thương mại", "Đầu tư", "Lao động - Tiền lương", "Công nghệ thông tin", "Xây dựng - Đô thị", "Giáo dục", "Y tế")  # fmt: skip
_PROPERTIES = (("Số hiệu:", "87/KH-UBND"), ("Loại văn bản:", "Kế hoạch"), ("Nơi ban hành:", "Tỉnh Quảng Trị"), ("Người ký:", "Trần Văn Mẫu"), ("Ngày ban hành:", "14/06/2022"), ("Ngày hiệu lực:", "Đã biết"), ("Tình trạng:", "Đã biết"))  # fmt: skip


def _links(texts: Sequence[str], tag: str = "li") -> str:
    return "".join(f"<{tag}><a href='/vb/{i}.aspx' title='{text}'>{text}</a></{tag}>" for i, text in enumerate(texts))


def _related() -> list[str]:
    return [
        f"Quyết định {i}/QĐ-UBND về phê duyệt danh mục dự án giảm nghèo tỉnh Quảng Trị năm {2015 + i}"
        for i in range(1, 9)
    ]


def _cited(text: str, mark: str = "<a href='/vb/{}.aspx' target='_blank' class='lnk'>{}</a>") -> str:
    """Return a text as markup, document numbers as links."""
    written = html.escape(text)
    for number in ("90/QĐ-TTg", "27/2022/NĐ-CP"):
        written = written.replace(number, mark.format(number.replace("/", "-"), number))
    return written


def _grid(grid: Grid, cell: Callable[[str], str], opening: str) -> str:
    heights = merged_heights(grid)
    rows = ["".join(f"<td>{cell(text)}</td>" for text in grid.header)]
    for number, row in enumerate(grid.rows):
        rows.append(
            "".join(
                f"<td rowspan={heights[number, column]} valign=top>{cell(text)}</td>"
                for column, text in enumerate(row)
                if text is not None
            )
        )
    return opening + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


# --- Word's markup inside a portal ----------------------------------------------------------------------------------


def _mso(inside: str, style: str = "margin-top:6.0pt;text-align:justify") -> str:
    return f"<p class=MsoNormal style='{style}'><span lang=VI style='font-size:10.0pt;font-family:Arial'>{inside}<o:p></o:p></span></p>\n"


def _in_word() -> str:
    """Write the plan as Word's *filtered* page: hard-wrapped source, numbers in spans of their own, bookmarks."""

    def centred(lines: Sequence[str]) -> str:
        return f"<p class=MsoNormal align=center style='text-align:center'><b>{'<br>'.join(lines)}</b></p>"

    parts = [
        "<table class=MsoNormalTable border=0 cellspacing=0 cellpadding=0 style='border-collapse:collapse'>"
        f"<tr><td width=223 valign=top>{centred((*ISSUER, '-------'))}</td><td width=367 valign=top>{centred((*MOTTO, '---------------'))}</td></tr>"
        f"<tr><td><p class=MsoNormal align=center>{NUMBER}</p></td><td><p class=MsoNormal align=right><i>{DATE}</i></p></td></tr></table>\n",
        _mso("&nbsp;"),
        f"<p class=MsoNormal align=center><a name='loai_1'><b>{TITLE[0]}</b></a></p>",
        f"<p class=MsoNormal align=center><a name='loai_1_name'>{TITLE[1]} {TITLE[2]}</a></p>",
    ]
    for i, (part, label) in enumerate(zip(PLAN, labels_of(), strict=True)):
        if isinstance(part, Grid):
            parts.append(
                _grid(part, lambda text: _mso(html.escape(text)), "<table class=MsoNormalTable border=1 cellspacing=0>")
            )
        elif label:
            gap = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp;&nbsp; </span>"
            number = f"<![if !supportLists]><span style='mso-list:Ignore'>{label}{gap}</span><![endif]>"
            parts.append(_mso(f"<a name='muc_{i}'>{number}{_cited(part.text)}</a>"))
        else:
            parts.append(_mso(f"<i>{_cited(part.text)}</i>"))
    end = [
        f"<td width=295 valign=top><p class=MsoNormal><b><i>{RECEIVERS[0]}</i></b><br>{'<br>'.join(RECEIVERS[1:])}</p></td>"
    ]
    end.append(f"<td width=295 valign=top>{centred((*SIGNATURE[:3], '', '', '', SIGNATURE[3]))}</td>")
    parts.append(f"<table class=MsoNormalTable border=0><tr>{''.join(end)}</tr></table>{_mso('&nbsp;')}")
    wrapped = textwrap.TextWrapper(76, break_long_words=False, break_on_hyphens=False, replace_whitespace=False)
    return "\n".join("\n".join(wrapped.wrap(part)) for part in parts)


def library() -> str:
    """Write the page of a library of law: tabs, a hidden note per bookmark, properties, comments, questions and answers."""
    notes = "".join(
        f"<div class='tooltip-box' style='display:none'>Điều khoản này được hướng dẫn bởi {text}</div>"
        for text in _related()
    )
    properties = "".join(f"<tr><td><b>{name}</b></td><td>{value}</td></tr>" for name, value in _PROPERTIES)
    return f"""<!DOCTYPE html><html lang=vi><head><meta charset=utf-8><title>{NAME} mới nhất</title>
<style>.hid{{display:none}} @media print{{.content1{{display:none}}}}</style><script>var tab=1;</script></head><body>
<form method=post action=van-ban.aspx id=aspnetForm><input type=hidden name=__VIEWSTATE value="dDwtMTA4"><div id=header>
<a href=/><img src=logo.png alt="Thư viện"></a><div class=login>Đăng nhập | Đăng ký <input type=text value="Tên đăng nhập"></div>
<div class=menu><ul>{_links(_FIELDS)}</ul></div><div class=path><a href=/>Trang chủ</a> &raquo; <a href=/vb>Văn bản</a> &raquo; <a href=/vb/8>Văn hóa - Xã hội</a></div></div>
<div id=ctl00_Content><div class=left><h1>{NAME} {TITLE[1].lower()}</h1><ul class=tabs><li>Nội dung</li><li>Tiếng Anh</li><li>Văn bản gốc/PDF</li><li>Lược đồ</li><li>Liên quan hiệu lực</li><li>Liên quan nội dung</li><li>Tải về</li></ul>
<div class=saving>Lưu trữ Ghi chú Ý kiến Facebook Email In <a href=#>Bản án liên quan</a></div>
<div class=hid>You are not logged in. Please log in to see the English translation of this document and the comparison of both versions.</div>
<div class=content1 id=divContentDoc><div class=cldivContentDocVn>{_in_word()}</div></div>{notes}
<div class=tt><h3>Thuộc tính văn bản {NAME}</h3><table>{properties}</table></div>
<div class=comments><p>Ý kiến bạn đọc: Văn bản này đã có hiệu lực chưa ạ? Sở Y tế chủ trì việc nào?</p><p>Trả lời: Bạn vui lòng xem mục Tình trạng.</p><textarea>Nhập ý kiến</textarea></div></div>
<div class=right><h3>Văn bản cùng lĩnh vực</h3><ul>{_links(_related())}</ul><h3>Hỏi đáp</h3>{_links([f"Hộ nghèo năm {y} được hỗ trợ gì?" for y in range(2016, 2024)], "p")}</div></div>
<div id=footer><p>Chịu trách nhiệm chính: Ông Nguyễn Văn Thử. Địa chỉ: 17 đường Mẫu, Thành phố Hồ Chí Minh. Điện thoại: (028) 39 30 32 79</p></div></form></body></html>"""


# --- the text area of a store of documents --------------------------------------------------------------------------


def store() -> str:
    """Write the page of a ministry's store: properties in a list above the text, which sits in an area of its own."""
    body = [
        '<p align="center">&nbsp;</p><table border="0" cellpadding="0" cellspacing="0" style="width:100%"><tbody><tr>'
        + "".join(f'<td style="width:50%"><p align="center"><strong>{"</strong></p><p align=center><strong>".join(side)}</strong></p></td>' for side in ((*ISSUER, NUMBER), (*MOTTO, DATE)))
        + "</tr></tbody></table>",
        "".join(f'<p align="center"><strong>{line}</strong></p>' for line in TITLE),
    ]  # fmt: skip
    for part, label in zip(PLAN, labels_of(), strict=True):
        if isinstance(part, Grid):
            body.append(
                _grid(
                    part,
                    lambda text: f"\n<p>{html.escape(text)}</p>\n",
                    '<table border="1" cellspacing="0" class="table">',
                )
            )
        else:
            body.append(f"\n<p>\n\t{_cited(printed(part, label))}</p>\n")
    sides = ("<br />".join(RECEIVERS), "<br />".join(SIGNATURE))
    body.append(
        "<table style='width:100%'><tr>" + "".join(f"<td><p>{side}</p></td>" for side in sides) + "</tr></table>"
    )
    info = "".join(
        f"<li class='{'red' if 'Tình' in name else ''}'><span>{name}</span> {value}</li>" for name, value in _PROPERTIES
    )
    tabs = _links(["Toàn văn", "Thuộc tính", "Lịch sử", "VB liên quan", "Lược đồ", "Bản PDF"])
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html xmlns="http://www.w3.org/1999/xhtml"><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8" /><title>{NAME}</title></head>
<body onload="x()"><form><div id="s4-workspace"><div class="box-search"><select><option>Tất cả văn bản</option><option>Cơ quan ban hành</option></select><input value="Tìm kiếm" /></div>
<div class="nav-vb"><ul>{_links(_FIELDS)}</ul></div><div class="box-container"><div class="header"><ul>{tabs}</ul></div><div class="content"><div class="fulltext"><div class="vbInfo"><ul>{info}</ul></div>
<div class="toanvancontent" id="toanvancontent">{"".join(body)}</div><div class="vbFile"><ul><li><a href="a.doc">Bản Word (.doc)</a></li><li><a href="a.pdf">Bản PDF (.pdf)</a></li></ul></div><div class="action"><a href="#">Gửi phản hồi</a> <a href="#">Tải về</a></div></div></div></div>
<div class="box-vb-new"><h3>Văn bản mới</h3><ul>{_links(_related())}</ul></div><div class="footer">CƠ SỞ DỮ LIỆU VĂN BẢN. Đơn vị quản lý: Trung tâm Thử nghiệm. Giấy phép số 12/GP-TTĐT ngày 05 tháng 3 năm 2018 của Cục Mẫu.</div></div></form></body></html>"""


# --- line breaks inside tables for the page -------------------------------------------------------------------------


def breaks() -> str:
    """Write an old page: tables within tables for its columns, line breaks for paragraphs, blanks for indents."""
    head = (
        "<table width='100%'><tr>"
        + "".join(f"<td align=center><b>{'<br>'.join(side)}</b></td>" for side in ((*ISSUER, NUMBER), (*MOTTO, DATE)))
        + "</tr></table>"
    )
    soup = [head, "<br><center><b>" + "<br>\n".join(TITLE) + "</b></center><br>\n"]
    for part, label in zip(PLAN, labels_of(), strict=True):
        if isinstance(part, Grid):
            soup.append(_grid(part, html.escape, "<br><table border=1 width='100%'>") + "<br>")
        else:
            soup.append("&nbsp;&nbsp;&nbsp;&nbsp; " + _cited(printed(part, label)) + "<br />\n<br />\n")
    soup.append(
        f"<table><tr><td>{'<br>'.join(RECEIVERS)}</td><td align=center>{'<br>'.join(SIGNATURE)}</td></tr></table>"
    )
    menu = "".join(f"<tr><td><a href=/{i}>{text}</a></td></tr>" for i, text in enumerate(_FIELDS))
    latest = "".join(
        f"<tr><td><a href=/{i}><font size=1>{text}</font></a></td></tr>" for i, text in enumerate(_related())
    )
    return f"""<html><head><meta http-equiv=Content-Type content="text/html; charset=utf-8"></head><body bgcolor=white><table width=980 align=center><tr><td colspan=3><img src=banner.jpg><marquee>Chào mừng đến với Cổng thông tin điện tử tỉnh</marquee></td></tr>
<tr><td width=180 valign=top><table>{menu}</table></td><td valign=top><table width='100%'><tr><td class=title>Chi tiết văn bản | <a href=#>In</a> | <a href=#>Gửi email</a></td></tr><tr><td><font face="Times New Roman" size=3>{"".join(soup)}</font></td></tr></table></td>
<td width=200 valign=top><table><tr><td><b>Văn bản mới</b></td></tr>{latest}</table></td></tr><tr><td colspan=3 align=center>Cơ quan chủ quản: Ủy ban nhân dân tỉnh. Trưởng ban biên tập: Ông Lê Văn Thử. Số lượt truy cập: 1.234.567</td></tr></table></body></html>"""


# --- numbered blocks, a summary before, advertising between ---------------------------------------------------------


def magazine() -> str:
    """Write the page of a publisher of law: a summary that is no part of the document, a block per item, notes and advertising."""
    items = []
    for i, (part, label) in enumerate(zip(PLAN, labels_of(), strict=True)):
        if isinstance(part, Grid):
            items.append(
                f"<div class='docitem-14'><div class='table-responsive'>{_grid(part, html.escape, '<table class=table>')}</div></div>"
            )
            continue
        note = f"<span class='tooltip' hidden>{NAME}: xem thêm</span>" if i % 5 == 2 else ""
        items.append(f"<div class='docitem-{part.level or 12} entry'><p>{_cited(printed(part, label))}{note}</p></div>")
        if i == 6:
            items.append(
                "<aside class='ads'><p>Quảng cáo: Phần mềm tra cứu pháp luật dành cho doanh nghiệp</p></aside>"
            )
    head = "".join(
        f"<td>{''.join(f'<p>{line}</p>' for line in side)}</td>" for side in ((*ISSUER, NUMBER), (*MOTTO, DATE))
    )
    end = "".join(f"<td>{''.join(f'<p>{line}</p>' for line in side)}</td>" for side in (RECEIVERS, SIGNATURE))
    properties = "".join(f"<tr><th>{name}</th><td>{value}</td></tr>" for name, value in _PROPERTIES)
    return f"""<!doctype html><html><head><meta charset="utf-8"></head><body><header class="site-header"><nav>{_links(_FIELDS)}</nav></header><div class="container"><main>
<article class="the-document"><h1 class="the-document-title">{NAME} của Ủy ban nhân dân tỉnh Quảng Trị</h1><div class="the-document-entry"><table>{properties}</table></div>
<div class="the-document-summary"><h2>Tóm tắt {NAME}</h2><p>Theo đó, tỷ lệ hộ nghèo giảm bình quân 1,5%/năm. Sở Kế hoạch và Đầu tư chủ trì xây dựng nguyên tắc phân bổ vốn trong quý III/2022.</p><p>Xem chi tiết tại đây.</p></div>
<div class="the-document-body noidungtracuu" id="noidung"><div class="docitem-9"><table><tr>{head}</tr></table></div><div class="docitem-1">{"".join(f"<p>{line}</p>" for line in TITLE)}</div>{"".join(items)}<div class="docitem-15"><table><tr>{end}</tr></table></div></div>
<div class="the-document-related"><h3>Văn bản liên quan</h3>{_links(_related(), "div")}</div><section class="comments"><h3>Bình luận</h3><p>Bạn đọc: Cảm ơn ban biên tập đã đăng kế hoạch này.</p></section></article></main>
<div class="sidebar"><h3>Tin pháp luật</h3>{_links([f"Chính sách mới có hiệu lực từ tháng {m}" for m in range(1, 13)], "p")}</div></div><footer><p>Đơn vị chủ quản: Công ty Mẫu. Giấy phép số 692/GP-TTĐT</p></footer></body></html>"""


PORTALS: dict[str, Callable[[], str]] = {"library": library, "store": store, "breaks": breaks, "magazine": magazine}
STRANGE = (
    "Trang chủ", "Đăng nhập", "Quảng cáo", "Tóm tắt", "Văn bản mới", "Bình luận", "Ý kiến", "Hỏi đáp", "danh mục dự án", "Thuộc tính", "Người ký:", "Tình trạng",
    "Giấy phép", "Chịu trách nhiệm", "Tải về", "log in", "hướng dẫn bởi", "xem thêm", "Bộ máy hành chính", "chủ quản", "Lược đồ", "Gửi email", "Chào mừng",
)  # fmt: skip
"""Words of what stands around the document on some portal, and not in it."""
