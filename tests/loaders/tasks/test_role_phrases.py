"""The table of role words: what is a role, what is a noun, and what a wrong row says."""

from pathlib import Path

import pytest

from loaders.tasks.role_phrases import find_role_events, load_role_phrases
from ontology.errors import RegistryError
from ontology.records import Role

PHRASES = load_role_phrases()


def found(text: str, taken: list[tuple[int, int]] | None = None) -> list[str]:
    return [event.phrase.phrase for event in find_role_events(text, PHRASES, taken or [])]


def test_every_role_but_the_columns_own_has_words() -> None:
    said = {phrase.subject_role for phrase in PHRASES} | {phrase.object_role for phrase in PHRASES}
    assert {str(role) for role in said if role} >= {str(role) for role in Role if role is not Role.REQUEST}


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("chủ trì, phối hợp với Sở Y tế", ["chủ trì", "phối hợp * với"]),
        ("phối hợp chặt chẽ, thường xuyên với Sở Y tế", ["phối hợp * với"]),
        ("phối hợp thực hiện", ["phối hợp"]),
        ("trực tiếp chỉ đạo Sở Y tế", ["trực tiếp chỉ đạo"]),
        ("CHỦ TRÌ THỰC HIỆN", ["chủ trì"]),
        ("đồng chủ trì thực hiện", ["đồng chủ trì"]),
        ("làm đầu mối, phối hợp", ["làm đầu mối", "phối hợp"]),
        ("Sở có trách nhiệm chủ trì", ["chủ trì"]),
        ("Sở chịu trách nhiệm chủ trì", ["chủ trì"]),
        ("cơ quan chủ trì", []),
        ("đơn vị chủ trì, phối hợp", []),
        ("được giao chủ trì", []),
        ("được phân công chủ trì", []),
        ("trách nhiệm chủ trì", []),
        ("do Bộ chủ trì", []),
        ("chủ trì cuộc họp", []),
        ("chủ trì hội nghị, phối hợp", ["phối hợp"]),
        ("công tác tham mưu", []),
        ("chế độ báo cáo", []),
        ("mẫu báo cáo", []),
        ("cơ chế phối hợp", []),
        ("chủ trương", []),
        ("phối hợpvới", []),
    ],
)
def test_words_that_give_a_role_and_nouns_that_do_not(text: str, phrases: list[str]) -> None:
    assert found(text) == phrases


def test_words_inside_a_name_are_no_role() -> None:
    text = "Ban Chỉ đạo chủ trì"
    assert found(text, [(0, 11)]) == ["chủ trì"]


def test_offsets_are_those_of_the_words() -> None:
    text = "Giao Sở Y tế Chủ  trì, phối hợp chặt chẽ với Sở Nội vụ"
    events = find_role_events(text, PHRASES)
    assert [text[event.start : event.end] for event in events] == ["Chủ  trì", "phối hợp chặt chẽ với"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("chủ trì,leader,,none,", "leader"),
        ("chủ trì,lead,boss,none,", "boss"),
        ("chủ trì,lead,,sometimes,", "sometimes"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(row: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "role_words.csv").write_text(f"phrase,subject_role,object_role,objects,note\n{row}\n", "utf-8")
    with pytest.raises(RegistryError, match=says) as caught:
        load_role_phrases(tmp_path)
    assert caught.value.line == 2
