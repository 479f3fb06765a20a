"""The competency questions on the site: listed in both languages, opened in the editor, answered by the endpoint."""

import pytest

from queries.competency import THEMES, load_questions
from tests.server.conftest import Client, parse_page


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_lists_every_question(client: Client, language: str) -> None:
    answer = client.get(f"/queries/competency?lang={language}")
    assert answer.status_code == 200
    page = parse_page(answer.text)
    summaries = [" ".join(text.split()) for text in page.xpath("//main//summary/text()")]
    assert summaries == [f"{one.number}. {one.query.summary(language)}" for one in load_questions()]
    assert len(page.xpath("//main//h2")) == len(THEMES)
    opened = page.xpath("//main//form[@action='/sparql']/input[@name='q']/@value")
    assert [" ".join(text.split()) for text in opened] == [" ".join(one.sparql.split()) for one in load_questions()]


def test_the_list_of_queries_and_the_editor_lead_there(client: Client) -> None:
    for address in ("/queries", "/sparql"):
        assert "/queries/competency" in parse_page(client.get(address).text).xpath("//main//a/@href")


def test_the_endpoint_answers_every_question(client: Client) -> None:
    for one in load_questions():
        answer = client.ask("POST", "/sparql", data={"query": one.sparql}, headers={"Accept": "text/csv"})
        assert answer.status_code == 200, one.name
        assert answer.text.splitlines()[0] == ",".join(column.name for column in one.query.columns)
