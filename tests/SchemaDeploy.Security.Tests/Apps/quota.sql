-- Everybody may keep a few notes.
CREATE TABLE users (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    email VARCHAR(200) NOT NULL UNIQUE,
    password_hash VARCHAR(255) NOT NULL
);

-- @rule create: count(own) < 3 : "Nobody has more than three notes."
CREATE TABLE notes (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    owner_id BIGINT NOT NULL,
    text VARCHAR(200) NOT NULL,
    FOREIGN KEY (owner_id) REFERENCES users (id)
);
