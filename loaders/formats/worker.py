"""The process that reads one foreign file: ``python -m loaders.formats.worker FORMAT NAME MEMORY SECONDS [recognise]`` < file > JSON.

It limits itself before it looks at the file, and answers with the text layer and findings, or with an error and its remedy.
Anything else that happens here ends this process, and :mod:`loaders.formats.confine` says so.
"""

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from loaders.formats.kinds import PICTURES
from loaders.formats.laid import Laid, refuse_large
from ontology.errors import SourceError

Reads = Callable[[bytes, Path], Laid]


def limit_process(memory: int, seconds: int) -> None:
    """Hold this process to ``memory`` bytes and ``seconds`` of computing; it may write no file, and what it starts is held to the same."""
    if sys.platform == "win32":
        return
    import resource

    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(what)[1]
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (most, most))


def reader_of(kind: str, *, recognise: bool = False) -> Reads:
    """Return the reader of a format; only its libraries are loaded."""
    if kind in PICTURES:
        from loaders.formats.scan import read_picture

        return partial(read_picture, recognise=recognise)
    if kind == "docx":
        from loaders.formats.docx import read_docx

        return read_docx
    if kind == "pdf":
        from loaders.formats.pdf import read_pdf

        return partial(read_pdf, recognise=recognise)
    from loaders.formats.html import read_html

    return read_html


def main() -> None:
    """Read the file on standard input and print the answer."""
    kind, name, memory, seconds, *asked = sys.argv[1:]
    limit_process(int(memory), int(seconds))
    data = sys.stdin.buffer.read()
    path = Path(name)
    try:
        laid = reader_of(kind, recognise="recognise" in asked)(data, path)
        refuse_large(laid.text, path)
        if not laid.text.strip():
            raise SourceError(
                "there is no text in it", path=path, remedy="look whether the download or the conversion failed"
            )
    except SourceError as error:
        answer: dict[str, object] = {"error": error.what, "remedy": error.remedy}
    else:
        findings = [(f.code, f.severity.value, f.message, f.remedy, f.message_en, f.remedy_en) for f in laid.findings]
        answer = {"text": laid.text, "findings": findings}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
