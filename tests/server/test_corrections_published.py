"""A published correction: rules and tables use the corrected value, the graph keeps what was read, nothing is lost or hidden."""

import csv
import io
import json
from pathlib import Path

import pytest

from ontology.namespaces import GRAPH
from ontology.records import CorrectionStatus
from queries.catalogue import ask
from queries.release import Release
from server.cli_export import ExportFormat, export_release
from tests.server.corrected_corpus import AGENCY, DOCUMENT, LEAD, NEW_LEAD, PLAN, Corpus

_WHOLE = "PREFIX dm: <https://w3id.org/daumoi/ontology#> PREFIX prov: <http://www.w3.org/ns/prov#>\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    made = Corpus(tmp_path_factory.mktemp("corrected"))
    made.correct("assignment", LEAD, "agency", NEW_LEAD, "bản giấy ghi Sở Nội vụ")
    made.correct("timing", "II.1.-1", "end", "2022-07-31", "gia hạn theo bản ký")
    made.correct("timing", "II.2.-1", "end", "2022-12-31", "tạm")
    made.withdraw("2026-05-04-3")
    return made


@pytest.fixture(scope="module")
def release(corpus: Corpus) -> Release:
    return corpus.publish()


def test_rules_and_tables_use_the_corrected_value(release: Release) -> None:
    leads = [str(row["agency"]) for row in ask(release, "leads", document=DOCUMENT)]
    assert leads == [f"https://w3id.org/daumoi/id/agency/{AGENCY}"]
    shortcut = "ASK { ?task dm:ledBy <https://w3id.org/daumoi/id/agency/tinh-binh-thuan/so-tai-chinh> }"
    assert not release.store.holds(_WHOLE + shortcut)
    out = io.StringIO(_export(release, ExportFormat.CSV))
    assert NEW_LEAD in {row["agency_label"] for row in csv.DictReader(out) if row["role"] == "lead"}


def _export(release: Release, form: ExportFormat) -> str:
    target = release.path.parent.parent / f"out.{form}"
    export_release(release, form, target)
    return target.read_text("utf-8")


def test_the_graph_says_who_when_why_and_what_was_read(release: Release) -> None:
    rows = {str(row["id"]): row for row in ask(release, "corrections", document=DOCUMENT)}
    first = rows["2026-05-04-1"]
    assert (first["original"], first["corrected"]) == ("Sở Tài chính tỉnh Bình Thuận", NEW_LEAD)
    assert (first["by"], str(first["on"]), first["reason"]) == ("Lê A", "2026-05-04", "bản giấy ghi Sở Nội vụ")
    assert (first["status"], first["property"]) == ("applied", "https://w3id.org/daumoi/ontology#agency")
    linked = f"""SELECT ?fact {{ ?fact dm:correction <{first["correction"]}> ; dm:agency <https://w3id.org/daumoi/id/agency/{AGENCY}> .
      GRAPH <{GRAPH["corrections"]}> {{ <{first["correction"]}> dm:corrects ?fact ; prov:wasAttributedTo ?person }}
      ?graph prov:wasDerivedFrom <{first["correction"]}> }}"""
    assert len(release.store.select(_WHOLE + linked).rows) == 1


def test_what_was_withdrawn_stays_visible_and_changes_nothing(release: Release) -> None:
    (row,) = ask(release, "corrections", status="withdrawn")
    assert (row["withdrawn_by"], str(row["withdrawn_on"]), row["withdrawal_reason"]) == (
        "Trần B",
        "2026-06-01",
        "nhầm dòng",
    )
    assert row["corrected"] == "2022-12-31"
    ends = release.store.select(_WHOLE + "SELECT ?end { ?timing dm:end ?end } ORDER BY ?end").rows
    assert [str(end) for (end,) in ends] == ["2022-07-31", "2022-11-30"]


def test_it_is_exported_in_the_dump_and_as_csv(release: Release) -> None:
    dump = release.dump_path.read_text("utf-8")
    assert dump.count(f" <{GRAPH['corrections']}> .") > 30
    rows = list(csv.DictReader(io.StringIO(_export(release, ExportFormat.CORRECTIONS))))
    assert {row["id"] for row in rows} == {"2026-05-04-1", "2026-05-04-2", "2026-05-04-3"}
    assert {row["status"] for row in rows} == {"applied", "withdrawn"}


def test_the_release_is_in_shape_and_counts_corrections(release: Release) -> None:
    assert [one for one in release.report() if one["severity"] == "error"] == []
    assert release.manifest.counts["Correction"] == 3
    assert "corrections.csv" in {one.name for one in release.manifest.inputs}


def test_the_same_table_gives_the_same_release(corpus: Corpus, release: Release) -> None:
    assert corpus.publish().id == release.id


def test_publishing_again_after_the_text_changed_flags_and_does_not_apply(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.correct("timing", "II.1.-1", "end", "2022-07-31", "gia hạn")
    corpus.file.write_text(PLAN.replace("quý II năm 2022", "quý IV năm 2022"), "utf-8")
    release = corpus.publish()
    (row,) = ask(release, "corrections")
    assert row["status"] == CorrectionStatus.FLAGGED
    (finding,) = [one for one in ask(release, "findings") if "correction-flagged" in str(one["code"])]
    assert "2026-05-04-1" in str(finding["message"])
    first = next(iter(ask(release, "review")))
    assert (first["kind"], first["weight"]) == ("correction", 100)
    timing = release.store.select(_WHOLE + "SELECT ?end { ?t dm:end ?end } ORDER BY DESC(?end)").rows
    assert str(timing[0][0]) == "2022-12-31"


def test_a_row_about_a_document_that_is_not_there_is_told(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.correct("timing", "II.1.-1", "end", "2022-07-31", "gia hạn")
    corpus.table.write_text(
        corpus.table.read_text("utf-8").replace(f"document/{DOCUMENT.split('/document/')[1]}", "1/KH-XX"), "utf-8"
    )
    release = corpus.publish()
    (row,) = ask(release, "corrections")
    assert (row["status"], row["document"]) == ("flagged", None)
    assert any("correction-flagged" in str(one["code"]) for one in ask(release, "findings"))
    assert [one for one in release.report() if one["severity"] == "error"] == []


def test_a_number_that_two_documents_have_is_not_enough(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.correct("timing", "II.1.-1", "end", "2022-07-31", "gia hạn")
    named = corpus.table.read_text("utf-8")
    (corpus.sources / "other.txt").write_text(
        PLAN.replace("BÌNH THUẬN", "LÀO CAI").replace("Bình Thuận", "Lào Cai"), "utf-8"
    )
    corpus.table.write_text(named.replace(f"document/{DOCUMENT.split('/document/')[1]}", "9001/KH-UBND"), "utf-8")
    (row,) = ask(corpus.publish(), "corrections")
    assert row["status"] == "flagged"
    corpus.table.write_text(named, "utf-8")
    (row,) = ask(corpus.publish(), "corrections")
    assert (row["status"], row["document"]) == ("applied", DOCUMENT)


def test_a_number_added_by_hand_names_the_document_for_later_rows(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path)
    corpus.file.write_text(PLAN.replace("Số: 9001/KH-UBND", "Số:     /KH-UBND"), "utf-8")
    corpus.correct("header", "", "number", "9001/KH-UBND", "bản giấy")
    corpus.correct("timing", "II.1.-1", "end", "2022-07-31", "gia hạn")
    table = corpus.table.read_text("utf-8").splitlines()
    table[-1] = table[-1].replace("plan.txt", "9001/KH-UBND")
    corpus.table.write_text("\n".join(table) + "\n", "utf-8")
    release = corpus.publish()
    assert {(str(row["document"]), str(row["status"])) for row in ask(release, "corrections")} == {
        (DOCUMENT, "applied")
    }
    assert release.text(DOCUMENT) is not None


def test_the_record_says_it_too(corpus: Corpus) -> None:
    from tests.server.test_cli import run

    code, out, _ = run("read", corpus.file, "--format", "json", "--corrections", corpus.table)
    record = json.loads(out)
    assert code == 0
    assert [one["status"] for one in record["corrections"]] == ["applied", "applied", "withdrawn"]
    assert record["tasks"][0]["assignments"][0]["agency"] == NEW_LEAD
    assert record["corrections"][0]["original"] == "Sở Tài chính tỉnh Bình Thuận"
