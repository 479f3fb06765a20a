"""Readers of file formats: each lays a document out as text, the layer that every span points into.

What every reader promises: a paragraph a line; automatic numbers and bullets written out as the page shows them; a row of a
table a line, with one tab between cells and none inside them; the order of reading; nothing that stands outside the text
(repeated heads of pages, menus of a site, deleted words). Text whose cells only place it on the page (the masthead, the
signature) is written cell after cell, a paragraph a line.

Foreign files are never parsed in this process: :mod:`loaders.formats.confine` starts :mod:`loaders.formats.worker`, which is
held to a memory and a time limit and can be killed.
"""
