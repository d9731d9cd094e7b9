"""The calendar on disk: what the server is known to hold (cache), and what it shall be told (outbox). SQLite."""
