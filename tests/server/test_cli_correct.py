"""``daumoi correct``: facts with their keys, rows written and withdrawn, and what became of each."""

import csv
import io
import json
from pathlib import Path

import pytest

from ontology.corrections import load_corrections
from ontology.errors import CorrectionError, RegistryError
from tests.server.corrected_corpus import LEAD, NEW_LEAD, PLAN, Corpus
from tests.server.test_cli import run

GIVEN = ("--who", "Lê A", "--why", "bản giấy", "--when", "2026-05-04")


@pytest.fixture
def corpus(tmp_path: Path) -> Corpus:
    return Corpus(tmp_path)


def add(corpus: Corpus, *words: str) -> tuple[int, str, str]:
    return run("correct", "add", corpus.file, "--corrections", corpus.table, *GIVEN, *words)


@pytest.mark.parametrize("command", ["list", "facts", "add", "withdraw", "check"])
def test_every_part_has_help_in_two_languages_and_an_example(command: str) -> None:
    code, out, _ = run("correct", command, "--help")
    assert code == 0
    assert " / " in out
    assert "daumoi correct" in out


def test_facts_show_the_keys_that_add_takes(corpus: Corpus) -> None:
    rows = list(
        csv.DictReader(io.StringIO(run("correct", "facts", corpus.file, "-f", "csv", "--kind", "assignment")[1]))
    )
    assert LEAD in {row["key"] for row in rows}
    (found,) = json.loads(run("correct", "facts", corpus.file, "-f", "json", "--find", "quy ii", "--kind", "timing")[1])
    assert (found["quote"], len(found["text_hash"])) == ("quý II năm 2022", 16)


def test_a_row_is_written_checked_listed_and_withdrawn(corpus: Corpus) -> None:
    code, out, err = add(corpus, "--kind", "assignment", "--key", LEAD, "--field", "agency", "--to", NEW_LEAD)
    assert (code, out) == (0, "2026-05-04-1\n")
    assert NEW_LEAD in err
    table = ("--corrections", corpus.table)
    code, out, _ = run("correct", "check", corpus.file, *table, "-f", "json")
    assert (code, [one["status"] for one in json.loads(out)]) == (0, ["applied"])
    code, out, _ = run(
        "correct", "withdraw", "2026-05-04-1", "--who", "B", "--why", "nhầm", "--when", "2026-05-05", *table
    )
    assert (code, out) == (0, "2026-05-04-1\n")
    (row,) = csv.DictReader(io.StringIO(run("correct", "list", *table, "-f", "csv")[1]))
    assert (row["withdrawn_by"], row["who"], row["to"]) == ("B", "Lê A", NEW_LEAD)


def test_check_ends_with_1_where_a_row_is_flagged(corpus: Corpus) -> None:
    add(corpus, "--kind", "timing", "--key", "II.1.-1", "--field", "end", "--to", "2022-07-31")
    corpus.file.write_text(PLAN.replace("quý II", "quý III"), "utf-8")
    code, out, _ = run("correct", "check", corpus.sources, "--corrections", corpus.table, "-f", "csv")
    assert code == 1
    assert "flagged" in out
    code, out, _ = run("check", corpus.file, "--corrections", corpus.table, "-f", "json")
    assert "correction-flagged" in {one["code"] for one in json.loads(out)}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--kind", "timing", "--key", "IX", "--field", "end", "--to", "2022-07-31"), "has no timing"),
        (("--kind", "timing", "--key", "II.1.-1", "--field", "end", "--to", "hè"), "not a day"),
        (("--kind", "timing", "--key", "II.1.-1", "--field", "end", "--to", "2022-06-30"), "is what was read"),
        (("--kind", "assignment", "--key", LEAD, "--field", "agency", "--to", "Sở Mây"), "no agency"),
        (("--kind", "target", "--key", "X", "--action", "add", "--quote", "không có trong văn bản"), "does not have these words"),
    ],
)  # fmt: skip
def test_what_cannot_be_taken_is_said_and_not_written(corpus: Corpus, words: tuple[str, ...], says: str) -> None:
    with pytest.raises(CorrectionError, match=says) as refused:
        add(corpus, *words)
    assert refused.value.vi
    assert load_corrections(corpus.table) == ()


def test_a_wrong_row_stops_a_publish(corpus: Corpus) -> None:
    add(corpus, "--kind", "timing", "--key", "II.1.-1", "--field", "end", "--to", "2022-07-31")
    corpus.table.write_text(corpus.table.read_text("utf-8").replace("2022-07-31", "31/7"), "utf-8")
    with pytest.raises(RegistryError, match="not a day"):
        run("publish", corpus.sources, "--corrections", corpus.table, home=corpus.home)
    assert not (corpus.home / "releases" / "current").exists()


def test_export_gives_corrections_as_csv(corpus: Corpus, tmp_path: Path) -> None:
    add(corpus, "--kind", "timing", "--key", "II.1.-1", "--field", "end", "--to", "2022-07-31")
    assert run("publish", corpus.sources, "--corrections", corpus.table, home=corpus.home)[0] == 0
    target = tmp_path / "corrections-out.csv"
    assert run("export", "-f", "corrections", "-o", target, home=corpus.home)[0] == 0
    (row,) = csv.DictReader(io.StringIO(target.read_text("utf-8")))
    assert (row["original"], row["corrected"], row["by"]) == ("2022-06-30", "2022-07-31", "Lê A")
