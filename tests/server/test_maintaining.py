"""Correcting on pages: only with a token, only by forms of one's own session; what is corrected is written and published."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from anyio.from_thread import BlockingPortal

from ontology.corrections import load_corrections
from ontology.errors import ServeError
from server.app import create_app
from server.cli_serve import require_token
from server.republishing import State, command_for
from server.sessions import COOKIE, LIFETIME, Sessions
from server.settings import Settings
from tests.server.conftest import Client, parse_page
from tests.server.corrected_corpus import DOCUMENT, LEAD, NEW_LEAD, PLAN, TASK, Corpus

TOKEN = "0123456789-mã-của-người-hiệu-đính"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATHS = ("/maintainer", "/maintainer/login", "/maintainer/correct", "/maintainer/withdraw", "/maintainer/publish")


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    made = Corpus(tmp_path_factory.mktemp("maintained"))
    made.publish()
    return made


@pytest.fixture(scope="module")
def site(corpus: Corpus, portal: BlockingPortal) -> Iterator[Client]:
    """A site whose maintainers hold a token, and which knows its sources."""
    app = create_app(corpus.home, Settings(maintainer_token=TOKEN, corrections=corpus.table, sources=(corpus.sources,)))
    yield Client(app, portal)
    app.state.desk.close()
    app.state.site.close()


def post(site: Client, path: str, fields: dict[str, str], cookie: str = "", **headers: str) -> httpx.Response:
    cookies = {"Cookie": f"{COOKIE}={cookie}"} if cookie else {}
    return site.ask("POST", path, content=urlencode(fields), headers=FORM | cookies | headers)


def sign_in(site: Client, token: str = TOKEN, who: str = "Lê A", **headers: str) -> httpx.Response:
    return post(site, "/maintainer/login", {"token": token, "who": who, "next": "/maintainer"}, **headers)


@pytest.fixture
def cookie(site: Client) -> str:
    found = re.match(rf"{COOKIE}=([^;]+);", sign_in(site).headers["set-cookie"])
    assert found is not None
    return found[1]


def see(site: Client, path: str, cookie: str) -> httpx.Response:
    return site.ask("GET", path, headers={"Accept": "text/html", "Cookie": f"{COOKIE}={cookie}"})


def word(site: Client, cookie: str, path: str = "/maintainer") -> str:
    """Return the word that the forms of a session bring back."""
    return str(parse_page(see(site, path, cookie).text).xpath("//input[@name='csrf']/@value")[0])


def fields(site: Client, cookie: str, **given: str) -> dict[str, str]:
    return {
        "csrf": word(site, cookie), "document": DOCUMENT, "kind": "assignment", "key": LEAD, "action": "change", "field": "agency",
        "to": NEW_LEAD, "why": "bản giấy ghi Sở Nội vụ",
    } | given  # fmt: skip


def wait_for_publish(site: Client) -> None:
    until = time.monotonic() + 90
    while site.app.state.desk.republisher.progress.state is State.RUNNING and time.monotonic() < until:
        time.sleep(0.05)
    assert site.app.state.desk.republisher.progress.state is State.DONE, site.app.state.desk.republisher.progress.said


def test_without_a_token_there_are_no_such_pages(corpus: Corpus, portal: BlockingPortal) -> None:
    for settings in (Settings(corrections=corpus.table), Settings(maintainer_token=TOKEN)):
        bare = Client(create_app(corpus.home, settings), portal)
        assert [bare.get(path).status_code for path in PATHS] == [404] * len(PATHS)
        assert [post(bare, path, {"token": TOKEN}).status_code for path in PATHS] == [404] * len(PATHS)
        assert "/maintainer" not in bare.get(TASK).text
        bare.app.state.site.close()


def test_a_token_that_can_be_guessed_is_refused() -> None:
    assert require_token("") == ""
    assert require_token(TOKEN) == TOKEN
    with pytest.raises(ServeError, match="shorter than 16"):
        require_token("mật khẩu")


def test_who_has_not_signed_in_is_led_to_the_door_and_back(site: Client) -> None:
    answer = site.get(f"/maintainer/correct?document={DOCUMENT}")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("/maintainer/login?next=%2Fmaintainer%2Fcorrect")
    assert post(site, "/maintainer/correct", {"document": DOCUMENT}).status_code == 403
    door = site.get(answer.headers["location"])
    assert door.headers["cache-control"] == "no-store"
    assert parse_page(door.text).xpath("//input[@name='token']/@type") == ["password"]


def test_a_wrong_token_opens_nothing(site: Client) -> None:
    for token, who in (("", "A"), ("0" * len(TOKEN), "A"), (TOKEN + "x", "A"), (TOKEN, "  ")):
        answer = sign_in(site, token, who)
        assert answer.status_code == 403
        assert "set-cookie" not in answer.headers
        assert not token or token not in answer.text


def test_the_cookie_is_kept_from_scripts_and_other_sites_and_holds_no_token(site: Client) -> None:
    answer = sign_in(site)
    assert answer.status_code == 303
    said = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/maintainer"} <= {part.strip() for part in said.split(";")}
    assert TOKEN not in said
    assert TOKEN not in answer.headers["location"]
    assert TOKEN not in repr(site.app.state.site.settings)


def test_the_way_back_stays_on_this_site(site: Client) -> None:
    for target in (
        "https://elsewhere.example/",
        "//elsewhere.example/maintainer",
        "/maintainer/../sparql?x=//a",
        "/agency/x",
    ):
        answer = post(site, "/maintainer/login", {"token": TOKEN, "who": "A", "next": target})
        assert answer.headers["location"].startswith("/maintainer"), target


def test_a_form_without_its_word_is_refused(site: Client, cookie: str, corpus: Corpus) -> None:
    before = corpus.table.read_bytes() if corpus.table.exists() else b""
    good = fields(site, cookie)
    other = re.match(rf"{COOKIE}=([^;]+);", sign_in(site, who="B").headers["set-cookie"])
    assert other is not None
    refused = [
        post(site, "/maintainer/correct", good | {"csrf": ""}, cookie),
        post(site, "/maintainer/correct", good | {"csrf": "x" * 43}, cookie),
        post(site, "/maintainer/correct", good | {"csrf": word(site, other[1])}, cookie),
        post(site, "/maintainer/correct", good, cookie, Origin="https://elsewhere.example"),
        post(site, "/maintainer/correct", good, cookie, **{"Sec-Fetch-Site": "cross-site"}),
        post(site, "/maintainer/correct", good, "no-such-session"),
        post(site, "/maintainer/withdraw", {"id": "x", "why": "y"}, cookie),
        post(site, "/maintainer/publish", {}, cookie),
        site.ask("POST", "/maintainer/correct", json=good, headers={"Cookie": f"{COOKIE}={cookie}"}),
        post(site, "/maintainer/correct", good | {"why": "x" * 70_000}, cookie),
    ]  # fmt: skip
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert (corpus.table.read_bytes() if corpus.table.exists() else b"") == before
    assert sign_in(site, Origin="https://elsewhere.example").status_code == 403


def test_facts_are_offered_by_place_kind_and_words(site: Client, cookie: str) -> None:
    everything = parse_page(see(site, f"/maintainer/correct?document={DOCUMENT}", cookie).text)
    assert len(everything.xpath("//tbody/tr")) > 15
    timing = parse_page(see(site, f"/maintainer/correct?document={DOCUMENT}&kind=timing&find=quý", cookie).text)
    (link,) = timing.xpath("//tbody//a/@href")
    form = parse_page(see(site, link, cookie).text)
    assert form.xpath("//select[@name='field']/option/@value")[:3] == ["text", "start", "end"]
    assert form.xpath("//select[@name='field']/option/text()")[:2] == ["lời văn", "từ ngày"]
    assert (
        see(site, "/maintainer/correct?document=https://w3id.org/daumoi/id/document/a/2020/b", cookie).status_code
        == 404
    )


def test_a_wrong_value_is_told_beside_the_form(site: Client, cookie: str, corpus: Corpus) -> None:
    before = corpus.table.read_bytes() if corpus.table.exists() else b""
    for changes, says in (
        ({"to": "Sở Mây Trời"}, "Sở Mây Trời"),
        ({"to": "Sở Tài chính tỉnh Bình Thuận"}, "giá trị máy đọc"),
        ({"why": " "}, "why"),
        ({"field": "deadline"}, "deadline"),
        ({"key": "IX.9 | lead | A"}, "không có dữ kiện"),
    ):
        answer = post(site, "/maintainer/correct", fields(site, cookie, **changes), cookie)
        assert answer.status_code == 400, changes
        assert says in parse_page(answer.text).xpath("string(//*[@role='alert'])")
    assert (corpus.table.read_bytes() if corpus.table.exists() else b"") == before


def test_a_correction_is_written_published_seen_and_withdrawn(site: Client, cookie: str, corpus: Corpus) -> None:
    assert "đã sửa" not in site.get(TASK).text
    answer = post(site, "/maintainer/correct", fields(site, cookie), cookie)
    assert answer.status_code == 303
    (row,) = load_corrections(corpus.table)
    assert answer.headers["location"] == f"/maintainer?done={row.id}"
    assert (row.who, row.why, row.from_, row.to) == (
        "Lê A",
        "bản giấy ghi Sở Nội vụ",
        "Sở Tài chính tỉnh Bình Thuận",
        NEW_LEAD,
    )
    wait_for_publish(site)
    page = parse_page(site.get(TASK).text)
    (mark,) = page.xpath("//details[contains(@class, 'corrected')]")
    assert mark.xpath("string(summary)") == "đã sửa"
    assert mark.xpath("string(.//del)") == "Sở Tài chính tỉnh Bình Thuận"
    assert mark.xpath("string(.//ins)") == NEW_LEAD
    assert "Lê A" in mark.text_content()
    assert "bản giấy ghi Sở Nội vụ" in mark.text_content()
    assert row.id not in see(site, "/maintainer", cookie).text.partition("Hiệu đính một văn bản")[0]

    form = parse_page(see(site, f"/maintainer/withdraw?id={row.id}", cookie).text)
    given = {"id": row.id, "csrf": form.xpath("//main//input[@name='csrf']/@value")[0], "why": "nhầm"}
    assert post(site, "/maintainer/withdraw", given | {"why": ""}, cookie).status_code == 400
    assert post(site, "/maintainer/withdraw", given, cookie).status_code == 303
    wait_for_publish(site)
    listed = parse_page(site.get("/corrections").text).xpath(f"string(//tr[@id='{row.id}'])")
    assert "đã rút" in listed
    assert "nhầm" in listed
    assert NEW_LEAD in listed
    assert NEW_LEAD not in parse_page(site.get(TASK).text).xpath("string(//main//table[1])")


def test_a_missed_fact_is_added_from_its_place(site: Client, cookie: str, corpus: Corpus) -> None:
    at = PLAN.index("đánh giá kết quả")
    path = f"/maintainer/correct?document={DOCUMENT}&action=add&kind=assignment&at={at}-{at + 16}"
    form = parse_page(see(site, path, cookie).text)
    assert form.xpath("//input[@name='key_task']/@value") == ["II.2.-1"]
    assert form.xpath("string(//textarea[@name='quote'])") == "đánh giá kết quả"
    assert "lead" in form.xpath("//select[@name='key_role']/option/@value")
    given = {
        "csrf": form.xpath("//main//input[@name='csrf']/@value")[0], "document": DOCUMENT, "kind": "assignment", "action": "add",
        "key_task": "II.2.-1", "key_role": "coordinate", "key_agency": "Sở Y tế tỉnh Bình Thuận", "quote": "đánh giá kết quả",
        "why": "bản giấy có thêm",
    }  # fmt: skip
    wrong = post(site, "/maintainer/correct", given | {"key_agency": "Sở Mây Trời"}, cookie)
    assert wrong.status_code == 400
    assert parse_page(wrong.text).xpath("//input[@name='key_agency']/@value") == ["Sở Mây Trời"]
    assert post(site, "/maintainer/correct", given, cookie).status_code == 303
    row = load_corrections(corpus.table)[-1]
    assert (row.action, row.key) == ("add", "II.2.-1 | coordinate | Sở Y tế tỉnh Bình Thuận")
    target = given | {"kind": "target", "key_indicator": "Tỷ lệ hộ nghèo", "field_value": "2", "field_unit": "%"}
    assert post(site, "/maintainer/correct", target, cookie).status_code == 303
    assert load_corrections(corpus.table)[-1].to == "value=2; unit=%"
    wait_for_publish(site)
    page = parse_page(site.get(TASK.replace("ii.1.-1", "ii.2.-1")).text)
    assert "bổ sung" in page.xpath("//table[1]//details[contains(@class, 'corrected')]/summary/text()")


def test_signing_out_ends_the_session(site: Client, cookie: str) -> None:
    assert post(site, "/maintainer/logout", {"csrf": word(site, cookie)}, cookie).status_code == 303
    assert see(site, "/maintainer", cookie).status_code == 303


def test_sessions_end_by_themselves() -> None:
    now = [0.0]
    sessions = Sessions(TOKEN, clock=lambda: now[0])
    cookie = sessions.begin(TOKEN, "A")
    assert sessions.find(cookie) is not None
    now[0] = LIFETIME
    assert sessions.find(cookie) is None
    assert sessions.find(None) is None
    assert Sessions("").begin("", "A") is None
    cookies = [sessions.begin(TOKEN, "A") for _ in range(65)]
    assert sessions.find(cookies[0]) is None
    assert sessions.find(cookies[-1]) is not None


def test_a_site_that_does_not_know_its_sources_says_what_to_run(
    corpus: Corpus, portal: BlockingPortal, tmp_path: Path
) -> None:
    settings = Settings(maintainer_token=TOKEN, corrections=tmp_path / "corrections.csv")
    assert command_for(corpus.home, settings) is None
    lone = Client(create_app(corpus.home, settings), portal)
    found = re.match(rf"{COOKIE}=([^;]+);", sign_in(lone).headers["set-cookie"])
    assert found is not None
    assert post(lone, "/maintainer/correct", fields(lone, found[1]), found[1]).status_code == 303
    page = see(lone, "/maintainer?done=x", found[1]).text
    assert "daumoi publish" in page
    assert NEW_LEAD in page
    lone.app.state.desk.close()
    lone.app.state.site.close()


def test_a_publish_is_told_no_token(corpus: Corpus) -> None:
    command = command_for(
        corpus.home, Settings(maintainer_token=TOKEN, corrections=corpus.table, sources=(corpus.sources,))
    )
    assert command is not None
    assert TOKEN not in " ".join(command)
