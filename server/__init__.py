"""How one asks: the command line, the site, the JSON routes and the SPARQL endpoint."""
