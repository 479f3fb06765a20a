"""The command line: data on stdout, words on stderr, exit codes that scripts can trust."""

import csv
import io
import json
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from rdflib import Graph
from typer.testing import CliRunner

from ontology.errors import DaumoiError, ReleaseError, ServeError
from ontology.records import format_record, parse_record
from queries.catalogue import load_catalogue
from server.cli import make_app
from server.cli_serve import require_port
from server.reading_files import Reading, read_file
from tests.conftest import DOCUMENTS

FILES = sorted(DOCUMENTS.glob("*.txt"))


def run(*words: str | Path, home: Path | None = None) -> tuple[int, str, str]:
    """Run the command in this process; return exit code, stdout and stderr. Errors of ours are raised."""
    result = CliRunner().invoke(
        make_app(), [str(word) for word in words], env={"DAUMOI_HOME": str(home) if home else ""}
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def test_read_prints_the_record_and_stores_nothing(tmp_path: Path) -> None:
    code, out, err = run("read", FILES[0], "--format", "json", home=tmp_path)
    assert (code, err) == (0, "")
    reading = read_file(FILES[0])
    assert isinstance(reading, Reading)
    assert out == format_record(reading.record) + "\n"
    assert parse_record(out).tasks
    assert list(tmp_path.iterdir()) == []


def test_read_as_table_csv_and_turtle() -> None:
    assert "293/QĐ-LĐTBXH" in run("read", FILES[0])[1]
    rows = list(csv.DictReader(io.StringIO(run("read", FILES[0], "-f", "csv")[1])))
    assert {"lead", "coordinate"} <= {row["role"] for row in rows}
    assert len(Graph().parse(data=run("read", FILES[0], "-f", "ttl")[1], format="turtle")) > 1000


def test_check_says_what_is_open_by_its_exit_code() -> None:
    code, out, _ = run("check", *FILES, "--format", "json")
    found = json.loads(out)
    assert code == (1 if found else 0)
    assert all(one["message"] and one["severity"] in ("error", "warning", "info") for one in found)
    code, out, _ = run("check", *FILES, "--format", "json", "--severity", "error")
    assert code == (1 if json.loads(out) else 0)
    assert len(json.loads(out)) <= len(found)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00\x01\x02", b"\x00" * 100])
def test_a_file_that_is_no_text_is_a_finding_and_exit_3_alone(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.txt"
    bad.write_bytes(content)
    code, out, _ = run("check", bad, "-f", "json")
    assert (code, json.loads(out)[0]["code"]) == (1, "unreadable-file")
    with pytest.raises(DaumoiError) as raised:
        run("read", bad)
    assert raised.value.exit_code == 3


def test_ask_in_three_forms(five_home: Path) -> None:
    code, table, err = run("ask", "leads", "--period", "2021-2025", home=five_home)
    assert code == 0
    assert "rows" in err
    rows = json.loads(run("ask", "leads", "--period", "2021-2025", "-f", "json", home=five_home)[1])
    assert rows
    assert str(rows[0]["document_label"] or rows[0]["task_number"]) in table
    assert len(list(csv.DictReader(io.StringIO(run("ask", "leads", "--period", "2021-2025", "-f", "csv", home=five_home)[1])))) == len(rows)  # fmt: skip
    assert "SELECT" in run("ask", "leads", "--sparql", home=five_home)[1]


@pytest.mark.parametrize("name", list(load_catalogue()))
def test_every_query_is_a_command_with_help_in_two_languages_and_an_example(name: str) -> None:
    code, out, _ = run("ask", name, "--help")
    query = load_catalogue()[name]
    words = " ".join(out.replace("│", " ").split())
    assert code == 0
    assert f"{query.summary_vi}. / {query.summary_en}." in words
    assert f"daumoi ask {name}" in words


@pytest.mark.parametrize("command", ["read", "publish", "serve", "ask", "check", "export", "doctor"])
def test_every_command_has_help_in_two_languages_and_an_example(command: str) -> None:
    code, out, _ = run(command, "--help")
    assert code == 0
    assert " / " in out
    assert re.search(r"Ví dụ / examples?:", out)


@pytest.mark.parametrize(
    "words",
    [
        ["khong-co"],
        ["ask", "khong-co"],
        ["read"],
        ["read", "x.txt", "--format", "docx"],
        ["ask", "leads", "--xyz", "1"],
    ],
)
def test_wrong_usage_is_exit_2(words: list[str]) -> None:
    code, out, err = run(*words)
    assert code == 2
    assert out == ""
    assert err


def test_asking_before_anything_is_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="daumoi publish"):
        run("ask", "leads", home=tmp_path)


def test_publish_prints_the_release_and_does_nothing_twice(tmp_path: Path) -> None:
    text = "Số: 1/QĐ-UBND\n\nQUYẾT ĐỊNH\n\nVề việc giảm nghèo\n\n1. Sở Tài chính chủ trì, phối hợp với Sở Xây dựng lập dự toán.\n"
    document = tmp_path / "plan.txt"
    document.write_text(text, "utf-8")
    home = tmp_path / "home"
    code, first, err = run("publish", document, home=home)
    assert code == 0
    assert len(list((home / "releases").glob("*/manifest.json"))) == 1
    code, second, err = run("publish", document, home=home)
    assert (code, second) == (0, first)
    assert "nothing has changed" in err


def test_a_bad_file_among_good_ones_never_stops_the_run(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text("KẾ HOẠCH\n\n1. Sở Y tế chủ trì kiểm tra.\n", "utf-8")
    (tmp_path / "bad.txt").write_bytes(b"\x00\x01")
    code, out, err = run("publish", tmp_path, "--json", home=tmp_path / "home")
    assert code == 1
    assert json.loads(out)["failures"][0]["file"] == "bad.txt"
    assert json.loads(out)["counts"]["HeldDocument"] == 1
    findings = json.loads(run("ask", "findings", "-f", "json", home=tmp_path / "home")[1])
    assert [one for one in findings if "bad.txt" in one["message"] and one["code"].endswith("unreadable-file")]
    assert "bad.txt" in err


def test_export_in_every_form(five_home: Path, tmp_path: Path) -> None:
    sizes = {}
    for form in ("nq", "ttl", "csv", "parquet"):
        target = tmp_path / f"release.{form}"
        assert run("export", "--format", form, "--output", target, home=five_home)[0] == 0
        sizes[form] = target.stat().st_size
    assert all(sizes.values())
    quads = (tmp_path / "release.nq").read_text("utf-8").splitlines()
    triples = {line.rsplit(" <", 1)[0] for line in quads}
    assert len(Graph().parse(data=(tmp_path / "release.ttl").read_text("utf-8"), format="turtle")) == len(triples)


def test_doctor_names_what_it_examined(five_home: Path) -> None:
    code, out, _ = run("doctor", "--format", "json", home=five_home)
    assert code == 0
    words = out.lower()
    for what in ("python", "store", "java", "node", "chromium", "fonts", "port"):
        assert what in words
    assert all(one["remedy"] or one["state"] == "ok" for one in json.loads(out))


def test_a_taken_port_is_said_plainly() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port} of 127.0.0.1 cannot be used") as raised:
            require_port("127.0.0.1", port)
    assert "PORT=" in str(raised.value)


def test_the_installed_command_speaks_one_line_and_the_exit_code(tmp_path: Path) -> None:
    program = "from server.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program, "ask", "leads"],
        capture_output=True,
        text=True,
        env={"DAUMOI_HOME": str(tmp_path), "PATH": ""},
        check=False,
    )
    assert done.returncode == 3
    assert done.stdout == ""
    assert done.stderr.startswith("daumoi: ")
    assert len(done.stderr.splitlines()) == 1
