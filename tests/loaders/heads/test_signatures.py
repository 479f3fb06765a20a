"""Signers with their capacity and the lines of *Nơi nhận*, in the layouts that converters leave."""

import pytest

from loaders.heads.head_cells import find_cells
from loaders.heads.signatures import find_recipients, find_signers, load_signing_words

SIGNATURES = [
    (
        "stacked",
        "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\n\n\nNguyễn Văn An",
        [("Nguyễn Văn An", "TM. Ủy ban nhân dân, KT. Chủ tịch, Phó Chủ tịch")],
    ),
    ("one-line", "**KT. BỘ TRƯỞNG THỨ TRƯỞNG**\n\nLê Tấn Dũng", [("Lê Tấn Dũng", "KT. Bộ trưởng, Thứ trưởng")]),
    ("signed-mark", "THỦ TƯỚNG\n\n(Đã ký)\n\nNguyễn Xuân Phúc", [("Nguyễn Xuân Phúc", "Thủ tướng")]),
    ("capitals", "GIÁM ĐỐC\n\n\nTRẦN THỊ BÌNH", [("Trần Thị Bình", "Giám đốc")]),
    ("minority-name", "CHỦ TỊCH\n\nGiàng A Páo", [("Giàng A Páo", "Chủ tịch")]),
    ("party", "T/M BAN BÍ THƯ\n\n\nVõ Văn Thưởng", [("Võ Văn Thưởng", "TM. Ban Bí thư")]),
    (
        "two-columns",
        "Nơi nhận:                         KT. CHỦ TỊCH\n- Như trên;                       PHÓ CHỦ TỊCH\n"
        "- Lưu: VT.\n\n                                  Hoàng Quốc Khánh",
        [("Hoàng Quốc Khánh", "KT. Chủ tịch, Phó Chủ tịch")],
    ),
    (
        "joint",
        "KT. BỘ TRƯỞNG BỘ TÀI CHÍNH          KT. BỘ TRƯỞNG BỘ Y TẾ\nTHỨ TRƯỞNG                          THỨ TRƯỞNG\n\n\n"
        "Nguyễn Thị Minh                     Nguyễn Viết Tiến",
        [
            ("Nguyễn Thị Minh", "KT. Bộ trưởng Bộ Tài chính, Thứ trưởng"),
            ("Nguyễn Viết Tiến", "KT. Bộ trưởng Bộ Y tế, Thứ trưởng"),
        ],
    ),
    ("authority-is-no-signature", "CHÍNH PHỦ\n\nCăn cứ Luật Tổ chức Chính phủ;\n\nNguyễn Văn An", []),
    ("office-in-text", "Bộ trưởng Bộ Y tế chịu trách nhiệm.\nNguyễn Văn An", []),
]


def official(name: str) -> str:
    """Write names as a registry does."""
    return {"bộ tài chính": "Bộ Tài chính", "bộ y tế": "Bộ Y tế"}[name]


@pytest.mark.parametrize(("text", "signers"), [case[1:] for case in SIGNATURES], ids=[case[0] for case in SIGNATURES])
def test_signers(text: str, signers: list[tuple[str, str]]) -> None:
    found = find_signers(find_cells(text), official)
    assert [(one.name, one.capacity) for one in found] == signers
    for one in found:
        assert one.span is not None
        assert text[one.span.start : one.span.end].split()[-1].casefold() == one.name.split()[-1].casefold()


RECIPIENTS = [
    (
        "bullets",
        "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT, KTTH.\n\nGIÁM ĐỐC\nNguyễn Văn An",
        ["Như Điều 3", "Lưu: VT, KTTH"],
    ),
    ("spaced", "Nơi nhận:\n\n- Như Điều 3;\n\n- Lưu: VT.\n", ["Như Điều 3", "Lưu: VT"]),
    ("wrapped", "Nơi nhận:\n- Các sở, ban,\nngành của tỉnh;\n- Lưu: VT.", ["Các sở, ban, ngành của tỉnh", "Lưu: VT"]),
    ("inline", "Nơi nhận: - Như trên; - Lưu: VT.", ["Như trên", "Lưu: VT"]),
    ("no-bullets", "Nơi nhận:\nNhư trên;\nGiám đốc Sở (b/c);\nLưu: VT.", ["Như trên", "Giám đốc Sở (b/c)", "Lưu: VT"]),
    (
        "columns",
        "Nơi nhận:                    KT. GIÁM ĐỐC\n- Như trên;                  PHÓ GIÁM ĐỐC\n- Lưu: VT.",
        ["Như trên", "Lưu: VT"],
    ),
    ("none", "Văn bản không có phần nơi nhận.", []),
]


@pytest.mark.parametrize(("text", "lines"), [case[1:] for case in RECIPIENTS], ids=[case[0] for case in RECIPIENTS])
def test_recipients(text: str, lines: list[str]) -> None:
    found, span = find_recipients(find_cells(text))
    assert list(found) == lines
    assert (span is None) == (not lines)


def test_the_words_of_signatures_are_many() -> None:
    words = load_signing_words()
    assert len(words.offices) >= 50
    assert len(words.surnames) >= 100
