"""Corrections as readers see them: beside the fact, in the list, first in the review; and no trace of a maintainer without one."""

from collections.abc import Iterator

import pytest
from anyio.from_thread import BlockingPortal

from ontology.records import CorrectionStatus
from server.app import create_app
from server.settings import Settings
from tests.server.conftest import Client, parse_page
from tests.server.corrected_corpus import AGENCY, LEAD, NEW_LEAD, PATH, PLAN, TASK, Corpus


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, portal: BlockingPortal) -> Iterator[Client]:
    corpus = Corpus(tmp_path_factory.mktemp("shown"))
    corpus.correct("assignment", LEAD, "agency", NEW_LEAD, "bản giấy <ghi> Sở Nội vụ")
    corpus.correct("header", "", "date", "2022-03-11", "bản giấy ghi ngày 11")
    corpus.correct("timing", "II.2.-1", "end", "2022-12-31", "gia hạn")
    corpus.correct("timing", "II.1.-1", "end", "2022-07-31", "tạm")
    corpus.withdraw("2026-05-04-4")
    corpus.file.write_text(PLAN.replace("30/11/2022", "20/11/2022"), "utf-8")
    corpus.publish()
    app = create_app(corpus.home, Settings())
    yield Client(app, portal)
    app.state.site.close()


@pytest.mark.parametrize("path", [TASK, f"/document/{PATH}", f"/agency/{AGENCY}"])
def test_the_mark_stands_beside_the_fact(site: Client, path: str) -> None:
    page = parse_page(site.get(path).text)
    marks = page.xpath("//td//details[contains(@class, 'corrected')] | //th//details[contains(@class, 'corrected')]")
    said = [mark.text_content() for mark in marks if mark.xpath("string(summary)") == "đã sửa"]
    assert any(
        "Sở Tài chính tỉnh Bình Thuận" in one and "Lê A" in one and "bản giấy <ghi> Sở Nội vụ" in one for one in said
    )


def test_the_header_of_a_document_shows_its_correction(site: Client) -> None:
    page = parse_page(site.get(f"/document/{PATH}").text)
    (dd,) = page.xpath("//aside//dt[.='Ngày']/following-sibling::dd[1]")
    assert dd.text_content().strip().startswith("11/3/2022")
    assert "2022-03-10" in dd.text_content()
    assert page.xpath("//mark[contains(@class, 'k-corrected')]")
    assert page.xpath("//input[@id='show-corrected']")
    english = parse_page(site.get(f"/document/{PATH}?lang=en").text)
    assert "corrected" in english.xpath("string(//aside//details[contains(@class, 'corrected')]/summary)")


def test_a_flagged_one_is_marked_and_a_withdrawn_one_stays_on_the_task(site: Client) -> None:
    other = parse_page(site.get(TASK.replace("ii.1.-1", "ii.2.-1")).text)
    assert "hiệu đính cần xem lại" in other.xpath("string(//details[contains(@class, 'flagged')]/summary)")
    task = parse_page(site.get(TASK).text)
    assert "Trần B" in task.xpath("string(//details[contains(@class, 'withdrawn')])")


def test_the_list_has_every_row_and_filters(site: Client) -> None:
    page = parse_page(site.get("/corrections").text)
    assert page.xpath("//tbody/tr/@id") == [f"2026-05-04-{n}" for n in (1, 2, 3, 4)]
    for status, count in (
        (CorrectionStatus.FLAGGED, 1),
        (CorrectionStatus.WITHDRAWN, 1),
        (CorrectionStatus.APPLIED, 2),
    ):
        assert len(parse_page(site.get(f"/corrections?status={status}").text).xpath("//tbody/tr")) == count
    assert len(parse_page(site.get("/corrections?status=nonsense").text).xpath("//tbody/tr")) == 4
    refused = site.get("/corrections?document=99/X")
    assert refused.status_code == 200
    assert parse_page(refused.text).xpath("//*[@role='alert']")
    download = site.get("/api/corrections.csv")
    assert download.text.count("\n") == 5


def test_a_correction_opens_by_its_name(site: Client) -> None:
    answer = site.get("/id/correction/2026-05-04-1")
    assert (answer.status_code, answer.headers["location"]) == (303, "/corrections#2026-05-04-1")
    data = site.get("/data/correction/2026-05-04-1.ttl", accept="text/turtle")
    assert "Sở Tài chính tỉnh Bình Thuận" in data.text


def test_the_review_puts_the_weightiest_first(site: Client) -> None:
    page = parse_page(site.get("/review").text)
    weights = [int(one) for one in page.xpath("//ol/li//span[contains(@class, 'weight')]/text()")]
    assert weights[0] == 100
    assert weights == sorted(weights, reverse=True)
    first = page.xpath("//ol/li")[0]
    assert "2026-05-04-3" in first.text_content()
    assert first.xpath(".//a[contains(@href, '#span-')]")
    only = parse_page(site.get("/review?kind=correction").text)
    assert len(only.xpath("//ol/li")) == 1
    assert parse_page(site.get("/review?kind=fuzzy").text).xpath("string(//ol/li)").strip() == "Không có gì cần xem."


def test_five_documents_have_something_to_look_at(client: Client) -> None:
    page = parse_page(client.get("/review").text)
    kinds = page.xpath("//select[@name='kind']/option/@value")
    assert {"contradiction", "low-score", "damaged"} <= set(kinds)
    places = page.xpath("//ol/li//a[contains(@href, '#span-')]")
    assert len(places) > 20
    document = page.xpath("//select[@name='document']/option/@value")[1]
    some = parse_page(client.get(f"/review?document={document}").text)
    assert 0 < len(some.xpath("//ol/li")) < len(page.xpath("//ol/li"))
    assert client.get("/corrections").status_code == 200


def test_readers_see_nothing_of_maintainers(client: Client, site: Client) -> None:
    for answer in (client.get("/review"), client.get("/corrections"), site.get(TASK), site.get(f"/document/{PATH}")):
        assert "/maintainer" not in answer.text
        assert "✎</" not in answer.text
    assert "Disallow: /maintainer" in client.get("/robots.txt").text
