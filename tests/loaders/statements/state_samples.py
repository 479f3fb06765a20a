"""A small registry and small records, made by hand, for the tests of the graph; they stand for no real document."""

from types import MappingProxyType
from typing import Any

from ontology.records import (
    Assignment,
    Budget,
    Citation,
    Component,
    Document,
    DocumentLink,
    Finding,
    Record,
    Recurrence,
    Relation,
    Reporting,
    Role,
    Section,
    Severity,
    Signer,
    SourceInfo,
    Span,
    Target,
    Task,
    Timing,
)
from ontology.registry import (
    Abbreviation,
    Agency,
    AgencyKind,
    BodyPattern,
    ChangeEvent,
    ChangeKind,
    DocumentType,
    Group,
    Jurisdiction,
    Level,
    LineOfWork,
    MandateTransfer,
    NamedLaw,
    NationalComponent,
    Phase,
    PlaceKind,
    Programme,
    Registry,
)

ID = "https://w3id.org/daumoi/id/"
DECREE_1 = ID + "document/thu-tuong/2016/01-qd-ttg"
DECREE_9 = ID + "document/thu-tuong/2022/09-qd-ttg"
RESOLUTION = ID + "document/quoc-hoi/2021/24-2021-qh15"
NORMS_1 = ID + "document/thu-tuong/2016/4-2016-qd-ttg"
NORMS_9 = ID + "document/thu-tuong/2022/2-2022-qd-ttg"
PLAN = ID + "document/bo-a/2017/10-qd-ba"
LOCAL = ID + "document/tinh-b/uy-ban-nhan-dan/2022/20-kh-ubnd"

PLAN_TEXT = """Số: 10/QĐ-BA
Hà Nội, ngày 09 tháng 3 năm 2017
Kế hoạch triển khai Quyết định số 1/QĐ-TTg
Căn cứ Quyết định số 1/QĐ-TTg ngày 02/9/2016 của Thủ tướng phê duyệt Chương trình G giai đoạn 2016-2020;
I. NHIỆM VỤ
đ) Rà soát định mức phân bổ vốn ngân sách trung ương giai đoạn 2016-2020	Vụ X	Vụ Y; Các Vụ	Quý II/2017	QĐ số 4/2016/QĐ-TTg
d) Tập huấn	Vụ Y		Hằng năm	Báo cáo
II. MỤC TIÊU
Giảm 2-2,5 %/năm đến năm 2020. Kinh phí 3.188 triệu đồng. Các Vụ gửi Vụ X 6 tháng.
Người Ký
"""
LOCAL_TEXT = """Kế hoạch thực hiện Chương trình G giai đoạn 2021-2025
Căn cứ Quyết định số 9/QĐ-TTg ngày 18/01/2022 của Thủ tướng về việc phê duyệt Chương trình G giai đoạn 2021-2025;
Căn cứ Quyết định số 2/2022/QĐ-TTg của Thủ tướng quy định định mức phân bổ vốn NSTW giai đoạn 2021-2025;
Quyết định số 9/QĐ-TTg triển khai Nghị quyết số 24/2021/QH15.
Dự án 1. Hỗ trợ đầu tư hạ tầng
Sở Đ chủ trì, các sở, ngành phối hợp.
"""


def at(text: str, words: str, nth: int = 0) -> Span:
    """Return the place of the ``nth`` occurrence of ``words`` in ``text``."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def _frozen(*things: Any) -> MappingProxyType[str, Any]:
    return MappingProxyType({thing.id: thing for thing in things})


def small_registry() -> Registry:
    """Return a registry of two ministry units, one province, one programme of two phases."""
    return Registry(
        place_kinds=_frozen(PlaceKind("tinh", "tỉnh", "Province", Level.PROVINCE, "Tỉnh ủy")),
        jurisdictions=_frozen(
            Jurisdiction("viet-nam", "Việt Nam", "", Level.NATIONAL, None),
            Jurisdiction("tinh-b", "B", "tỉnh", Level.PROVINCE, "viet-nam"),
        ),
        lines_of_work=_frozen(LineOfWork("dau-tu", "đầu tư", "investment")),
        agency_kinds=_frozen(
            *(AgencyKind(id, id, id) for id in ("ministry", "department", "provincial-department", "government"))
        ),
        agencies=_frozen(
            Agency("bo-a", "Bộ A", "Ministry A", "ministry", Level.NATIONAL, None, "viet-nam", ("dau-tu",)),
            Agency(
                "bo-a/vu-moi",
                "Vụ Mới, Bộ A",
                "New unit",
                "department",
                Level.NATIONAL,
                "bo-a",
                "viet-nam",
                valid_from="2022-01-01",
            ),
            Agency(
                "bo-a/vu-cu",
                "Vụ Cũ, Bộ A",
                "Old unit",
                "department",
                Level.NATIONAL,
                "bo-a",
                "viet-nam",
                valid_from="2007",
                valid_to="2016-12-31",
            ),
            Agency("thu-tuong", "Thủ tướng", "Prime Minister", "government", Level.NATIONAL, None, "viet-nam"),
            Agency("quoc-hoi", "Quốc hội", "National Assembly", "government", Level.NATIONAL, None, "viet-nam"),
        ),
        bodies=_frozen(
            BodyPattern("so-d", "so-d", "Sở Đ", "Department Đ", "provincial-department", Level.PROVINCE, None),
            BodyPattern("so-e", "so-e", "Sở E", "Department E", "provincial-department", Level.PROVINCE, None),
            BodyPattern(
                "ubnd-tinh",
                "uy-ban-nhan-dan",
                "Ủy ban nhân dân",
                "People's Committee",
                "government",
                Level.PROVINCE,
                None,
            ),
        ),
        units=_frozen(
            BodyPattern(
                "vu-x", "vu-x", "Vụ X", "Unit X", "department", None, None, ("dau-tu",), name_pattern="{name}, {agency}"
            ),
            BodyPattern("vu-y", "vu-y", "Vụ Y", "Unit Y", "department", None, None, name_pattern="{name}, {agency}"),
        ),
        groups=_frozen(
            Group("cac-vu", "Các Vụ", "The units", (), True, None, "issuer", member_kinds=("department",)),
            Group(
                "cac-so-nganh",
                "Các sở, ngành",
                "The departments",
                (),
                True,
                Level.PROVINCE,
                "document",
                member_kinds=("provincial-department",),
            ),
        ),
        titles=MappingProxyType({}),
        document_types=_frozen(
            DocumentType("quyet-dinh", "Quyết định", "Decision", ("QĐ",), ("QĐ",), False, True),
            DocumentType("ke-hoach", "Kế hoạch", "Plan", ("KH",), ("KH",), False, True),
            DocumentType("nghi-quyet", "Nghị quyết", "Resolution", ("NQ",), ("NQ",), True, True),
        ),
        programmes=_frozen(Programme("g", "Chương trình G", "Programme G", ("CT G",))),
        phases=_frozen(
            Phase("g", "2016-2020", "1/QĐ-TTg", "2016-09-02", "thu-tuong", "1/QĐ-TTg"),
            Phase("g", "2021-2025", "9/QĐ-TTg", "2022-01-18", "thu-tuong", "9/QĐ-TTg"),
        ),
        components=_frozen(
            _national("2016-2020", "DA1", "Dự án", "Hỗ trợ đầu tư phát triển hạ tầng", None),
            _national("2021-2025", "DA1", "Dự án", "Hỗ trợ đầu tư phát triển hạ tầng kinh tế - xã hội", None),
            _national("2021-2025", "DA1.TDA1", "Tiểu dự án", "Đề án huyện thoát nghèo", "DA1"),
        ),
        laws=MappingProxyType(
            {"24/2021/QH15": NamedLaw("Luật L", "Luật", "24/2021/QH15", "2021-07-28", "quoc-hoi", (), "Law L")}
        ),
        change_events=_frozen(
            ChangeEvent("bo-a-2025", ChangeKind.RENAMED, ("bo-a",), ("bo-a",), "2025-03-01", "176/2025/QH15", "x"),
            ChangeEvent(
                "tinh-b-2025", ChangeKind.RENAMED, ("tinh-b",), ("tinh-b",), "2025-07-01", "202/2025/QH15", "x"
            ),
        ),
        mandate_transfers=_frozen(
            MandateTransfer("giam-ngheo", "quản lý giảm nghèo", "poverty", "bo-a", "bo-a", "2025-03-01", "x", "y")
        ),
        abbreviations=(Abbreviation("ngân sách trung ương", "central budget", ("NSTW",), "text"),),
    )


def _national(period: str, code: str, kind: str, title: str, parent: str | None) -> NationalComponent:
    return NationalComponent("g", period, code, kind, title, f"{title} (en)", parent, (), "x")


def _source(text: str, name: str) -> SourceInfo:
    return SourceInfo(name, "text/plain", "", len(text))


def _assigned(agency: str, iri: str, role: Role, span: Span, group: bool = False) -> Assignment:
    return Assignment(agency, ID + iri, role, group, True, span, printed=agency, rule="column:lead")


def plan_record() -> Record:
    """Return a ministry's plan of the first phase, with a fact of every kind."""
    text = PLAN_TEXT
    row = at(text, "Rà soát định mức phân bổ vốn ngân sách trung ương giai đoạn 2016-2020")
    subject = "phê duyệt Chương trình G giai đoạn 2016-2020"
    return Record(
        Document(
            number="10/QĐ-BA",
            type="Quyết định",
            date="2017-03-09",
            issuer="Bộ A",
            jurisdiction="Việt Nam",
            title="Kế hoạch triển khai Quyết định số 1/QĐ-TTg",
            signers=(Signer("Người Ký", "KT. Bộ trưởng", at(text, "Người Ký")),),
            recipients=("Như trên",),
            programmes=("Chương trình G",),
            periods=("2016-2020",),
            legal_bases=("1/QĐ-TTg",),
            attached_to="10/QĐ-BA",
            iri=PLAN,
            issuer_iri=ID + "agency/bo-a",
            jurisdiction_iri=ID + "place/viet-nam",
            spans={"number": at(text, "10/QĐ-BA"), "title": at(text, "Kế hoạch triển khai Quyết định số 1/QĐ-TTg")},
        ),
        citations=(
            Citation(
                "1/QĐ-TTg",
                "Quyết định",
                "2016-09-02",
                "Thủ tướng",
                None,
                Relation.ENSURES_IMPLEMENTATION_OF,
                False,
                DECREE_1,
                at(text, "Quyết định số 1/QĐ-TTg"),
                resolved_by="same-text",
            ),
            Citation(
                "1/QĐ-TTg",
                "Quyết định",
                "2016-09-02",
                "Thủ tướng",
                subject,
                Relation.BASED_ON,
                False,
                DECREE_1,
                at(text, "Quyết định số 1/QĐ-TTg ngày 02/9/2016 của Thủ tướng " + subject),
                resolved_by="printed",
            ),
            Citation(
                "4/2016/QĐ-TTg",
                "Quyết định",
                "2016",
                "Thủ tướng",
                None,
                Relation.RESULT_DOCUMENT,
                False,
                NORMS_1,
                at(text, "QĐ số 4/2016/QĐ-TTg"),
                resolved_by="number-year",
            ),
            Citation(
                "10/QĐ-BA",
                "Quyết định",
                None,
                None,
                None,
                Relation.ANNEX,
                True,
                PLAN,
                at(text, "10/QĐ-BA"),
                resolved_by="printed",
            ),
        ),
        components=(
            Component(
                "DA1",
                "Dự án",
                "Hạ tầng",
                None,
                "DA1",
                at(text, "NHIỆM VỤ"),
                "Chương trình G",
                "2016-2020",
                "title",
                0.9,
            ),
        ),
        tasks=(
            Task(
                "I.đ",
                ("I NHIỆM VỤ",),
                "DA1",
                text[row.start : row.end],
                row,
                "row",
                (
                    _assigned("Vụ X, Bộ A", "agency/bo-a/vu-x", Role.LEAD, at(text, "Vụ X")),
                    _assigned("Vụ Y, Bộ A", "agency/bo-a/vu-y", Role.COORDINATE, at(text, "Vụ Y")),
                    _assigned("Các Vụ", "group/bo-a/cac-vu", Role.COORDINATE, at(text, "Các Vụ"), True),
                ),
                Timing("Quý II/2017", "2017-04-01", "2017-06-30", span=at(text, "Quý II/2017")),
                "QĐ số 4/2016/QĐ-TTg",
                at(text, "QĐ số 4/2016/QĐ-TTg"),
                "4/2016/QĐ-TTg",
                NORMS_1,
                "Thủ tướng",
                ID + "agency/thu-tuong",
                rule="table",
            ),
            Task(
                "I.d",
                ("I NHIỆM VỤ",),
                None,
                "Tập huấn",
                at(text, "Tập huấn"),
                "row",
                (
                    _assigned("Vụ Y, Bộ A", "agency/bo-a/vu-y", Role.LEAD, at(text, "Vụ Y", 1)),
                    _assigned("Các Vụ", "group/bo-a/cac-vu", Role.COORDINATE, at(text, "Các Vụ"), True),
                ),
                Timing("Hằng năm", recurrence=(Recurrence.ANNUAL,), completed=True, date="2017-01"),
            ),
        ),
        targets=(Target("Giảm", "2-2,5", "%/năm", "2020", at(text, "Giảm 2-2,5 %/năm")),),
        budgets=(
            Budget("DA1", 2017, "central", 3188.0, at(text, "3.188 triệu đồng")),
            Budget(None, None, "total", 3188.0, at(text, "3.188 triệu đồng")),
        ),
        reporting=(
            Reporting(
                "Các Vụ",
                "Vụ X, Bộ A",
                ("6 tháng",),
                "trước ngày 15",
                at(text, "Các Vụ gửi Vụ X"),
                ID + "group/bo-a/cac-vu",
                ID + "agency/bo-a/vu-x",
            ),
        ),
        findings=(
            Finding(
                "row-without-lead",
                Severity.WARNING,
                "Dòng không có chủ trì",
                at(text, "Báo cáo"),
                "Xem lại bảng",
                "A row without lead",
            ),
            Finding("missing-date", Severity.INFO, "Thiếu ngày", None),
        ),
        sections=(
            Section("I", "NHIỆM VỤ", 0, at(text, "I. NHIỆM VỤ"), Span(text.index("I. NHIỆM"), text.index("II. MỤC"))),
            Section("II", "MỤC TIÊU", 0, at(text, "II. MỤC TIÊU"), Span(text.index("II. MỤC"), len(text))),
        ),
        source=_source(text, "plan.txt"),
    )


def local_record() -> Record:
    """Return a province's plan of the second phase: it carries the phase out without saying so of the decree."""
    text = LOCAL_TEXT
    subject = "phê duyệt Chương trình G giai đoạn 2021-2025"
    norms = "quy định định mức phân bổ vốn NSTW giai đoạn 2021-2025"
    return Record(
        Document(
            "20/KH-UBND",
            "Kế hoạch",
            "2022-08",
            "Ủy ban nhân dân tỉnh B",
            "tỉnh B",
            "Kế hoạch thực hiện Chương trình G giai đoạn 2021-2025",
            programmes=("Chương trình G",),
            periods=("2022",),
            iri=LOCAL,
            issuer_iri=ID + "agency/tinh-b/uy-ban-nhan-dan",
            jurisdiction_iri=ID + "place/tinh-b",
            spans={"title": at(text, "Kế hoạch thực hiện Chương trình G giai đoạn 2021-2025")},
        ),
        citations=(
            Citation(
                "9/QĐ-TTg",
                "Quyết định",
                "2022-01-18",
                "Thủ tướng",
                subject,
                Relation.BASED_ON,
                False,
                DECREE_9,
                at(text, "Quyết định số 9/QĐ-TTg ngày 18/01/2022 của Thủ tướng về việc " + subject),
                resolved_by="printed",
            ),
            Citation(
                "2/2022/QĐ-TTg",
                "Quyết định",
                "2022",
                "Thủ tướng",
                norms,
                Relation.BASED_ON,
                False,
                NORMS_9,
                at(text, "Quyết định số 2/2022/QĐ-TTg của Thủ tướng " + norms),
                resolved_by="number-year",
            ),
            Citation(
                "24/2021/QH15",
                "Nghị quyết",
                "2021",
                "Quốc hội",
                None,
                Relation.CITES,
                False,
                RESOLUTION,
                at(text, "Nghị quyết số 24/2021/QH15"),
                resolved_by="number-year",
            ),
            Citation("77/KH-UBND", "Kế hoạch", None, None, None, Relation.CITES, False, None, at(text, "Kế hoạch")),
        ),
        components=(
            Component(
                "DA1",
                "Dự án",
                "Hỗ trợ đầu tư hạ tầng",
                None,
                "DA1",
                at(text, "Dự án 1. Hỗ trợ đầu tư hạ tầng"),
                "g",
                "2021-2025",
                "title",
                0.8,
            ),
        ),
        tasks=(
            Task(
                "1",
                (),
                "DA1",
                "Hỗ trợ đầu tư hạ tầng",
                at(text, "Hỗ trợ đầu tư hạ tầng"),
                "duty",
                (
                    _assigned("Sở Đ tỉnh B", "agency/tinh-b/so-d", Role.LEAD, at(text, "Sở Đ")),
                    _assigned(
                        "Các sở, ngành", "group/tinh-b/cac-so-nganh", Role.COORDINATE, at(text, "các sở, ngành"), True
                    ),
                    Assignment(
                        "Tổ chức lạ",
                        ID + "agency/tinh-b/to-chuc-la",
                        Role.COORDINATE,
                        False,
                        True,
                        at(text, "Sở Đ"),
                        "",
                        "open",
                        False,
                    ),
                ),
            ),
            Task(
                "2",
                (),
                None,
                "E",
                at(text, "Dự án 1"),
                "duty",
                (_assigned("Sở E tỉnh B", "agency/tinh-b/so-e", Role.IMPLEMENT, at(text, "Sở Đ")),),
            ),
        ),
        links=(
            DocumentLink(
                DECREE_9,
                Relation.ENSURES_IMPLEMENTATION_OF,
                "24/2021/QH15",
                at(text, "Quyết định số 9/QĐ-TTg triển khai Nghị quyết số 24/2021/QH15"),
            ),
        ),
        source=_source(text, "local.txt"),
    )
