"""A real or invented document written anew in each format, from its paragraphs and tables: the facts must be the same.

What is written is what the layout of its source came to: a paragraph a paragraph, a table a table, whether the source had it in tabs, in
pipes or one cell a line, for there is no such thing as a table of lone cells in Word. The plain text of the same blocks is
what the other formats are held against.
"""

import html
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph as Printed
from reportlab.platypus import SimpleDocTemplate, Spacer, Table

from loaders.text.blocks import Block
from loaders.text.blocks import Table as ReadTable
from tests.loaders.formats.samples import register_font

Rows = list[list[str]]


def parts_of(blocks: Sequence[Block]) -> list[str | Rows]:
    """Return the paragraphs of a document as strings and its tables as rows of cells."""
    parts: list[str | Rows] = []
    for block in blocks:
        if isinstance(block, ReadTable):
            width = max([len(block.header), *(len(row.cells) for row in block.rows)])
            rows = [
                [cell.text for cell in cells] for cells in (block.header, *(row.cells for row in block.rows)) if cells
            ]
            parts.append([row + [""] * (width - len(row)) for row in rows])
        elif block.whole.text.strip():
            parts.append(block.whole.text)
    return parts


def as_text(parts: Sequence[str | Rows]) -> bytes:
    """Write a paragraph a line, a row a line with tabs, a line of space between paragraphs."""
    lines: list[str] = []
    for part in parts:
        lines += [part, ""] if isinstance(part, str) else ["", *("\t".join(row) for row in part), ""]
    return ("\n".join(lines) + "\n").encode()


def as_docx(parts: Sequence[str | Rows]) -> bytes:
    """Write Word paragraphs and tables."""
    document = docx.Document()
    for part in parts:
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        table = document.add_table(rows=len(part), cols=len(part[0]))
        for row, texts in zip(table.rows, part, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        document.add_paragraph("")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def as_html(parts: Sequence[str | Rows]) -> bytes:
    """Write a bare page."""
    body = []
    for part in parts:
        if isinstance(part, str):
            body.append(f"<p>{html.escape(part)}</p>")
        else:
            rows = ["".join(f"<td>{html.escape(text)}</td>" for text in row) for row in part]
            body.append("<table border=1>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>")
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{''.join(body)}</body></html>".encode()


def as_pdf(parts: Sequence[str | Rows]) -> bytes:
    """Print pages: justified paragraphs that the width breaks, ruled tables that run over pages."""
    font = register_font()
    prose = ParagraphStyle("prose", fontName=font, fontSize=13, leading=17, alignment=TA_JUSTIFY, spaceAfter=7)
    small = ParagraphStyle("small", fontName=font, fontSize=8, leading=10)
    page = landscape(A4)
    story: list[Any] = []
    for part in parts:
        if isinstance(part, str):
            story.append(Printed(html.escape(part), prose))
            continue
        weights = [max(6.0, min(40.0, max(len(row[i]) for row in part) ** 0.7)) for i in range(len(part[0]))]
        widths = [(page[0] - 110) * weight / sum(weights) for weight in weights]
        cells = [[Printed(html.escape(text), small) for text in row] for row in part]
        rules = [("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")]
        story += [Table(cells, widths, style=rules, repeatRows=1), Spacer(1, 8)]
    file = BytesIO()
    margins = {"leftMargin": 50, "rightMargin": 50, "topMargin": 45, "bottomMargin": 45}
    SimpleDocTemplate(file, pagesize=page, invariant=1, **margins).build(story)
    return file.getvalue()


WRITERS = {"txt": as_text, "docx": as_docx, "html": as_html, "pdf": as_pdf}
