"""What the fields, codes and kinds of the table of corrections are called on pages: the table itself keeps the record's words."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from ontology.corrections import FIELDS, ValueKind, parse_fields, split_list
from ontology.records import FactKind
from server.languages import mark

KINDS: Mapping[FactKind, str] = MappingProxyType(
    {
        FactKind.HEADER: mark("Thể thức văn bản"),
        FactKind.CITATION: mark("Văn bản viện dẫn"),
        FactKind.TASK: mark("Nhiệm vụ"),
        FactKind.ASSIGNMENT: mark("Phân công"),
        FactKind.TIMING: mark("Thời gian"),
        FactKind.COMPONENT: mark("Dự án, tiểu dự án"),
        FactKind.TARGET: mark("Mục tiêu"),
        FactKind.BUDGET: mark("Kinh phí"),
        FactKind.REPORTING: mark("Chế độ báo cáo"),
        FactKind.MENTION: mark("Tên cơ quan (mọi chỗ trong văn bản)"),
    }
)
FIELD_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "task": mark("mã nhiệm vụ"),
        "number": mark("số"),
        "type": mark("loại văn bản"),
        "date": mark("ngày"),
        "issuer": mark("cơ quan ban hành"),
        "jurisdiction": mark("địa bàn"),
        "title": mark("tên"),
        "recipients": mark("nơi nhận"),
        "programmes": mark("chương trình"),
        "periods": mark("giai đoạn"),
        "attached_to": mark("ban hành kèm theo"),
        "subject": mark("về việc"),
        "relation": mark("quan hệ"),
        "iri": mark("địa chỉ văn bản"),
        "text": mark("lời văn"),
        "component": mark("dự án"),
        "deliverable": mark("sản phẩm"),
        "result_document": mark("văn bản kết quả"),
        "submit_to": mark("cấp trình"),
        "agency": mark("cơ quan"),
        "role": mark("vai trò"),
        "start": mark("từ ngày"),
        "end": mark("đến ngày"),
        "recurrence": mark("định kỳ"),
        "completed": mark("đã hoàn thành"),
        "code": mark("mã"),
        "kind": mark("loại"),
        "parent": mark("thuộc"),
        "national": mark("mã quốc gia"),
        "indicator": mark("chỉ tiêu"),
        "value": mark("giá trị"),
        "unit": mark("đơn vị"),
        "by": mark("đến năm"),
        "year": mark("năm"),
        "source": mark("nguồn vốn"),
        "amount_million_vnd": mark("triệu đồng"),
        "from": mark("bên báo cáo"),
        "to": mark("bên nhận"),
        "frequency": mark("mấy lần"),
        "deadline": mark("hạn"),
    }
)
CODES: Mapping[str, str] = MappingProxyType(
    {
        "lead": mark("chủ trì"),
        "coordinate": mark("phối hợp"),
        "advise": mark("tham mưu"),
        "direct": mark("chỉ đạo"),
        "implement": mark("thực hiện"),
        "request": mark("đề nghị"),
        "receive_report": mark("nhận báo cáo"),
        "counterpart": mark("bên phối hợp"),
        "based_on": mark("căn cứ"),
        "ensures_implementation_of": mark("triển khai"),
        "annex": mark("phụ lục"),
        "replaces": mark("thay thế"),
        "repeals": mark("bãi bỏ"),
        "amends": mark("sửa đổi, bổ sung"),
        "result_document": mark("văn bản kết quả"),
        "cites": mark("viện dẫn"),
        "annual": mark("hằng năm"),
        "semiannual": mark("6 tháng"),
        "nine_month": mark("9 tháng"),
        "quarterly": mark("hằng quý"),
        "monthly": mark("hằng tháng"),
        "biennial": mark("2 năm một lần"),
        "periodic": mark("định kỳ"),
        "adhoc": mark("đột xuất"),
        "total": mark("tổng số"),
        "central": mark("trung ương"),
        "local": mark("địa phương"),
        "other": mark("khác"),
        "yes": mark("có"),
        "no": mark("không"),
    }
)
_CODED = frozenset({ValueKind.ROLE, ValueKind.RELATION, ValueKind.RECURRENCE, ValueKind.SOURCE, ValueKind.TRUTH})


def say_field(name: object, say: Callable[[str], str]) -> str:
    """Return what a field is called."""
    return say(FIELD_NAMES[str(name)]) if name in FIELD_NAMES else str(name or "")


def say_value(kind: object, name: object, value: object, say: Callable[[str], str]) -> str:
    """Return a value of a field as a person reads it: codes by their names; a whole fact (no field) field by field.

    >>> say_value("assignment", None, "agency=Sở Y tế; role=lead", str)
    'cơ quan: Sở Y tế; vai trò: chủ trì'
    >>> say_value("timing", "recurrence", "annual; adhoc", str)
    'hằng năm, đột xuất'
    """
    text, fields = str(value or ""), FIELDS.get(FactKind(str(kind)), {})
    if name:
        coded = fields.get(str(name)) in _CODED
        return ", ".join(say(CODES.get(one, one)) for one in split_list(text)) if coded else text
    parts = parse_fields(FactKind(str(kind)), text)
    return "; ".join(f"{say_field(n, say)}: {say_value(kind, n, v, say)}" for n, v in parts.items()) or text
