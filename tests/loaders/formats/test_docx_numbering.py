"""Automatic numbers are printed as Word prints them."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from loaders.formats.docx import read_docx
from loaders.formats.docx_numbering import format_number
from tests.loaders.formats.samples import add_list, number_paragraph, word_bytes

NAMESPACE = nsdecls("w")


def lines_of(document: Any) -> list[str]:
    return read_docx(word_bytes(document), Path("a.docx")).text.strip("\n").split("\n")


def numbered(levels: list[int], *, level_xml: str, nums: str = "", use: list[int] | None = None) -> list[str]:
    """Return what a document prints whose paragraphs stand at ``levels`` of a list of these ``w:lvl`` elements.

    ``nums`` are further ``w:num``; ``use`` says for each paragraph which num it uses (71 where nothing is said).
    """
    document = docx.Document()
    numbering: Any = document.part.numbering_part.element
    numbering.insert(0, parse_xml(f'<w:abstractNum {NAMESPACE} w:abstractNumId="71">{level_xml}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NAMESPACE} w:numId="71"><w:abstractNumId w:val="71"/></w:num>'))
    for num in parse_xml(f"<w:numbering {NAMESPACE}>{nums}</w:numbering>"):
        numbering.append(num)
    for i, level in enumerate(levels):
        number_paragraph(document.add_paragraph("x"), use[i] if use else 71, level)
    return [line.removesuffix("x").strip() for line in lines_of(document)]


def level(i: int, text: str, kind: str = "decimal", start: int = 1, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{i}"><w:start w:val="{start}"/><w:numFmt w:val="{kind}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


OUTLINE = level(0, "%1.", "upperRoman") + level(1, "%2.") + level(2, "%2.%3.") + level(3, "%4)", "lowerLetter")


def test_deeper_levels_start_anew_below_each_higher_one() -> None:
    assert numbered([0, 1, 2, 2, 3, 3, 1, 2, 3, 0, 1, 3], level_xml=OUTLINE) == (
        ["I.", "1.", "1.1.", "1.2.", "a)", "b)", "2.", "2.1.", "a)", "II.", "1.", "a)"]
    )


def test_letters_are_those_of_word_without_đ_and_double_after_z() -> None:
    found = numbered([0] * 28, level_xml=level(0, "%1)", "lowerLetter"))
    assert found[:6] == ["a)", "b)", "c)", "d)", "e)", "f)"]
    assert found[25:] == ["z)", "aa)", "bb)"]


def test_a_level_that_says_so_goes_on_counting_or_starts_after_another_one_only() -> None:
    never = level(0, "%1.") + level(1, "%2)", more='<w:lvlRestart w:val="0"/>')
    assert numbered([0, 1, 1, 0, 1], level_xml=never) == ["1.", "1)", "2)", "2.", "3)"]
    after_first = level(0, "%1.") + level(1, "%2)") + level(2, "(%3)", more='<w:lvlRestart w:val="1"/>')
    assert numbered([0, 1, 2, 1, 2, 0, 2], level_xml=after_first) == ["1.", "1)", "(1)", "2)", "(2)", "2.", "(1)"]


def test_articles_and_legal_numbers() -> None:
    levels = level(0, "Điều %1.", start=5) + level(1, "%1.%2", "upperRoman", more="<w:isLgl/>")
    assert numbered([0, 1, 1, 0], level_xml=levels) == ["Điều 5.", "5.1", "5.2", "Điều 6."]


def test_two_nums_of_one_list_go_on_together_unless_one_overrides_the_start() -> None:
    same = '<w:num w:numId="72"><w:abstractNumId w:val="71"/></w:num>'
    assert numbered([0, 0, 0], level_xml=level(0, "%1."), nums=same, use=[71, 72, 71]) == ["1.", "2.", "3."]
    anew = '<w:num w:numId="72"><w:abstractNumId w:val="71"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    assert numbered([0] * 4, level_xml=level(0, "%1."), nums=anew, use=[71, 71, 72, 72]) == ["1.", "2.", "1.", "2."]


def test_an_overridden_start_may_be_any_number() -> None:
    anew = '<w:num w:numId="72"><w:abstractNumId w:val="71"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    assert numbered([0] * 4, level_xml=level(0, "%1."), nums=anew, use=[71, 72, 72, 71]) == ["1.", "5.", "6.", "7."]


def test_a_num_may_replace_a_level() -> None:
    other = f'<w:num w:numId="72"><w:abstractNumId w:val="71"/><w:lvlOverride w:ilvl="0">{level(0, "%1)", "lowerLetter")}</w:lvlOverride></w:num>'
    assert numbered([0, 0], level_xml=level(0, "%1."), nums=other, use=[72, 72]) == ["a)", "b)"]


@pytest.mark.parametrize(
    ("text", "printed"), [("-", "-"), ("+", "+"), ("\uf0b7", "•"), ("o", "•"), ("\uf0d8", "•"), ("–", "–"), ("", "")]
)
def test_bullets(text: str, printed: str) -> None:
    assert numbered([0], level_xml=level(0, text, "bullet")) == [printed]


def test_a_list_that_is_not_there_or_number_zero_prints_nothing() -> None:
    assert numbered([0, 0], level_xml=level(0, "%1."), use=[99, 0]) == ["", ""]
    assert numbered([0, 12], level_xml=level(0, "%1.")) == ["1.", ""]


def test_styles_number_their_paragraphs_and_those_based_on_them() -> None:
    document = docx.Document()
    add_list(document, 71, [("upperRoman", "%1."), ("decimal", "%2.")])
    numbering: Any = document.part.numbering_part.element
    abstract = next(e for e in numbering.iterfind("{*}abstractNum") if "71" in e.values())
    for i, lvl in enumerate(abstract):
        lvl.insert(2, parse_xml(f'<w:pStyle {NAMESPACE} w:val="Muc{i}"/>'))
    for i in range(2):
        style = document.styles.add_style(f"Muc{i}", WD_STYLE_TYPE.PARAGRAPH)
        style.element.get_or_add_pPr().append(parse_xml(f'<w:numPr {NAMESPACE}><w:numId w:val="71"/></w:numPr>'))
    derived = document.styles.add_style("MucNho", WD_STYLE_TYPE.PARAGRAPH)
    derived.base_style = document.styles["Muc1"]
    for name, text in (("Muc0", "Mục đích"), ("Muc1", "Một"), ("MucNho", "Hai"), ("Muc0", "Yêu cầu")):
        document.add_paragraph(text, style=name)
    exempt = document.add_paragraph("Không số", style="Muc0")
    number_paragraph(exempt, 0, 0)
    assert lines_of(document) == ["I. Mục đích", "1. Một", "2. Hai", "II. Yêu cầu", "Không số"]


def test_a_list_that_points_to_a_list_style() -> None:
    document = docx.Document()
    add_list(document, 71, [("decimal", "%1.")])
    numbering: Any = document.part.numbering_part.element
    style = document.styles.add_style("DanhSach", WD_STYLE_TYPE.LIST)
    style.element.append(parse_xml(f'<w:pPr {NAMESPACE}><w:numPr><w:numId w:val="71"/></w:numPr></w:pPr>'))
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {NAMESPACE} w:abstractNumId="80"><w:numStyleLink w:val="DanhSach"/></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {NAMESPACE} w:numId="80"><w:abstractNumId w:val="80"/></w:num>'))
    number_paragraph(document.add_paragraph("Một"), 80, 0)
    number_paragraph(document.add_paragraph("Hai"), 71, 0)
    assert lines_of(document) == ["1. Một", "2. Hai"]


def test_the_number_column_of_a_table_counts_down_its_rows() -> None:
    document = docx.Document()
    add_list(document, 71, [("decimal", "%1")])
    table = document.add_table(rows=4, cols=3)
    for row, texts in enumerate([("TT", "Nội dung", "Chủ trì"), ("", "A", "B"), ("", "C", "D"), ("", "E", "F")]):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
        if row:
            number_paragraph(table.cell(row, 0).paragraphs[0], 71, 0)
    assert lines_of(document) == ["TT\tNội dung\tChủ trì", "1\tA\tB", "2\tC\tD", "3\tE\tF"]


@pytest.mark.parametrize(
    ("number", "kind", "written"),
    [
        (4, "decimal", "4"), (4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (27, "upperLetter", "AA"),
        (0, "lowerLetter", "0"), (7, "decimalZero", "07"), (3, "cardinalText", "3"), (5, "none", ""),
    ],
)  # fmt: skip
def test_formats_of_numbers(number: int, kind: str, written: str) -> None:
    assert format_number(number, kind) == written
