"""From a text to its shape: lines, paragraphs, tables, and the tree of headings."""
