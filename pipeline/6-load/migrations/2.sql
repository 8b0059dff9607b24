-- From schema 1 to schema 2: versions of an article are numbered, and they and the article know the runs that made
-- them; a failed run tells why. A text that was archived before this knows at most what its lines still tell.
ALTER TABLE run ADD COLUMN message TEXT NOT NULL DEFAULT '';

ALTER TABLE article_version ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
UPDATE article_version SET version =
    (SELECT count(*) FROM article_version AS before
     WHERE before.article_id = article_version.article_id AND before.version_id <= article_version.version_id);
DROP INDEX article_version_by_article;
CREATE UNIQUE INDEX article_version_once ON article_version (article_id, version);

ALTER TABLE article ADD COLUMN version INTEGER NOT NULL DEFAULT 1 CHECK (version > 0);
UPDATE article SET version =
    1 + (SELECT count(*) FROM article_version AS before WHERE before.article_id = article.article_id);

CREATE TABLE article_run (
    article_id INTEGER NOT NULL, -- no reference: the article may be gone
    version    INTEGER NOT NULL CHECK (version > 0),
    run_id     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
    PRIMARY KEY (article_id, version, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX article_run_by_run ON article_run (run_id);
INSERT INTO article_run
SELECT DISTINCT article_id, article.version, run_id FROM line JOIN article USING (article_id)
WHERE run_id IS NOT NULL
UNION
SELECT article_id, version, (SELECT run_id FROM run WHERE run.issue_id = article.issue_id AND stage = '5-stitch'
                             AND exit_code = 0 ORDER BY started DESC, run_id DESC LIMIT 1) AS stitch
FROM article WHERE stitch IS NOT NULL;

DROP VIEW archive_page;
CREATE VIEW archive_page AS
SELECT issue_id, page_number, section, scan_path, scan_sha256, image_path, width, height, dpi, skew_degrees,
       orientation_degrees, confidence, status,
       page_id, frame, scan_index, image_sha256, transform, scan_size
FROM page;

DROP VIEW archive_article;
CREATE VIEW archive_article AS
SELECT article_id, issue_id, kind, section, kicker, headline, subhead, byline, body, confidence,
       ordinal, version, changed
FROM article;

DROP VIEW archive_run;
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
