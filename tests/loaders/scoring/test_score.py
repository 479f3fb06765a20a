"""The scorer finds what is wrong, names it, and forgives what careful clerks may write differently."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.scoring.answer_key import read_key
from loaders.scoring.counts import BESIDE, CLASSES, add_scores
from loaders.scoring.matching import match_pairs
from loaders.scoring.names import plain_frequency, same_agency
from loaders.scoring.score import score_record
from ontology.errors import AnswerKeyError
from ontology.records import Assignment, Record, Role, Span, format_record, parse_record
from tests.case_tables import case_id, read_cases

CASES = Path(__file__).parents[2] / "cases"
KEYS = sorted((Path(__file__).parents[3] / "benchmarks" / "accuracy").glob("*/*.json"))
LIBRARY = "https://example.org/id/document/thu-tuong-chinh-phu/2016/1722-qd-ttg"

TEXT = """KẾ HOẠCH số 12/KH-UBND
Căn cứ Quyết định số 1722/QĐ-TTg ngày 02/9/2016 của Thủ tướng Chính phủ;
Dự án 1: Chương trình 30a. Kinh phí năm 2017: 3.188 triệu đồng. Giảm hộ nghèo 2-2,5%/năm đến 2020.
1. Xây dựng định mức phân bổ vốn
Sở Tài chính
Sở Y tế và các đơn vị có liên quan
Quý II/2017 | Tờ trình | HĐND tỉnh
2. Lập danh sách huyện nghèo của tỉnh; Hằng năm; Đã hoàn thành (QĐ số 5/QĐ-UBND); Sở Y tế
Sở Tài chính báo cáo UBND tỉnh hằng năm. Sở Tài chính tham mưu
"""

KEY: dict[str, Any] = {
    "file": "text.txt",
    "document": {
        "number": "12/KH-UBND",
        "type": "Kế hoạch",
        "date": "2017-01-05",
        "issuer": "Ủy ban nhân dân tỉnh Bình Thuận",
        "legal_bases": ["1722/QĐ-TTg"],
    },
    "citations": [
        {
            "quote": "Quyết định số 1722/QĐ-TTg ngày 02/9/2016 của Thủ tướng Chính phủ",
            "number": "1722/QĐ-TTg",
            "type": "Quyết định",
            "date": "2016-09-02",
            "issuer": "Thủ tướng Chính phủ",
            "relation": "based_on",
            "iri": LIBRARY,
        }
    ],
    "components": [{"code": "DA1", "kind": "Dự án", "title": "Chương trình 30a", "quote": "Dự án 1: Chương trình 30a"}],
    "tasks": [
        {
            "id": "1",
            "kind": "row",
            "component": "DA1",
            "text": "Xây dựng định mức phân bổ vốn",
            "quote": "Xây dựng định mức phân bổ vốn",
            "assignments": [
                {"agency": "Sở Tài chính tỉnh Bình Thuận", "quote": "Sở Tài chính", "role": "lead"},
                {"agency": "Sở Y tế tỉnh Bình Thuận", "quote": "Sở Y tế", "role": "coordinate"},
                {
                    "agency": "Các đơn vị có liên quan",
                    "quote": "các đơn vị có liên quan",
                    "role": "coordinate",
                    "group": True,
                    "spelled_out": False,
                    "optional": True,
                },
            ],
            "timing": {"text": "Quý II/2017", "start": "2017-04-01", "end": "2017-06-30"},
            "deliverable": "Tờ trình",
            "submit_to": "Hội đồng nhân dân tỉnh Bình Thuận",
            "submit_to_quote": "HĐND tỉnh",
        },
        {
            "id": "2",
            "kind": "row",
            "text": "Lập danh sách huyện nghèo của tỉnh",
            "quote": "Lập danh sách huyện nghèo của tỉnh",
            "timing": {"text": "Hằng năm", "recurrence": ["annual"]},
            "result_document": "5/QĐ-UBND",
            "tolerate": ["deliverable"],
        },
    ],
    "targets": [{"indicator": "Giảm hộ nghèo", "value": "2-2,5", "unit": "%/năm", "by": "2020", "quote": "2-2,5%/năm"}],
    "budgets": [
        {
            "component": "DA1",
            "year": 2017,
            "source": "total",
            "amount_million_vnd": 3188,
            "quote": "3.188 triệu đồng",
        }
    ],
    "reporting": [
        {
            "from": "Sở Tài chính tỉnh Bình Thuận",
            "to": "Ủy ban nhân dân tỉnh Bình Thuận",
            "frequency": ["năm"],
            "quote": "Sở Tài chính báo cáo UBND tỉnh hằng năm",
        }
    ],
}


def write_key(folder: Path, key: dict[str, Any]) -> Path:
    (folder / "text.txt").write_text(TEXT, encoding="utf-8")
    path = folder / "key.json"
    path.write_text(json.dumps(key), encoding="utf-8")
    return path


def changed(record: Record, field: str, value: Any) -> Record:
    """Return the record with one field of its JSON changed; ``null`` for a list's item drops it."""
    raw = json.loads(format_record(record))
    *steps, last = field.split(".")
    place: Any = raw
    for step in steps:
        place = place[int(step)] if step.isdigit() else place[step]
    if last.isdigit() and value is None:
        del place[int(last)]
    else:
        place[int(last) if last.isdigit() else last] = value
    return parse_record(json.dumps(raw))


@pytest.mark.parametrize("path", KEYS, ids=lambda path: str(path.stem))
def test_each_committed_key_stands_in_its_document_and_agrees_with_itself(path: Path) -> None:
    key = read_key(path)
    scores = score_record(key.record, key.record, text=key.text, optional=key.optional)
    unresolved = {"citations resolved"}  # keys name documents; IRIs are the program's business
    assert {name for name in (*CLASSES, *BESIDE) if scores[name].f1 != 1} <= unresolved
    assert scores["tasks"].expected >= 4
    ids = [task.id for task in key.record.tasks]
    assert len(ids) == len(set(ids))


def test_there_are_keys() -> None:
    assert len(KEYS) >= 2


def test_a_perfect_reading_has_no_errors(tmp_path: Path) -> None:
    key = read_key(write_key(tmp_path, KEY))
    scores = score_record(key.record, key.record, text=key.text, optional=key.optional)
    assert list(scores.errors()) == []
    assert {name: scores[name].expected for name in ("header", "tasks", "leads", "assignments")} == {
        "header": 4,
        "tasks": 2,
        "leads": 1,
        "assignments": 2,
    }


@pytest.mark.parametrize("row", read_cases("score_mutations", 37), ids=case_id)
def test_every_kind_of_error_is_seen(tmp_path: Path, row: dict[str, str]) -> None:
    key = read_key(write_key(tmp_path, KEY))
    try:
        value = json.loads(row["value"])
    except ValueError:
        value = row["value"]
    if isinstance(value, int) and not row["field"].endswith("vnd"):
        value = row["value"]
    read = changed(key.record, row["field"], value)
    scores = score_record(key.record, read, text=key.text, optional=key.optional)
    assert row["kind"] in {error.kind for error in scores[row["fact"]].errors}
    assert scores[row["fact"]].f1 < 1


@pytest.mark.parametrize("row", read_cases("score_names", 19), ids=case_id)
def test_names_are_folded_but_never_fuzzy(row: dict[str, str]) -> None:
    def said(name: str) -> Assignment:
        group, spelled = row["group"] == "yes", row["spelled_out"] == "yes"
        return Assignment(name, None, Role.LEAD, group, spelled, Span(0, 1), printed=row["printed"])

    issuer = "Bộ Lao động - Thương binh và Xã hội"
    for one, other in ((row["key"], row["read"]), (row["read"], row["key"])):
        same = same_agency(said(one), said(other), issuer=issuer, jurisdiction="tỉnh Bình Thuận")
        assert same is (row["same"] == "yes")


def test_what_is_optional_is_neither_owed_nor_an_error(tmp_path: Path) -> None:
    key = read_key(write_key(tmp_path, KEY))
    without = changed(key.record, "tasks.0.assignments.2", None)
    product = changed(key.record, "tasks.1.deliverable", "Danh sách")
    for read in (without, product):
        assert list(score_record(key.record, read, text=key.text, optional=key.optional).errors()) == []
        assert list(score_record(key.record, read, text=key.text).errors()) != []


def test_tasks_are_paired_by_text_and_place_whatever_their_ids(tmp_path: Path) -> None:
    key = read_key(write_key(tmp_path, KEY))
    read = changed(changed(key.record, "tasks.0.id", "2"), "tasks.1.id", "1")
    assert list(score_record(key.record, read, text=key.text, optional=key.optional).errors()) == []


def test_one_statement_read_as_one_task_where_the_key_has_two_is_one_missing() -> None:
    whole = "Sở A chủ trì đào tạo nghề cho người lao động, Sở B chủ trì hỗ trợ các cơ sở giáo dục nghề nghiệp"
    key = parse_record(
        json.dumps(
            {
                "document": dict.fromkeys(("number", "type", "date", "issuer", "jurisdiction", "title")),
                "tasks": [
                    {"id": str(i), "section": [], "component": None, "text": part, "span": [0, 9]}
                    for i, part in enumerate(whole.split(", "))
                ],
            }
        )
    )
    read = changed(changed(key, "tasks.1", None), "tasks.0.text", whole)
    score = score_record(key, read)["tasks"]
    assert (score.correct, score.expected, score.found) == (1, 2, 1)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"file": "nowhere.txt"}, "nowhere.txt"),
        ({"citations": [{**KEY["citations"][0], "quote": "Quyết định số 1723"}]}, "citations.0"),
        ({"components": [{**KEY["components"][0], "quote": "Sở Tài chính"}]}, "3 times"),
        ({"components": [{**KEY["components"][0], "quote": "Sở Tài chính", "occurrence": 4}]}, "only 3 times"),
        ({"components": [{**KEY["components"][0], "after": "không có"}]}, "unique"),
        ({"tasks": [{**KEY["tasks"][1], "text": None}]}, "tasks.0.text"),
        ({"tasks": [{**KEY["tasks"][1], "deliverable": "Nghị quyết"}]}, "Nghị quyết"),
    ],
    ids=["no-document", "no-such-quote", "ambiguous", "too-few", "anchor", "record", "deliverable"],
)
def test_a_wrong_key_is_refused_with_its_place(tmp_path: Path, change: dict[str, Any], words: str) -> None:
    with pytest.raises(AnswerKeyError, match=words):
        read_key(write_key(tmp_path, copy.deepcopy(KEY) | change))


def test_quotes_bridge_line_breaks_and_headings_are_found_backwards(tmp_path: Path) -> None:
    late = {"agency": "Sở Y tế tỉnh Bình Thuận", "quote": "Sở Y tế", "role": "lead", "heading": True}
    broken = {**KEY["tasks"][1], "quotes": ["vốn Sở Tài chính Sở", "Lập danh sách"]}
    key = read_key(write_key(tmp_path, KEY | {"tasks": [broken]}))
    task = key.record.tasks[0]
    assert key.text[task.spans[0].start : task.spans[0].end] == "vốn\nSở Tài chính\nSở"
    late_key = read_key(write_key(tmp_path, KEY | {"tasks": [{**KEY["tasks"][1], "assignments": [late]}]}))
    assert late_key.record.tasks[0].assignments[0].span.start == TEXT.index("Sở Y tế")


def test_sums_over_documents_add_the_counts(tmp_path: Path) -> None:
    key = read_key(write_key(tmp_path, KEY))
    good = score_record(key.record, key.record)
    bad = score_record(key.record, changed(key.record, "tasks.0", None))
    total = add_scores([good, bad])["tasks"]
    assert (total.correct, total.expected, total.found) == (3, 4, 3)


def test_frequencies_are_compared_as_words() -> None:
    assert plain_frequency(("06 tháng", "hằng năm", "định kỳ")) == plain_frequency(("6 tháng", "năm"))
    assert plain_frequency(("định kỳ", "đột xuất")) == {"định kỳ", "đột xuất"}


@given(st.lists(st.lists(st.floats(0, 1), min_size=3, max_size=3), max_size=4))
def test_pairing_is_the_best_there_is(gain: list[list[float]]) -> None:
    from itertools import permutations

    pairs = match_pairs(range(len(gain)), range(3), lambda a, b: gain[a][b], 0.0)
    assert len(set(pairs.values())) == len(pairs)
    places = [0, 1, 2, *[-1] * len(gain)]
    best = max(
        sum(gain[row][column] for row, column in enumerate(order) if column >= 0)
        for order in permutations(places, len(gain))
    )
    assert sum(gain[row][column] for row, column in pairs.items()) == pytest.approx(best, abs=1e-6)
