-- From schema 2 to schema 3: the readings that recognition thought possible are looked up by character, for search
-- through its errors.
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

INSERT OR IGNORE INTO alternative (meant, read, page_id, line_order, glyph, percent)
SELECT json_extract(value, '$[1]'),
       substr(replace(replace(text, ' ', ''), '　', ''), json_extract(value, '$[0]') + 1, 1),
       page_id, line_order, json_extract(value, '$[0]'), json_extract(value, '$[2]')
FROM line JOIN line_glyphs USING (page_id, line_order), json_each(alternatives)
WHERE alternatives IS NOT NULL AND json_valid(alternatives);

-- Segments of the full-text index are merged eight at a time instead of four: half as many are written again and again.
INSERT INTO article_fts (article_fts, rank) VALUES ('automerge', 8);
