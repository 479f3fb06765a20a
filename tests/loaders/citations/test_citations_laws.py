"""What holds for any text: nothing raises, every span quotes its source, the same text gives the same answer, and time grows linearly."""

import time
import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loaders.citations.citation_grammar import CitationGrammar
from loaders.citations.citations import find_citations
from loaders.citations.resolution import resolve_citations
from loaders.heads.header import read_header
from loaders.names.agency_index import AgencyIndex
from loaders.text.columns import ColumnWords
from loaders.text.layout import layout_blocks
from ontology.records import Citation, Document
from ontology.registry import Registry

WORDS = [
    *(
        "Căn cứ",
        "Quyết định",
        "QUYẾT ĐỊNH",
        "KẾ HOẠCH",
        "số",
        "Số:",
        "1722/QĐ-TTg",
        "05-CT/TW",
        "24/2021/QH15",
        "/KH-UBND",
    ),
    *(
        "ngày 02/9/2016",
        "ngày   tháng 8 năm 2022",
        "năm 2019",
        "của",
        "Thủ tướng Chính phủ",
        "UBND tỉnh",
        "UBND huyện Bảo Yên",
    ),
    *("Luật Đầu tư công", "Luật sửa đổi, bổ sung một số điều của", "Bộ luật", "Hiến pháp", "được sửa đổi, bổ sung bởi"),
    *(
        "(Kèm theo",
        ")",
        "triển khai",
        "thay thế",
        "các",
        "và",
        ";",
        ",",
        ".",
        ":",
        "-",
        "\n",
        "\n\n",
        "\t",
        "|",
        "I.",
        "Điều 1.",
    ),
    *(
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "Nguyễn Văn A",
        "Xét đề nghị",
        "Luật",
        "Ð",
        "****",
        "TP.",
        "tỉnh",
        "Ủy ban",
    ),
]
soup = st.lists(st.one_of(st.sampled_from(WORDS), st.text(max_size=6)), max_size=45).map(" ".join)


@pytest.fixture
def head_reader(
    citation_grammar: CitationGrammar, agency_index: AgencyIndex, column_words: ColumnWords, registry: Registry
) -> "HeadReader":
    return HeadReader(citation_grammar, agency_index, column_words, registry)


class HeadReader:
    """Reads head and citations of a text."""

    def __init__(self, grammar: CitationGrammar, index: AgencyIndex, columns: ColumnWords, registry: Registry) -> None:
        self._grammar, self._index, self._columns, self._registry = grammar, index, columns, registry

    def __call__(self, text: str) -> tuple[Document, tuple[Citation, ...]]:
        blocks = layout_blocks(text, self._columns, self._index.split_names)
        mentions = find_citations(blocks, self._grammar, self._columns)
        document, _ = read_header(text, blocks, mentions, self._grammar)
        return document, resolve_citations(mentions, document, self._registry)[0]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(soup)
def test_any_soup_is_read(head_reader: HeadReader, text: str) -> None:
    text = unicodedata.normalize("NFC", text)
    document, citations = head_reader(text)
    for citation in citations:
        assert 0 <= citation.span.start < citation.span.end <= len(text)
        assert citation.number is None or citation.number[0].isdigit()
        assert (citation.resolved_by is None) == (citation.iri is None)
    for field, span in document.spans.items():
        assert 0 <= span.start <= span.end <= len(text), field
    assert head_reader(text) == (document, citations)


def test_the_quote_of_a_citation_holds_its_number(head_reader: HeadReader) -> None:
    text = "KẾ HOẠCH\nGiảm nghèo\n\nCăn cứ Thông tư số 10/2022/TT-\n\nBLĐTBXH ngày 31/5/2022 của Bộ Lao động - Thương binh\nvà Xã hội;\n"
    _, citations = head_reader(text)
    quotes = ["".join(text[one.span.start : one.span.end].split()) for one in citations]
    assert quotes == ["Thôngtưsố10/2022/TT-BLĐTBXHngày31/5/2022củaBộLaođộng-ThươngbinhvàXãhội"]


@pytest.mark.parametrize(
    "piece",
    [
        "Luật Đầu tư công ",
        "1/QĐ-",
        "Số:      ",
        "......",
        "Căn cứ Quyết định số 90/QĐ-TTg ngày 18/01/2022 của Thủ tướng Chính phủ phê duyệt ",
        "Căn cứ Quyết định số 90/QĐ-TTg;\n",
        "ỦY BAN NHÂN DÂN TỈNH LÀO CAI\n",
        "khóa XVI, kỳ họp thứ 4 ",
        "(Kèm theo Quyết định số 1/QĐ-UBND ",
        "KT. CHỦ TỊCH\nNguyễn Văn A\n",
    ],
)
def test_time_grows_with_length_only(head_reader: HeadReader, piece: str) -> None:
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        start = time.process_time()
        head_reader(text)
        return time.process_time() - start

    seconds(2_000)
    short, long = seconds(12_000), seconds(96_000)
    assert long < 8 * 4 * short + 1.0, f"{short:.2f} s for 12,000 characters, {long:.2f} s for 96,000"
