"""Reading takes time in proportion to length: what is four times as long takes about four times as many calls, whatever grows.

Calls are counted, not seconds, so the result is the same on every machine.
"""

import cProfile

import pytest

from loaders.reader import Reader
from loaders.source import text_source
from tests.loaders.conftest import PLAN_HEAD

GROWING = {
    "duties in one statement": "Sở Y tế chủ trì, phối hợp với Sở Tài chính; ",
    "agencies in one list": "Sở Y tế, Sở Tài chính, ",
    "citations": "Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ, ",
    "reports": "báo cáo UBND tỉnh định kỳ 6 tháng; ",
    "dates": "trước ngày 15/12/2022, ",
    "amounts": "Tổng kinh phí 5 triệu đồng; ",
    "figures": "giảm 5% hộ nghèo, ",
    "components": "Dự án 1, Tiểu dự án 2, ",
    "bullets": "- Sở Y tế chủ trì, phối hợp với Sở Tài chính.\n",
    "plain lines": "Rà soát danh sách hộ nghèo.\n\n",
    "lines in capitals": "SỞ Y TẾ\n",
    "headings": "1. Sở Y tế\n- Rà soát hộ nghèo.\n",
    "rows": "1\tRà soát\tSở Y tế\tSở Tài chính\t2022\tBáo cáo\n",
    "cells": "1\nRà soát\nSở Y tế\nSở Tài chính\n",
    "labels": "- Cơ quan chủ trì: Sở Y tế. - Thời gian: 2022. ",
}
TIMES, MOST = 4, 5.5
"""So many times as long may take so many times as many calls: a little more than in proportion, far from the square (16)."""


def calls(reader: Reader, text: str) -> int:
    source = text_source(text, name="t", media_type="text/plain", data=b"")
    profile = cProfile.Profile()
    profile.enable()
    reader.read(source)
    profile.disable()
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("what", GROWING)
def test_calls_grow_with_length(reader: Reader, what: str) -> None:
    unit, few = GROWING[what], 3000 // len(GROWING[what])
    head = PLAN_HEAD + "III. NHIỆM VỤ, GIẢI PHÁP\n- "
    calls(reader, head + unit)  # what is kept from reading to reading is there
    empty = calls(reader, head)
    one = calls(reader, head + unit * few) - empty
    many = calls(reader, head + unit * few * TIMES) - empty
    assert many <= MOST * one, f"{one} calls, then {many}"
