"""What is kept: one noun a module, SQLite or PostgreSQL, migrations from the first table."""
