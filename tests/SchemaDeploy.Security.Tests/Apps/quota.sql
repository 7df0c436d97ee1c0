-- Users are the library's own. Everybody may keep a few notes.
-- @rule create: count(own) < 3 : "Nobody has more than three notes."
CREATE TABLE notes (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    owner_id CHAR(36) NOT NULL, -- @owner
    text VARCHAR(200) NOT NULL
);
