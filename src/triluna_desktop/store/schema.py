"""The tables, as the steps that made them. ``user_version`` says how many steps a file has gone through.

``entry`` and ``pattern`` hold what the server is known to hold; ``op`` is the outbox. What is shown is the former
with the latter on top. Dates are ISO text, minutes are of the wall day, ``revision`` counts writes.
"""

from __future__ import annotations

REVISION = "revision"
"""The note that holds the number of the last revision."""

MIGRATIONS: tuple[str, ...] = (
    """
    CREATE TABLE entry (
        key TEXT PRIMARY KEY,
        server_id INTEGER NOT NULL UNIQUE,
        revision INTEGER NOT NULL,
        date TEXT NOT NULL,
        start_minute INTEGER NOT NULL,
        end_minute INTEGER NOT NULL,
        is_available INTEGER NOT NULL,
        title TEXT NOT NULL,
        notes TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX entry_by_date ON entry (date);
    -- Keys made of another id than the row has: few, and asked for at each read of the server.
    CREATE INDEX entry_lent_key ON entry (key) WHERE key GLOB 'entry:*' AND key != 'entry:' || server_id;

    CREATE TABLE pattern (
        key TEXT PRIMARY KEY,
        server_id INTEGER NOT NULL UNIQUE,
        revision INTEGER NOT NULL,
        weekday INTEGER NOT NULL,
        start_minute INTEGER NOT NULL,
        end_minute INTEGER NOT NULL,
        is_available INTEGER NOT NULL,
        title TEXT NOT NULL
    ) WITHOUT ROWID;

    CREATE TABLE op (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key TEXT NOT NULL,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        -- The item: of an entry date and notes, of a pattern weekday.
        date TEXT,
        weekday INTEGER,
        start_minute INTEGER NOT NULL,
        end_minute INTEGER NOT NULL,
        is_available INTEGER NOT NULL,
        title TEXT NOT NULL,
        notes TEXT NOT NULL,
        base TEXT,
        queued_at INTEGER NOT NULL,
        attempt INTEGER NOT NULL,
        started_at REAL,
        baseline TEXT,
        baseline_skipped INTEGER NOT NULL,
        waits_for INTEGER,
        trouble TEXT,
        message TEXT NOT NULL,
        conflicts TEXT NOT NULL
    );
    CREATE INDEX op_by_key ON op (key, id);
    CREATE INDEX op_by_date ON op (date);

    -- Ids that this app deleted in this run: a read that began before shall not bring them back.
    CREATE TABLE buried (
        is_pattern INTEGER NOT NULL,
        server_id INTEGER NOT NULL,
        revision INTEGER NOT NULL,
        PRIMARY KEY (is_pattern, server_id)
    ) WITHOUT ROWID;

    -- Dates that were read from the server at least once, as disjoint ranges, both ends included.
    CREATE TABLE loaded (first TEXT PRIMARY KEY, last TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

    CREATE TABLE request (at REAL NOT NULL, kind TEXT NOT NULL);
    CREATE INDEX request_by_time ON request (at);
    """,
    """
    -- Where a change of a pattern stands (POST the new one, DELETE the old), and the id that the new one got.
    ALTER TABLE op ADD COLUMN phase TEXT NOT NULL DEFAULT '';
    ALTER TABLE op ADD COLUMN new_id INTEGER;
    -- The bulk edit that it is a part of.
    ALTER TABLE op ADD COLUMN batch INTEGER;
    CREATE INDEX op_by_batch ON op (batch) WHERE batch IS NOT NULL;

    CREATE TABLE batch (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        edit TEXT NOT NULL,
        total INTEGER NOT NULL
    );

    -- Every version that was replaced: what was there before, and after, by whom. Items are JSON; NULL is none.
    CREATE TABLE history (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at REAL NOT NULL,
        key TEXT NOT NULL,
        actor TEXT NOT NULL,
        before TEXT,
        after TEXT
    );
    CREATE INDEX history_by_key ON history (key, id);
    CREATE INDEX history_by_time ON history (at);
    """,
)
