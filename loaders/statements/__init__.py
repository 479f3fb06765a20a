"""From a record to statements of the graph."""
