"""Errors keep their fields on the way from a worker process to the one who asked."""

import pickle
from pathlib import Path

import pytest

from ontology.errors import CorrectionError, DaumoiError, ParameterError, QueryRefused, RegistryError, SourceError


@pytest.mark.parametrize(
    "error",
    [
        RegistryError("two rows are alike", file=Path("groups.csv"), line=7, remedy="keep one of them"),
        SourceError("a scan", path=Path("a.pdf"), remedy="recognise it"),
        ParameterError("no period", where="period", remedy="write 2016-2020", vi="chưa đúng"),
        CorrectionError("no date", vi="không phải ngày", column="to", remedy="write it as YYYY-MM-DD"),
        QueryRefused("SERVICE is not allowed", reason="service", remedy="ask there"),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_survive_pickling(error: DaumoiError) -> None:
    arrived = pickle.loads(pickle.dumps(error))
    assert type(arrived) is type(error)
    assert str(arrived) == str(error)
    assert vars(arrived) == vars(error)
