"""The database: everything on record, on SQLite or PostgreSQL, by one set of queries."""
