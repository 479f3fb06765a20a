"""Who and what is named: agencies, groups and places in this document, issuers, laws, programmes."""
