"""The tables of `library.sqlite`, as steps: a step that was released is never changed, only followed."""

from __future__ import annotations

from typing import Final

# "CozL": tells our file from any other SQLite database.
APPLICATION_ID: Final = 0x436F7A4C

# Times are Unix seconds. An item is a file that somebody marked, put into an
# album or made by a run; `pixels` is its identity and survives renames.
_FIRST: Final = """
CREATE TABLE item (
    id TEXT PRIMARY KEY,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    pixels TEXT,
    size INTEGER,
    mtime_ns INTEGER,
    width INTEGER,
    height INTEGER,
    missing_since REAL,
    UNIQUE (root, path)
);
CREATE INDEX item_by_pixels ON item (pixels);

CREATE TABLE mark (
    user TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES item (id) ON DELETE CASCADE ON UPDATE CASCADE,
    favorite INTEGER NOT NULL DEFAULT 0 CHECK (favorite IN (0, 1)),
    rating INTEGER NOT NULL DEFAULT 0 CHECK (rating BETWEEN 0 AND 5),
    changed REAL NOT NULL,
    PRIMARY KEY (user, item)
) WITHOUT ROWID;
CREATE INDEX mark_by_item ON mark (item);

CREATE TABLE item_tag (
    user TEXT NOT NULL,
    item TEXT NOT NULL REFERENCES item (id) ON DELETE CASCADE ON UPDATE CASCADE,
    tag TEXT NOT NULL,
    PRIMARY KEY (user, item, tag)
) WITHOUT ROWID;
CREATE INDEX item_tag_by_tag ON item_tag (user, tag);
CREATE INDEX item_tag_by_item ON item_tag (item);

CREATE TABLE album (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('manual', 'smart')),
    q TEXT,
    cover TEXT,
    position INTEGER NOT NULL DEFAULT 0,
    created REAL NOT NULL,
    changed REAL NOT NULL
);
CREATE INDEX album_by_user ON album (user, position);

CREATE TABLE album_item (
    album TEXT NOT NULL REFERENCES album (id) ON DELETE CASCADE,
    item TEXT NOT NULL REFERENCES item (id) ON DELETE CASCADE ON UPDATE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (album, item)
) WITHOUT ROWID;
CREATE INDEX album_item_by_item ON album_item (item);

CREATE TABLE use_count (
    user TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    count INTEGER NOT NULL,
    last_used REAL NOT NULL,
    PRIMARY KEY (user, kind, name)
) WITHOUT ROWID;

CREATE TABLE run (
    id TEXT PRIMARY KEY,
    user TEXT NOT NULL,
    prompt_id TEXT NOT NULL,
    state TEXT NOT NULL,
    workflow TEXT,
    title TEXT,
    graph TEXT,
    form TEXT,
    error TEXT,
    created REAL NOT NULL,
    started REAL,
    finished REAL
);
CREATE INDEX run_by_user ON run (user, created);
CREATE INDEX run_by_prompt ON run (prompt_id);

CREATE TABLE run_output (
    run TEXT NOT NULL REFERENCES run (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    root TEXT NOT NULL,
    path TEXT NOT NULL,
    PRIMARY KEY (run, position)
) WITHOUT ROWID;
CREATE INDEX run_output_by_file ON run_output (root, path);
"""

STEPS: Final[tuple[str, ...]] = (_FIRST,)
VERSION: Final = len(STEPS)

# In the order in which they can be filled without breaking a reference.
TABLES: Final = ("item", "mark", "item_tag", "album", "album_item", "use_count", "run", "run_output")
