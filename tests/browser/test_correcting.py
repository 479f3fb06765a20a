"""A maintainer's walk in a real browser: from the review to the fact, to the form, to the mark beside the fact; wide and narrow."""

import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, expect

from ontology.corrections import load_corrections
from server.app import create_app
from server.settings import Settings
from tests.server.corrected_corpus import NEW_LEAD, PLAN, TASK, Corpus

pytestmark = pytest.mark.browser
TOKEN = "0123456789-token-of-the-walk"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    made = Corpus(tmp_path_factory.mktemp("walk"))
    made.file.write_text(PLAN + "3. Phòng Thiên văn\n- Chủ trì quan sát bầu trời trong quý I năm 2022.\n", "utf-8")
    made.publish()
    return made


@pytest.fixture(scope="module")
def maintained(corpus: Corpus) -> Iterator[str]:
    """The site of a corpus whose maintainers hold a token, on a free port of loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    app = create_app(corpus.home, Settings(maintainer_token=TOKEN, corrections=corpus.table, sources=(corpus.sources,)))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 20
    while not server.started and time.monotonic() < until:
        time.sleep(0.02)
    assert server.started
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(timeout=10)


def open_page(chromium: Browser, address: str, **given: object) -> Page:
    context = chromium.new_context(base_url=address, locale="vi-VN", **given)  # type: ignore[arg-type]
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    return page


def test_from_the_review_to_the_mark(chromium: Browser, maintained: str, corpus: Corpus) -> None:
    page = open_page(chromium, maintained, viewport={"width": 1280, "height": 900})
    page.goto("/review")
    expect(page.locator("ol.review > li").first).to_be_visible()
    page.goto(TASK)
    page.locator("tr", has_text="Sở Tài chính").locator("a.pen").first.click()
    expect(page.locator("h1")).to_have_text("Người hiệu đính")
    page.get_by_label("Họ tên").fill("Lê A")
    page.get_by_label("Mã").fill(TOKEN)
    page.get_by_role("button", name="Vào").click()
    assert TOKEN not in page.url
    page.locator("tr", has_text="Phân công").filter(has_text="chủ trì").locator("a").first.click()
    page.locator("select[name=field]").select_option("agency")
    page.get_by_label("Giá trị đúng").fill(NEW_LEAD)
    page.get_by_label("Vì sao", exact=True).fill("bản giấy")
    page.get_by_role("button", name="Ghi vào bảng hiệu đính").click()
    expect(page.get_by_role("status")).to_contain_text("Đã ghi")
    assert [row.to for row in load_corrections(corpus.table)] == [NEW_LEAD]
    until = time.monotonic() + 90
    while "Đã phát hành xong" not in page.content() and time.monotonic() < until:
        time.sleep(0.5)
        page.reload()
    page.goto(TASK)
    mark = page.locator("th details.corrected")
    expect(mark.locator("summary")).to_have_text("đã sửa")
    expect(mark.locator("ins")).to_be_hidden()
    mark.locator("summary").press("Enter")
    expect(mark.locator("ins")).to_have_text(NEW_LEAD)
    expect(mark.locator("del")).to_have_text("Sở Tài chính tỉnh Bình Thuận")
    page.context.close()


@pytest.mark.parametrize("path", ["/corrections", "/review", TASK, "/maintainer/login"])
def test_pages_fit_a_phone_in_the_dark(chromium: Browser, maintained: str, path: str) -> None:
    page = open_page(chromium, maintained, viewport={"width": 360, "height": 740}, color_scheme="dark")
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    colours = page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]")
    assert colours == ["rgb(232, 230, 225)", "rgb(20, 23, 26)"]
    page.context.close()


def test_the_session_is_out_of_reach_of_scripts(chromium: Browser, maintained: str) -> None:
    page = open_page(chromium, maintained)
    page.goto("/maintainer/login")
    page.get_by_label("Họ tên").fill("Lê A")
    page.get_by_label("Mã").fill(TOKEN)
    page.get_by_role("button", name="Vào").click()
    expect(page.locator("h1")).to_have_text("Bàn hiệu đính")
    assert page.evaluate("document.cookie") == ""
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, "Strict", "/maintainer")
    page.context.close()
