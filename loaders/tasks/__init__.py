"""Who has to do what: table rows, duty statements, roles."""
