-- The archive of backissue, schema version 3. README.md beside this file explains each table; the views at the end are
-- the public face, described in ARCHIVE.md, and keep their columns whatever becomes of the tables. A new archive is made
-- by this file; migrations/N.sql brings one of schema N-1 to schema N, and must end at the same tables, views, indexes
-- and triggers (columns that a later schema added stand last in their table).
--
-- "BKIS" as a big-endian number: what file(1) and our own programs know an archive by.
PRAGMA application_id = 1112230227;
PRAGMA user_version = 3;

CREATE TABLE issue (
    issue_id        INTEGER PRIMARY KEY AUTOINCREMENT,
    title           TEXT NOT NULL, -- name of the title's folder; with name, what an issue is recognised by
    name            TEXT NOT NULL, -- the folder's date, or the folder's name if that is no date
    paper           TEXT,
    issue_date      TEXT CHECK (issue_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
    weekday_printed TEXT,
    issue_number    INTEGER CHECK (issue_number > 0),
    total_number    INTEGER CHECK (total_number > 0),
    page_count      INTEGER CHECK (page_count > 0),
    folder          TEXT NOT NULL, -- of the scans
    loaded          TEXT NOT NULL, -- UTC, of the latest load
    UNIQUE (title, name)
) STRICT;
CREATE INDEX issue_by_date ON issue (issue_date);

-- One execution of one stage. Runs are never removed while their issue is there, so the versions of a text can be told
-- apart by what made them.
CREATE TABLE run (
    run_id          INTEGER PRIMARY KEY AUTOINCREMENT,
    issue_id        INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
    frame           INTEGER CHECK (frame > 0), -- NULL: a run over the whole issue
    stage           TEXT NOT NULL,
    program_version TEXT NOT NULL DEFAULT '',
    parameters      TEXT NOT NULL DEFAULT '',
    model_sha256    TEXT NOT NULL DEFAULT '',
    started         TEXT, -- UTC; NULL where only the output tells that there was a run
    seconds         REAL CHECK (seconds >= 0),
    exit_code       INTEGER,
    message         TEXT NOT NULL DEFAULT '' -- why it failed
) STRICT;
CREATE UNIQUE INDEX run_once
    ON run (issue_id, stage, ifnull(frame, 0), ifnull(started, ''), program_version, parameters, model_sha256);

CREATE TABLE page (
    page_id             INTEGER PRIMARY KEY AUTOINCREMENT,
    issue_id            INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
    frame               INTEGER NOT NULL CHECK (frame > 0),       -- place among the issue's scans
    page_number         INTEGER NOT NULL CHECK (page_number > 0), -- as printed, where readable
    section             TEXT,
    scan_path           TEXT NOT NULL,    -- relative to the archive's folder, or absolute; bytes that are no UTF-8 as %XX
    scan_index          INTEGER NOT NULL, -- image within a multi-page file, from 0
    scan_sha256         TEXT,
    scan_size           INTEGER,          -- bytes
    image_path          TEXT,             -- the upright image, like scan_path
    image_sha256        TEXT,
    width               INTEGER CHECK (width > 0),
    height              INTEGER CHECK (height > 0),
    dpi                 INTEGER CHECK (dpi > 0),
    skew_degrees        REAL,
    orientation_degrees INTEGER CHECK (orientation_degrees IN (0, 90, 180, 270)),
    transform           TEXT CHECK (transform LIKE '{%}'), -- from the upright image back to the scan
    confidence          REAL CHECK (confidence BETWEEN 0 AND 1),
    status              TEXT NOT NULL, -- 'ok', or why there is no text
    UNIQUE (issue_id, frame),
    UNIQUE (issue_id, page_number)
) STRICT;

CREATE TABLE article (
    article_id INTEGER PRIMARY KEY AUTOINCREMENT,
    issue_id   INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
    ordinal    INTEGER NOT NULL, -- place in the issue's reading order, from 1
    kind       TEXT NOT NULL CHECK (kind IN ('article', 'ad', 'notice', 'photo', 'masthead', 'other')),
    section    TEXT,
    kicker     TEXT NOT NULL DEFAULT '',
    headline   TEXT NOT NULL DEFAULT '',
    subhead    TEXT NOT NULL DEFAULT '',
    byline     TEXT NOT NULL DEFAULT '',
    body       TEXT NOT NULL DEFAULT '',
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),
    changed    TEXT NOT NULL, -- UTC, when its text was last loaded anew
    version    INTEGER NOT NULL DEFAULT 1 CHECK (version > 0) -- one more than those in article_version
) STRICT;
CREATE INDEX article_by_issue ON article (issue_id, ordinal);

CREATE TABLE article_part (
    article_id INTEGER NOT NULL REFERENCES article ON DELETE CASCADE,
    part_order INTEGER NOT NULL CHECK (part_order >= 0), -- 0 holds the headline
    page_id    INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
    x          INTEGER NOT NULL,
    y          INTEGER NOT NULL,
    w          INTEGER NOT NULL CHECK (w >= 0),
    h          INTEGER NOT NULL CHECK (h >= 0),
    PRIMARY KEY (article_id, part_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_part_by_page ON article_part (page_id);

-- What an article said before it was loaded anew with another text, or before it vanished from its issue.
CREATE TABLE article_version (
    version_id INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id INTEGER NOT NULL, -- no reference: the article may be gone
    issue_id   INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    kicker     TEXT NOT NULL,
    headline   TEXT NOT NULL,
    subhead    TEXT NOT NULL,
    byline     TEXT NOT NULL,
    body       TEXT NOT NULL,
    confidence REAL,
    changed    TEXT NOT NULL, -- UTC, when this text was loaded
    replaced   TEXT NOT NULL, -- UTC, when the next one was
    version    INTEGER NOT NULL DEFAULT 1 CHECK (version > 0)
) STRICT;
CREATE UNIQUE INDEX article_version_once ON article_version (article_id, version);
CREATE INDEX article_version_by_issue ON article_version (issue_id);

-- The runs that made a version of an article, the present one or an earlier one: the recognition of its pages and the
-- stitching of its issue.
CREATE TABLE article_run (
    article_id INTEGER NOT NULL, -- no reference: the article may be gone
    version    INTEGER NOT NULL CHECK (version > 0),
    run_id     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    PRIMARY KEY (article_id, version, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_run_by_run ON article_run (run_id);

CREATE TABLE line (
    page_id    INTEGER NOT NULL REFERENCES page ON DELETE CASCADE,
    line_order INTEGER NOT NULL CHECK (line_order > 0), -- in reading order of the page
    region_id  TEXT NOT NULL, -- in the page's PAGE-XML
    line_id    TEXT NOT NULL, -- in the page's PAGE-XML
    role       TEXT NOT NULL CHECK (role IN ('headline', 'kicker', 'subhead', 'crosshead', 'byline', 'body', 'caption',
                                             'jump', 'teaser', 'masthead', 'header', 'ad', 'other')),
    text       TEXT NOT NULL, -- as recognised; '' if nothing was
    confidence REAL CHECK (confidence BETWEEN 0 AND 1),
    vertical   INTEGER NOT NULL CHECK (vertical IN (0, 1)),
    x          INTEGER NOT NULL,
    y          INTEGER NOT NULL,
    w          INTEGER NOT NULL CHECK (w >= 0),
    h          INTEGER NOT NULL CHECK (h >= 0),
    article_id INTEGER REFERENCES article ON DELETE SET NULL,
    run_id     INTEGER REFERENCES run, -- the run that recognised it
    PRIMARY KEY (page_id, line_order)
) STRICT, WITHOUT ROWID;
CREATE INDEX line_by_article ON line (article_id) WHERE article_id IS NOT NULL;
CREATE INDEX line_by_run ON line (run_id) WHERE run_id IS NOT NULL;

-- The characters of a line, apart from it since only exports and fuzzy search read them.
CREATE TABLE line_glyphs (
    page_id      INTEGER NOT NULL,
    line_order   INTEGER NOT NULL,
    extents      TEXT NOT NULL CHECK (extents LIKE '[%]'), -- [start, length, percent, …] per character, along the line
    alternatives TEXT CHECK (alternatives LIKE '[%]'),     -- [[character, "other reading", percent], …]
    PRIMARY KEY (page_id, line_order),
    FOREIGN KEY (page_id, line_order) REFERENCES line ON DELETE CASCADE
) STRICT, WITHOUT ROWID;

-- Those of the other readings again, each by its character, for search through recognition's errors.
CREATE TABLE alternative (
    meant      TEXT NOT NULL,    -- the other reading
    read       TEXT NOT NULL,    -- what the line says
    page_id    INTEGER NOT NULL,
    line_order INTEGER NOT NULL,
    glyph      INTEGER NOT NULL, -- its place among the line's characters, white space left out, from 0
    percent    INTEGER NOT NULL,
    PRIMARY KEY (meant, read, page_id, line_order, glyph),
    FOREIGN KEY (page_id, line_order) REFERENCES line ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX alternative_by_line ON alternative (page_id, line_order);

CREATE TRIGGER line_glyphs_inserted AFTER INSERT ON line_glyphs WHEN new.alternatives IS NOT NULL BEGIN
    INSERT OR IGNORE INTO alternative (meant, read, page_id, line_order, glyph, percent)
    SELECT json_extract(value, '$[1]'),
           substr(replace(replace(text, ' ', ''), '　', ''), json_extract(value, '$[0]') + 1, 1),
           new.page_id, new.line_order, json_extract(value, '$[0]'), json_extract(value, '$[2]')
    FROM line, json_each(new.alternatives)
    WHERE line.page_id = new.page_id AND line.line_order = new.line_order AND json_valid(new.alternatives);
END;

CREATE TABLE link (
    link_id           INTEGER PRIMARY KEY,
    issue_id          INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
    kind              TEXT NOT NULL CHECK (kind IN ('continuation', 'teaser')),
    source_page       INTEGER,
    marker_text       TEXT NOT NULL,
    source_article_id INTEGER REFERENCES article ON DELETE CASCADE,
    target_page       INTEGER, -- NULL if unreadable
    target_article_id INTEGER REFERENCES article ON DELETE CASCADE,
    status            TEXT NOT NULL CHECK (status IN ('linked', 'dangling')),
    score             REAL CHECK (score BETWEEN 0 AND 1),
    reason            TEXT NOT NULL
) STRICT;
CREATE INDEX link_by_issue ON link (issue_id);
CREATE INDEX link_by_source ON link (source_article_id) WHERE source_article_id IS NOT NULL;
CREATE INDEX link_by_target ON link (target_article_id) WHERE target_article_id IS NOT NULL;

CREATE TABLE problem (
    problem_id  INTEGER PRIMARY KEY AUTOINCREMENT,
    issue_id    INTEGER NOT NULL REFERENCES issue ON DELETE CASCADE,
    page_number INTEGER, -- NULL: the whole issue
    article_id  INTEGER REFERENCES article ON DELETE SET NULL,
    kind        TEXT NOT NULL,
    severity    TEXT NOT NULL CHECK (severity IN ('error', 'warning', 'note')),
    detail      TEXT NOT NULL,
    created     TEXT NOT NULL, -- UTC; kept while the same problem is found again
    closed      TEXT           -- UTC, when a person settled it
) STRICT;
CREATE INDEX problem_by_issue ON problem (issue_id);
CREATE INDEX problem_by_article ON problem (article_id) WHERE article_id IS NOT NULL;

-- Search. One token a character, folded (tokenizer.h); the number is the folding's version. The text itself is read
-- from article.
CREATE VIRTUAL TABLE article_fts USING fts5 (
    headline, kicker, subhead, byline, body,
    content = 'article', content_rowid = 'article_id', tokenize = 'backissue 1'
);
-- A word in a headline weighs as much as ten in the body.
INSERT INTO article_fts (article_fts, rank) VALUES ('rank', 'bm25(10.0, 5.0, 5.0, 3.0, 1.0)');
-- Segments are merged eight at a time instead of four: less is written again and again, and a search has a few more to
-- look into.
INSERT INTO article_fts (article_fts, rank) VALUES ('automerge', 8);

CREATE TRIGGER article_inserted AFTER INSERT ON article BEGIN
    INSERT INTO article_fts (rowid, headline, kicker, subhead, byline, body)
    VALUES (new.article_id, new.headline, new.kicker, new.subhead, new.byline, new.body);
END;
CREATE TRIGGER article_deleted AFTER DELETE ON article BEGIN
    INSERT INTO article_fts (article_fts, rowid, headline, kicker, subhead, byline, body)
    VALUES ('delete', old.article_id, old.headline, old.kicker, old.subhead, old.byline, old.body);
END;
CREATE TRIGGER article_updated AFTER UPDATE OF article_id, headline, kicker, subhead, byline, body ON article BEGIN
    INSERT INTO article_fts (article_fts, rowid, headline, kicker, subhead, byline, body)
    VALUES ('delete', old.article_id, old.headline, old.kicker, old.subhead, old.byline, old.body);
    INSERT INTO article_fts (rowid, headline, kicker, subhead, byline, body)
    VALUES (new.article_id, new.headline, new.kicker, new.subhead, new.byline, new.body);
END;

CREATE VIEW archive_issue AS
SELECT issue_id, paper, issue_date, issue_number, total_number, page_count, weekday_printed,
       title, name, loaded
FROM issue;

CREATE VIEW archive_page AS
SELECT issue_id, page_number, section, scan_path, scan_sha256, image_path, width, height, dpi, skew_degrees,
       orientation_degrees, confidence, status,
       page_id, frame, scan_index, image_sha256, transform, scan_size
FROM page;

CREATE VIEW archive_article AS
SELECT article_id, issue_id, kind, section, kicker, headline, subhead, byline, body, confidence,
       ordinal, version, changed
FROM article;

CREATE VIEW archive_article_page AS
SELECT page.issue_id, article_id, part_order, page_number, x, y, w, h
FROM article_part JOIN page USING (page_id);

CREATE VIEW archive_line AS
SELECT issue_id, page_number, line_order, CASE role WHEN 'crosshead' THEN 'body' ELSE role END AS role, text,
       line.confidence, x, y, w, h, article_id,
       role = 'crosshead' AS crosshead, vertical, region_id, line_id, run_id
FROM line JOIN page USING (page_id);

CREATE VIEW archive_link AS
SELECT issue_id, kind, source_page, marker_text, source_article_id, target_page, target_article_id, status, score,
       reason,
       link_id
FROM link;

CREATE VIEW archive_problem AS
SELECT problem_id, issue_id, page_number, article_id, kind, severity, detail, created,
       closed
FROM problem;

CREATE VIEW archive_run AS
SELECT run_id, run.issue_id, page_number, stage, program_version, parameters, model_sha256, started, seconds, exit_code,
       run.frame, run.message
FROM run LEFT JOIN page ON page.issue_id = run.issue_id AND page.frame = run.frame;

CREATE VIEW archive_version AS
SELECT article_id, version, issue_id, kind, kicker, headline, subhead, byline, body, confidence, changed, replaced
FROM article_version;

CREATE VIEW archive_article_run AS
SELECT article_id, version, run_id
FROM article_run;
