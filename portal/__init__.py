"""The site around the domain: settings, database, accounts, sources, search."""
