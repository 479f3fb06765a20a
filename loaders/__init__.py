"""What a document says: from a file to one :class:`ontology.records.Record`, and from the record to statements."""
