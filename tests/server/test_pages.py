"""The pages, on the real release: each opens in both languages, links lead somewhere, every fact leads to its words."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from queries.catalogue import ask
from queries.release import Release
from server.links import Links
from server.pages.asking import ask_page
from tests.server.conftest import Client, parse_page


@pytest.fixture(scope="session")
def things(five_documents: Release) -> dict[str, str]:
    """One thing of each kind that has a page, by kind: the first in the order of the store."""
    links = Links()

    def first(pattern: str) -> str:
        prefix = "PREFIX dm: <https://w3id.org/daumoi/ontology#> "
        rows = five_documents.store.select(f"{prefix}SELECT ?x {{ {pattern} }} ORDER BY ?x LIMIT 1").rows
        return links.page(str(rows[0][0]))

    return {
        "document": first("?x dm:held true"),
        "decree": first("?x dm:held false . ?y dm:implementsDecree ?x").replace("/document/", "/decree/"),
        "agency": first("?t dm:ledBy ?x . ?x a dm:Agency"),
        "inheriting": first("?a a dm:InheritedAssignment ; dm:agency ?x"),
        "group": first("?a dm:agency ?x . ?x a dm:AgentGroup"),
        "task": first("?x a dm:Task ; dm:timing ?w ; dm:ledBy ?y ; dm:component ?c"),
        "component": first("?x a dm:Component . ?t dm:component ?x"),
        "national": first("?x a dm:NationalComponent . ?y dm:alignedTo ?x"),
    }


KINDS = ("document", "decree", "agency", "inheriting", "group", "task", "component", "national")
FIXED = ("/", "/ask", "/ask?role=coordinate&period=2016-2020", "/search?q=tai+chinh", "/search", "/findings", "/queries",
         "/queries/leads?period=2021-2025", "/queries/tasks-under-decree", "/compare", "/about", "/docs", "/sparql")  # fmt: skip


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("address", [*FIXED, *KINDS])
def test_every_page_opens_in_both_languages(
    client: Client, things: dict[str, str], address: str, language: str
) -> None:
    url = things.get(address, address)
    answer = client.get(f"{url}{'&' if '?' in url else '?'}lang={language}")
    assert answer.status_code == 200, answer.text[:300]
    page = parse_page(answer.text)
    assert page.get("lang") == language == answer.headers["content-language"]
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title")[0].text_content().strip()
    for table in page.xpath("//table"):
        assert table.xpath("./caption")[0].text_content().strip()
        assert table.xpath(".//th[@scope]")
    inner = [a.get("href") for a in page.xpath("//main//a[starts-with(@href, '/')]")]
    pages = [a for a in inner if not a.startswith(("/api/", "/data/", "/lineage/", "/openapi.json"))]
    assert all(f"lang={language}" in a for a in pages), [a for a in pages if f"lang={language}" not in a][:3]


@pytest.mark.parametrize("address", [*FIXED, *KINDS])
def test_no_page_refers_to_another_host_or_carries_inline_code(
    client: Client, things: dict[str, str], address: str
) -> None:
    answer = client.get(things.get(address, address))
    page = parse_page(answer.text)
    fetched = page.xpath("//script/@src | //link/@href | //img/@src | //iframe/@src | //form/@action | //object/@data")
    assert fetched
    assert all(value.startswith("/") and not value.startswith("//") for value in fetched)
    assert not page.xpath("//script[not(@src)] | //*[@style] | //style | //*[@onclick]")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_language_follows_the_reader_unless_chosen_by_hand(client: Client) -> None:
    assert parse_page(client.get("/", **{"Accept-Language": "en-GB"}).text).get("lang") == "en"
    assert parse_page(client.get("/", **{"Accept-Language": "fr"}).text).get("lang") == "vi"
    assert parse_page(client.get("/?lang=vi", **{"Accept-Language": "en"}).text).get("lang") == "vi"


def test_inner_links_of_the_main_pages_all_open(client: Client, things: dict[str, str]) -> None:
    seen: set[str] = set()
    for address in ("/", "/compare", "/findings", *(things[kind] for kind in KINDS)):
        page = parse_page(client.get(address).text)
        links = {a.split("#")[0] for a in page.xpath("//main//a/@href") if a.startswith("/")}
        seen |= set(sorted(links)[:25])
    assert len(seen) > 60
    broken = {link: client.get(link, accept="*/*").status_code for link in sorted(seen)}
    assert {link: status for link, status in broken.items() if status not in (200, 303)} == {}


def test_every_quote_link_lands_on_exactly_its_words(
    client: Client, five_documents: Release, things: dict[str, str]
) -> None:
    checked = 0
    for kind in ("task", "agency", "decree", "component"):
        page = parse_page(client.get(things[kind]).text)
        for link in page.xpath("//a[contains(@href, '#span-')][span[@class='quote']]")[:12]:
            document, start, end = re.fullmatch(r"/document/(.+?)#span-(\d+)-(\d+)", link.get("href")).groups()  # type: ignore[union-attr]
            text = five_documents.text(f"https://w3id.org/daumoi/id/document/{document}")
            assert text is not None
            words = " ".join(text[int(start) : int(end)].split())
            shown = link.text_content().strip().removesuffix("…").removesuffix("...")
            assert words.startswith(shown)
            target = parse_page(client.get(f"/document/{document}").text)
            assert target.xpath(f"//a[@id='span-{start}-{end}']"), link.get("href")
            checked += 1
    assert checked >= 10


def test_the_text_of_a_document_is_all_there(client: Client, five_documents: Release) -> None:
    """Words of the source, markup and torn page headers aside, stand in the page in their order."""
    for row in ask_page(five_documents, "held-documents"):
        document = str(row["document"])
        source = five_documents.text(document) or ""
        page = parse_page(client.get(Links().page(document)).text)
        shown = " ".join(block.text_content() for block in page.xpath("//article//p | //article//td | //article//th"))
        words = re.findall(r"[^\W\d_]{2,}", source)
        there = set(re.findall(r"[^\W\d_]{2,}", shown))
        assert sum(word in there for word in words) >= 0.995 * len(words)


def test_marks_nest_and_say_what_they_are(client: Client, things: dict[str, str]) -> None:
    page = parse_page(client.get(things["document"]).text)
    kinds = {name for mark in page.xpath("//article//mark") for name in mark.get("class").split() if name[:2] == "k-"}
    assert {"k-agency", "k-task", "k-citation", "k-header", "k-timing"} <= kinds
    legend = {mark.get("class") for mark in page.xpath("//ul[@class='legend']//mark")}
    assert kinds - {"k-section", "k-place"} <= legend
    assert all(mark.get("data-at").isdigit() for mark in page.xpath("//article//mark"))


def test_the_question_lists_what_the_api_lists(client: Client, five_documents: Release) -> None:
    for decree in [row["decree"] for row in ask_page(five_documents, "decrees")][:4]:
        rows = list(ask(five_documents, "leads", decree=decree))
        answer = client.get(f"/ask?role=lead&decree={quote(str(decree))}")
        page = parse_page(answer.text)
        shown = {a.get("href") for a in page.xpath("//table//td[1]/a")}
        assert shown == {Links().page(str(row["task"])) for row in rows}


def test_what_is_inferred_says_so_and_quotes_both_sides(client: Client, five_documents: Release) -> None:
    rows = [row for row in ask(five_documents, "succession") if row["later_quote"] and row["earlier_quote"]]
    assert rows
    for row in rows[:3]:
        for side in ("later", "earlier"):
            address = Links().page(str(row[side])).replace("/document/", "/decree/")
            text = " ".join(unescape(parse_page(client.get(address).text).text_content()).split())
            assert "suy ra" in text
            assert "inferred" in text
            for words in ("later_quote", "earlier_quote"):
                assert " ".join(str(row[words]).split())[:100] in text


def test_a_word_filter_folds_diacritics(client: Client) -> None:
    with_marks = parse_page(client.get("/ask?text=giảm nghèo").text)
    without = parse_page(client.get("/ask?text=giam ngheo").text)
    tasks = with_marks.xpath("//table//td[1]/a/@href")
    assert tasks
    assert tasks == without.xpath("//table//td[1]/a/@href")


def test_nothing_stated_is_not_nothing(client: Client) -> None:
    answer = client.get("/ask?text=zzzz")
    assert answer.status_code == 200
    assert "Kho không nêu ai như vậy" in answer.text


@pytest.mark.parametrize(
    "address", ["/ask?decree=khong-co-van-ban-nay", "/compare?earlier=xx", "/queries/leads?period=abc"]
)
def test_a_wrong_parameter_is_a_page_that_says_so(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 400
    assert "Chưa hỏi được như thế" in answer.text
    said = parse_page(answer.text).xpath("string(//*[@role='alert'])")
    assert re.search(r"kho không có tên|chưa đúng", said), "in Vietnamese"
    said = parse_page(client.get(f"{address}&lang=en").text).xpath("string(//*[@role='alert'])")
    assert re.search(r"no document is called|is no period", said), "in English"


def test_what_may_have_been_meant_is_a_link(client: Client) -> None:
    page = parse_page(client.get("/ask?decree=91/QĐ-TTg").text)
    links = page.xpath("//*[@role='alert']//a/@href")
    assert links
    assert all(client.get(link).status_code < 400 for link in links)


def test_a_document_shows_its_own_findings(client: Client, five_documents: Release) -> None:
    held = [row["document"] for row in ask(five_documents, "documents") if row["held"]]
    shown = 0
    for document in held:
        own = {row["finding"] for row in ask(five_documents, "findings", document=document)}
        page = parse_page(client.get(Links().page(str(document))).text)
        assert page.xpath("string(//h2[@id='findings']/span)") == str(len(own))
        shown += len(own)
    assert shown > len(held)


def test_the_comparison_shows_what_the_corpus_speaks_of(client: Client) -> None:
    page = parse_page(client.get("/compare").text)
    rows = page.xpath("(//main//table)[1]/tbody/tr")
    assert rows
    assert all(row.xpath("string(td[1])").strip() or row.xpath("string(td[3])").strip() for row in rows)


@pytest.mark.parametrize("address", ["/nothing", "/agency/khong-co", "/task/x/y", "/document/x/2000/1", "/component/x",
                                     "/queries/khong-co", "/decree/x", "/thing/role/khong-co"])  # fmt: skip
def test_what_is_not_there_is_404_with_a_way_on(client: Client, address: str) -> None:
    for language, words in (("vi", "Không tìm thấy"), ("en", "Not found")):
        answer = client.get(f"{address}?lang={language}")
        assert answer.status_code == 404
        assert words in answer.text


def test_near_matches_of_a_mistyped_agency(client: Client, things: dict[str, str]) -> None:
    wrong = things["agency"].rsplit("/", 1)[0] + "/" + things["agency"].rsplit("/", 1)[1] + "-x"
    page = parse_page(client.get(wrong).text)
    assert things["agency"] in page.xpath("//main//li//a/@href")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\"'><img src=x>", "%00", "a" * 5000, "&lang=<b>"])
def test_what_is_typed_comes_back_harmless(client: Client, text: str) -> None:
    for address in ("/search?q=", "/ask?text=", "/queries/leads?agency="):
        answer = client.get(address + quote(text))
        assert answer.status_code in (200, 400)
        assert "<script>alert" not in answer.text
        assert "<img src=x" not in answer.text


def test_a_page_asked_again_is_not_made_again(client: Client, things: dict[str, str]) -> None:
    first = client.get(things["document"])
    again = client.get(things["document"], **{"If-None-Match": first.headers["etag"]})
    assert again.status_code == 304
    assert again.content == b""
    english = client.get(things["document"], **{"Accept-Language": "en"})
    assert english.headers["etag"] != first.headers["etag"]


def test_health_and_robots(client: Client, five_documents: Release) -> None:
    assert client.get("/healthz").text == f"ok {five_documents.id}\n"
    assert "Disallow: /sparql" in client.get("/robots.txt").text


def test_a_closed_agency_tells_its_successor_and_who_took_its_mandates(client: Client) -> None:
    """The department went to Home Affairs, poverty reduction did not: two records, on one page."""
    page = parse_page(client.get("/agency/tinh-binh-thuan/so-lao-dong-thuong-binh-va-xa-hoi").text)
    rows = [
        " ".join(row.text_content().split()) for row in page.xpath("//h2[@id='changes']/following::table[1]//tbody/tr")
    ]
    assert any("sáp nhập" in row and "Sở Nội vụ tỉnh Bình Thuận" in row for row in rows)
    assert any("về giảm nghèo" in row and "Sở Nông nghiệp và Môi trường tỉnh Bình Thuận" in row for row in rows)
    assert all("hiểu biết chung" in row for row in rows)
    assert "Ai giữ nhiệm vụ hiện nay" in page.text_content()


def test_where_no_transfer_is_recorded_the_page_says_so(client: Client) -> None:
    page = parse_page(client.get("/agency/tinh-lao-cai/huyen-bao-yen/phong-tai-chinh-ke-hoach").text)
    text = " ".join(page.text_content().split())
    assert "Ai giữ nhiệm vụ hiện nay: kho không nêu." in text
