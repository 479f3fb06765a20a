"""Is there a program on this machine that recognises Vietnamese letters? Tesseract is one of its own, and need not be there.

Debian and Ubuntu have it as ``tesseract-ocr``, the model as ``tesseract-ocr-vie``.
"""

import shutil
import subprocess
from functools import cache
from pathlib import Path

from ontology.errors import SourceError

LANGUAGE = "vie"
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-vie"


@cache
def find_recogniser() -> str | None:
    """Return the name and version of the Tesseract on this machine if it knows Vietnamese, else ``None``."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        known = subprocess.run([program, "--list-langs"], capture_output=True, text=True, timeout=30, check=True)
        about = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    if LANGUAGE not in known.stdout.split():
        return None
    return (about.stdout or about.stderr).partition("\n")[0].strip().replace("tesseract", "Tesseract").strip()


def require_recogniser(path: Path) -> str:
    """Return the name and version of the program that recognises; raise :class:`SourceError` where there is none."""
    recogniser = find_recogniser()
    if recogniser is None:
        raise SourceError(
            "it is a scan, and Tesseract with its Vietnamese model is not installed here",
            path=path,
            remedy=f"install it: {INSTALL}; tesseract --list-langs must name vie",
        )
    return recogniser
