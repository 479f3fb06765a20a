"""Publishing: releases are whole, repeatable, and swapped in one step."""

import json
import multiprocessing
import os
import shutil
import signal
from pathlib import Path

import polars as pl
import pytest

from ontology.errors import ReleaseError
from queries.checks import Fault
from queries.publish import VERDICTS
from queries.release import (
    InputInfo,
    Release,
    Watch,
    find_release,
    list_releases,
    open_current,
    open_release,
    publishing,
    read_pointer,
    swap_pointer,
)
from tests.queries.conftest import TEXTS, publish_world

PLAN = "https://w3id.org/daumoi/id/document/bo-a/2017/10-qd-a"


def test_release_holds_everything(world: Release) -> None:
    counts = world.manifest.counts
    assert (counts["Task"], counts["Assignment"], counts["HeldDocument"]) == (2, 3, 2)
    assert world.text(PLAN) == TEXTS[PLAN]
    assert world.text("https://w3id.org/daumoi/id/document/thu-tuong-chinh-phu/2016/1-qd-ttg") is None
    assert world.store.count() == sum(world.manifest.graphs.values())
    dump = (world.path / "dumps" / "release.nq").read_text("utf-8").splitlines()
    assert len(dump) == world.store.count()
    assert dump == sorted(dump, key=lambda line: (line.rsplit(" ", 2)[1], line.rsplit(" ", 2)[0]))


def test_faults_are_reported_and_stated(world: Release) -> None:
    assert {fault["code"] for fault in world.report()} == set()


def test_same_content_is_the_same_release_and_does_nothing(tmp_path: Path) -> None:
    first = publish_world(tmp_path)
    stamp = (first.path / "manifest.json").stat().st_mtime_ns
    second = publish_world(tmp_path)
    assert first.id == second.id
    assert (second.path / "manifest.json").stat().st_mtime_ns == stamp
    elsewhere = publish_world(tmp_path / "other")
    for name in ("dumps/release.nq", "manifest.json", "report.json"):
        assert (first.path / name).read_bytes() == (elsewhere.path / name).read_bytes()


def test_another_text_is_another_release_and_its_wrong_quotes_are_faults(tmp_path: Path, world: Release) -> None:
    release = publish_world(tmp_path, **{PLAN: TEXTS[PLAN].replace("Vụ X", "Vụ Q")})
    assert release.id != world.id
    assert [(f["code"], f["document"]) for f in release.report()] == [("quote-mismatch", PLAN)]
    assert release.manifest.findings == {"error:quote-mismatch": 1}
    assert release.store.holds("ASK { ?f a <https://w3id.org/daumoi/ontology#Finding> }")


def test_side_table_has_one_row_per_assignment(world: Release) -> None:
    frame = pl.read_parquet(world.assignments_path)
    assert frame.height == 3
    lead = frame.filter(pl.col("task_number") == "1", pl.col("role") == "lead").row(0, named=True)
    assert lead["agency_label"] == "Vụ X Bộ A"
    assert lead["document_number"] == "10/QĐ-A"
    assert lead["periods"] == ["2016-2020"]
    assert str(lead["deadline"]) == "2017-06-30"
    assert lead["component_code"] == "DA1"
    assert frame.filter(pl.col("level") == "province")["recurrence"].to_list() == [["annual"]]


def test_pointer_finds_releases(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="nothing has been published"):
        open_current(tmp_path)
    watch = Watch(tmp_path)
    first = publish_world(tmp_path)
    assert watch.changed()
    assert not watch.changed()
    second = publish_world(tmp_path, **{PLAN: TEXTS[PLAN] + " Hết."})
    assert watch.changed()
    assert open_current(tmp_path).id == second.id
    assert {release.id for release in list_releases(tmp_path)} == {first.id, second.id}
    assert publish_world(tmp_path).id == first.id == read_pointer(tmp_path)
    assert open_release(tmp_path, second.id).store.count() == second.store.count()


def test_unchanged_inputs_are_recognised_before_reading(tmp_path: Path) -> None:
    inputs = [InputInfo("b.txt", "2" * 64), InputInfo("a.txt", "1" * 64)]
    assert find_release(tmp_path, inputs, "0.0.1") is None
    release = publish_world(tmp_path)
    found = find_release(tmp_path, inputs, "0.0.1")
    assert found is not None
    assert found.id == release.id
    assert find_release(tmp_path, inputs, "0.0.2") is None
    assert find_release(tmp_path, inputs[:1], "0.0.1") is None


@pytest.mark.parametrize("bad", ["../world", ".", "", "nothing", ".building-x"])
def test_no_release_outside_the_folder(tmp_path: Path, bad: str) -> None:
    publish_world(tmp_path)
    with pytest.raises(ReleaseError):
        open_release(tmp_path, bad)


def test_damaged_manifest_says_so(tmp_path: Path) -> None:
    release = publish_world(tmp_path)
    (release.path / "manifest.json").write_text("{", "utf-8")
    with pytest.raises(ReleaseError, match="manifest"):
        open_current(tmp_path)


def test_leftovers_of_a_dead_publish_go(tmp_path: Path) -> None:
    left = tmp_path / "releases" / ".building-dead"
    (left / "store").mkdir(parents=True)
    publish_world(tmp_path)
    assert not left.exists()


def test_two_publishers_at_once(tmp_path: Path) -> None:
    with publishing(tmp_path), pytest.raises(ReleaseError, match="somebody else"):
        publish_world(tmp_path)
    assert publish_world(tmp_path).id == read_pointer(tmp_path)


def test_unwritable_folder(tmp_path: Path) -> None:
    (tmp_path / "releases").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ReleaseError, match="cannot be written"):
        publish_world(tmp_path)


def test_swap_leaves_whole_pointer(tmp_path: Path) -> None:
    (tmp_path / "releases").mkdir()
    swap_pointer(tmp_path, "abc")
    swap_pointer(tmp_path, "def")
    assert read_pointer(tmp_path) == "def"
    assert sorted(p.name for p in (tmp_path / "releases").iterdir()) == ["current"]


def _publish_again(home: Path) -> None:
    publish_world(home, **{PLAN: TEXTS[PLAN] + " Thêm."})


@pytest.mark.parametrize("after", [0.02, 0.1, 0.2, 0.4])
def test_killed_publish_changes_nothing_that_readers_see(tmp_path: Path, after: float) -> None:
    first = publish_world(tmp_path)
    child = multiprocessing.get_context("fork").Process(target=_publish_again, args=(tmp_path,))
    child.start()
    child.join(after)
    if child.pid is not None and child.is_alive():
        os.kill(child.pid, signal.SIGKILL)
    child.join()
    seen = open_current(tmp_path)
    assert seen.store.count() == sum(seen.manifest.graphs.values())
    _publish_again(tmp_path)
    assert open_current(tmp_path).id != first.id
    assert not list((tmp_path / "releases").glob(".building-*"))


def test_manifest_is_plain_json(world: Release) -> None:
    data = json.loads((world.path / "manifest.json").read_text("utf-8"))
    assert data["inputs"] == [{"name": "a.txt", "sha256": "1" * 64}, {"name": "b.txt", "sha256": "2" * 64}]
    assert data["program_version"] == "0.0.1"


def test_a_graph_that_has_not_changed_is_not_validated_again(tmp_path: Path) -> None:
    """A remembered verdict is used as it stands; a graph, its neighbours or the shapes changed: a new one."""
    first = publish_world(tmp_path)
    verdicts = first.path.parent / VERDICTS
    files = sorted(verdicts.iterdir())
    assert len(files) >= 2
    told = Fault("shape-violation", "warning", PLAN, PLAN, "đã nhớ", "remembered").to_dict()
    files[0].write_text(json.dumps([told]), "utf-8")
    files[1].write_text("not JSON", "utf-8")
    shutil.rmtree(first.path)
    again = publish_world(tmp_path)
    assert again.id == first.id
    assert [fault["message_en"] for fault in again.report()] == ["remembered"]
    assert sorted(verdicts.iterdir()) == files
    publish_world(tmp_path, **{PLAN: TEXTS[PLAN] + " "})
    assert len(sorted(verdicts.iterdir())) == len(files)
