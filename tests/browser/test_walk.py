"""The walk of a reader in a real browser: from the question to the words of the document, with eyes, keyboard and phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


@pytest.fixture
def page(chromium: Browser, address: str) -> Iterator[Page]:
    """A page that fails the test for anything a reader should never meet: requests elsewhere, errors, blocked content."""
    context = chromium.new_context(base_url=address, locale="vi-VN", viewport={"width": 1280, "height": 900})
    made = context.new_page()
    wrong: list[str] = []
    made.on("request", lambda r: wrong.append(r.url) if not r.url.startswith((address, "data:", "blob:")) else None)
    made.on("pageerror", lambda error: wrong.append(str(error)))
    made.on("console", lambda message: wrong.append(message.text) if message.type in ("error", "warning") else None)
    yield made
    context.close()
    assert wrong == []


def test_from_the_question_to_the_words(page: Page) -> None:
    page.goto("/")
    expect(page.locator("html")).to_have_attribute("lang", "vi")
    page.get_by_label("Vai trò").select_option("lead")
    page.get_by_label("Giai đoạn").select_option("2016-2020")
    page.get_by_role("button", name="Hỏi").click()
    expect(page).to_have_url(re.compile(r"/ask\?role=lead&text=&decree=&period=2016-2020"))
    expect(page.get_by_label("Giai đoạn")).to_have_value("2016-2020")
    agency = page.locator("tr.group-row a").first.inner_text()
    page.locator("table td:first-child a").first.click()
    expect(page.locator("h1")).to_contain_text("Nhiệm vụ số")
    expect(page.locator("table").first).to_contain_text(agency)
    quote = page.locator("blockquote .quote").first
    words = quote.inner_text()
    quote.click()
    here = page.locator("mark.here")
    expect(here.first).to_be_in_viewport()
    shown = " ".join("".join(here.all_text_contents()).split())
    assert words.removesuffix("…").removesuffix("...").split()[:6] == shown.split()[:6]


def test_the_other_language_stays_while_one_walks_on(page: Page) -> None:
    page.goto("/about")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile(r"/about\?lang=en"))
    page.get_by_role("link", name="Compare periods").click()
    expect(page.locator("h1")).to_have_text("Two periods compared")
    page.get_by_role("link", name="Tiếng Việt").click()
    expect(page.locator("h1")).to_have_text("So sánh hai giai đoạn")


def test_the_keyboard_reaches_the_content_first(page: Page) -> None:
    page.goto("/findings")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Đến nội dung chính")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_a_filter_of_the_legend_hides_its_marks(page: Page) -> None:
    page.goto("/")
    page.locator("ul.cards a").first.click()
    mark = page.locator("article mark.k-agency:not(.k-header)").first
    background = "element => getComputedStyle(element).backgroundColor"
    before = mark.evaluate(background)
    page.locator("#show-agency").uncheck()
    assert mark.evaluate(background) != before


def test_the_picture_links_to_documents_and_quotes(page: Page) -> None:
    page.goto("/compare")
    page.locator("ul.cards a").first.click()
    picture = page.locator("svg.lineage")
    expect(picture).to_be_visible()
    assert picture.locator("path.outline").first.evaluate("e => getComputedStyle(e).strokeWidth") != "0px"
    hrefs = picture.locator("a").evaluate_all("links => links.map(a => a.getAttribute('href'))")
    assert any("#span-" in href for href in hrefs)
    page.get_by_text("Cùng nội dung, dạng bảng").click()
    expect(page.get_by_role("table").first).to_be_visible()


def test_the_editor_answers_a_query_of_its_own_host(page: Page) -> None:
    page.goto("/sparql")
    expect(page.locator(".CodeMirror").first).to_be_visible()
    expect(page.locator("#plain-form")).to_be_hidden()
    page.locator("button.yasqe_queryButton").first.click()
    expect(page.locator(".yasr table tbody tr").first).to_be_visible(timeout=20_000)


def test_without_script_the_pages_still_work(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, java_script_enabled=False, locale="vi-VN")
    page = context.new_page()
    page.goto("/sparql")
    expect(page.get_by_role("button", name="Hỏi")).to_be_visible()
    page.goto("/")
    page.get_by_role("button", name="Hỏi").click()
    expect(page.locator("tr.group-row").first).to_be_visible()
    context.close()


PAGES = (
    "/",
    "/ask?period=2021-2025",
    "/search?q=giam+ngheo",
    "/findings",
    "/queries",
    "/queries/leads",
    "/compare",
    "/about",
    "/docs",
)


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (390, "dark"), (1280, "dark")])
def test_nothing_is_wider_than_the_screen(chromium: Browser, address: str, width: int, scheme: str) -> None:
    context = chromium.new_context(
        base_url=address, viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    page.goto("/")
    document = page.locator("ul.cards a").first.get_attribute("href") or ""
    decree = document.replace("/document/", "/decree/")
    wide = {}
    for one in (*PAGES, document, decree):
        page.goto(one)
        sizes = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
        if sizes[0] > sizes[1] + 1:
            wide[one] = sizes
    assert wide == {}
    background = page.evaluate("getComputedStyle(document.body).backgroundColor")
    lightness = sum(int(n) for n in re.findall(r"\d+", background)[:3])
    assert (lightness < 200) is (scheme == "dark")
    context.close()
