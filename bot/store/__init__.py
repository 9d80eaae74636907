"""State: tables, queries, encryption, claims, migrations, on SQLite and PostgreSQL alike."""
