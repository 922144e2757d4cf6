"""Django's way to SQLite, for a register that is served from a single file."""
