"""How agencies and groups are named in running text: titles before a name, heads of lists, nouns of groups, heads of names not registered.

The words stand in lists; from them are made the patterns, and the words that a mention can begin with, so that no other word of a
text is looked at.
"""

import re
from collections.abc import Iterable, Mapping

from ontology.folding import UPPER, fold

_TITLE_WORDS = (
    *(
        "thủ trưởng",
        "lãnh đạo",
        "bộ trưởng",
        "thứ trưởng",
        "giám đốc",
        "tổng giám đốc",
        "tổng biên tập",
        "tổng cục trưởng",
        "chủ nhiệm",
    ),
    *("chánh", "vụ trưởng", "cục trưởng", "chi cục trưởng", "viện trưởng", "hiệu trưởng", "chỉ huy trưởng", "chủ tịch"),
    *("bí thư", "tổ trưởng", "trưởng", "người đứng đầu"),
)
_BEFORE_TITLE = ("phó", "các")
LIST_HEADS = frozenset({"bộ", "sở", "phòng", "vụ", "cục", "ban", "hội", "trung tâm", "đoàn"})
_GROUP_NOUNS = (
    (
        "bộ",
        r"(?!\s+(?:tiêu chí|chỉ số|chỉ tiêu|hồ sơ|phận|đội|luật|quy tắc|tài liệu|mã|câu hỏi|thủ tục|công cụ|dữ liệu|môn))",
    ),
    *(("ban", r"(?: tham mưu)?"), ("sở", ""), ("ngành", "")),
    (
        "cơ quan",
        r"(?! ngang| thuộc chính phủ)(?: nhà nước có thẩm quyền| có thẩm quyền| trung ương| nhà nước| quản lý nhà nước| chuyên môn| thông tin đại chúng| thông tấn"
        r"| báo chí| báo,? đài| truyền thông| chức năng| chủ trì| chủ quản| thường trực| tham mưu| điều phối)?",
    ),
    ("đơn vị", r"(?: sự nghiệp| trực thuộc| chuyên môn| chức năng)?"),
    ("địa phương", ""),
    ("đoàn thể", r"(?: chính trị[ -]+xã hội| chính trị xã hội)?"),
    ("hội", r"(?: đoàn thể| quần chúng)?"),
    (
        "tổ chức",
        r"(?: chính trị\s*-\s*xã hội| chính trị xã hội| đoàn thể| xã hội\s*-\s*nghề nghiệp| xã hội| thành viên| hội| đảng| tín dụng| liên quan)?",
    ),
    *(("doanh nghiệp", ""), ("hợp tác xã", ""), ("cá nhân", "")),
    ("cấp ủy", r"(?: đảng)?"),
    *(
        ("chính quyền", ""),
        ("cấp", ""),
        ("vụ", ""),
        ("tổng cục", ""),
        ("cục", ""),
        ("phòng ban", ""),
        ("phòng", ""),
        ("báo chí", ""),
    ),
    *(
        ("xuất bản", ""),
        ("truyền thông", ""),
        ("báo", r"(?!\s+cáo)"),
        ("đài", ""),
        ("huyện", ""),
        ("thị xã", ""),
        ("thành phố", ""),
    ),
    *(("quận", ""), ("tỉnh", ""), ("xã", ""), ("phường", ""), ("thị trấn", "")),
    ("trường", r"(?: học| đại học| cao đẳng| trung cấp)?"),
    *(("tổ dân phố", ""), ("khu phố", "")),
    *(("chi bộ", r"(?: thôn| trực thuộc)?"), ("đảng bộ", r"(?: cơ sở)?"), ("chi đảng bộ", "")),
    *(("cộng đồng", ""), ("viện", ""), ("chủ đầu tư", ""), ("lực lượng vũ trang", "")),
    *(("đại biểu quốc hội", ""), ("đoàn đại biểu quốc hội", "")),
    ("cơ sở", r"(?: đào tạo| giáo dục nghề nghiệp)?"),
)
"""Nouns that make a group, each with what may belong to it."""
_PLURALS = ("các", "những", "một số")
_OPEN_HEADS = (
    *(
        "Bộ",
        "Sở",
        "Ban",
        "Phòng",
        "Cục",
        "Vụ",
        "Chi cục",
        "Tổng cục",
        "Văn phòng",
        "Trung tâm",
        "Ủy ban",
        "Uỷ ban",
        "UBND",
    ),
    *("HĐND", "Hội", "Đoàn", "Liên đoàn", "Liên minh", "Công an", "Ngân hàng", "Kho bạc", "Đài", "Báo", "Trường"),
    *("Học viện", "Bệnh viện", "Viện", "Tổng công ty", "Công ty", "Tập đoàn", "Quỹ", "Hạt", "Trạm", "Tòa án", "Toà án"),
    *("Viện kiểm sát", "Bảo hiểm", "BQL", "Tổ công tác", "Hợp tác xã", "Chi nhánh", "Bưu điện", "Thanh tra", "Cổng"),
    *("Bệnh viện", "Viễn thông", "Điện lực"),
    *("Tạp chí", "Tỉnh ủy", "Huyện ủy", "Thành ủy", "Đảng ủy", "Tổ giúp việc", "Khối"),
)
LONG_HEAD = re.compile(r"(?:Ban [Cc]hỉ đạo|Ban [Đđ]iều hành|Ban [Tt]ổ chức|Ban [Qq]uản lý|Tổ [Cc]ông tác)(?![^\W_])")
"""Heads of two words and more, behind which a name may go on in small letters: *Ban chỉ đạo phòng thủ dân sự*."""


def _starts(phrases: Iterable[str]) -> Mapping[str, frozenset[str] | None]:
    """Return the first words of phrases with the second ones; ``None`` where the first may stand alone."""
    found: dict[str, frozenset[str] | None] = {}
    for phrase in phrases:
        first, *others = fold(phrase).split()
        seconds = found.get(first, frozenset())
        found[first] = seconds | {others[0]} if others and seconds is not None else None
    return found


def _firsts(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(phrase).split()[0] for phrase in phrases)


TITLE_STARTS = _firsts((*_BEFORE_TITLE, *_TITLE_WORDS, "cơ quan"))
"""First words that the pattern of titles can begin with."""
TITLES = re.compile(
    rf"(?:(?:{'|'.join(_BEFORE_TITLE)})\s+)?(?:{'|'.join(_TITLE_WORDS)})\s+(?=\w)|cơ\s+quan\s+(?=(?-i:[{UPPER}]))",
    re.IGNORECASE,
)
"""A title stands for its agency (*Giám đốc Sở Y tế*), and so does *Cơ quan Ủy ban Kiểm tra Đảng ủy* for the commission."""
PLURAL_STARTS = _firsts(("tất cả", *_PLURALS))
GROUP_STARTS = PLURAL_STARTS | _firsts(noun for noun, _ in _GROUP_NOUNS)
"""First words that the pattern of groups can begin with; no other word is worth trying it."""
_INNER_HEADS = (
    *(
        "Tổ đảng ở Thường trực",
        "Tổ đảng ở",
        "Tổ đảng",
        "Đảng ủy cơ quan",
        "Đảng bộ cơ quan",
        "Đảng ủy",
        "Đảng bộ",
        "Chi bộ",
    ),
    *("Đảng đoàn", "Ban cán sự đảng", "Thường trực", "Các thành viên", "Thành viên"),
)
"""Heads of bodies inside another, which have its name behind them: *Tổ đảng ở Thường trực Ủy ban Pháp luật*."""
INNER_STARTS = _firsts(_INNER_HEADS)
INNER_HEAD = re.compile(
    rf"(?P<many>các\s+)?(?:{'|'.join(fold(head).replace(' ', chr(92) + 's+') for head in _INNER_HEADS)})\s+(?=[^\W\d_])"
)
"""For folded text."""
OPEN_STARTS = _firsts(_OPEN_HEADS)
OPEN_HEAD = re.compile(rf"(?:{'|'.join(_OPEN_HEADS)})\b")
STARTS = _starts(
    (
        *(*_BEFORE_TITLE, *_TITLE_WORDS, "cơ quan"),
        *("tất cả", *_PLURALS, *(noun for noun, _ in _GROUP_NOUNS)),
        *(*_INNER_HEADS, *sorted(LIST_HEADS), "liên"),
    )
)
"""Words that a mention can begin with besides the first words of registered names, and those that may follow them."""

_WORK = r"(?:tiểu dự án|dự án|hoạt động|nội dung|chương trình|nhiệm vụ|tiêu chí|lĩnh vực)(?: thành phần)?"
_CHARGED = (
    rf"\s+(?:(?:được (?:giao|phân công)\s+)(?:nhiệm vụ\s+)?(?:chủ trì|quản lý|theo dõi|phụ trách)|phụ trách)\s+(?:các\s+)?{_WORK}"
    rf"(?:(?:\s*,|\s+và|\s+hoặc)\s+(?:các\s+)?{_WORK})*(?![^\W_]|\s*\d)|\s+nhận (?:ủy|uỷ) thác(?:\s+cho vay)?(?![^\W_])"
)
"""What a group was given: *các sở được phân công chủ trì dự án, tiểu dự án*, *các hội, đoàn thể nhận ủy thác*."""
_NOUN = f"(?:{'|'.join(noun + more for noun, more in _GROUP_NOUNS)})"
_TAIL = (
    rf"(?:{_CHARGED})?"
    r"(?:\s+được (?:giao|phân công)\s+(?:chủ trì\s+)?(?!chủ trì,|nhiệm vụ)(?:[^\W_]+\s+){0,12}?[^\W_]+(?=\s+(?:phối hợp|có trách nhiệm|chịu trách nhiệm)|\s*[(:;]|$))?"
    r"(?:\s+(?:các cấp|cùng cấp|cấp (?:tỉnh|huyện|xã)|trung ương|tw|địa phương|tỉnh|huyện|chính trị\s*-?\s*xã hội|khác|có chức năng|trên địa bàn(?:\s+(?:tỉnh|huyện|xã))?"
    rf"|(?:thuộc|trực thuộc|của|ở)\s+(?:bộ|tỉnh|huyện|trung ương|tw|thành phố|ubnd (?:tỉnh|huyện|cấp huyện)|sở|đảng|quốc hội|chính phủ|địa phương)(?![^\W_]|\s+(?-i:[{UPPER}]))))*"
)
_NO_NAME = rf"(?!\s+(?:ủy|uỷ|đoàn)(?![^\W_])|\s+(?!(?:ban|ngành|đoàn thể|tỉnh|thành phố|huyện|trung ương|tw)\b)(?-i:[{UPPER}]))"
"""Behind a noun of a group: in *các đoàn thể; Sở Tài chính* the Sở is no part of the group."""
GROUP = re.compile(
    rf"(?P<many>(?:tất cả\s+)?(?:{'|'.join(_PLURALS)})\s+)?{_NOUN}(?:\s*(?:;\s*|(?:(?:,|/|và|hoặc|&)\s*)?(?:các\s+)?){_NOUN}(?![^\W_]){_NO_NAME})*{_TAIL}(?P<vague>\s*(?:,\s*)?(?:(?:có\s+)?liên quan(?:\s+khác)?|hữu quan))?"
    rf"(?:\s+(?:của|thuộc)\s+(?:bộ|tỉnh|huyện|trung ương(?: và địa phương)?|địa phương)(?![^\W_]|\s+(?-i:[{UPPER}])))?(?![^\W_])",
    re.IGNORECASE,
)
