CREATE TABLE authors (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(100) NOT NULL UNIQUE,
    nickname VARCHAR(100) UNIQUE,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP
);

CREATE TABLE books (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    author_id BIGINT NOT NULL,
    editor_id BIGINT,
    critic VARCHAR(100),
    title VARCHAR(200) NOT NULL,
    title_length INT GENERATED ALWAYS AS (CHAR_LENGTH(title)) STORED,
    price DECIMAL(8, 2) CHECK (price >= 0),
    net DECIMAL(8, 2) GENERATED ALWAYS AS (price * 1.1) STORED,
    gross DECIMAL(20, 4) GENERATED ALWAYS AS (price * 1.1) STORED,
    weight DECIMAL(30, 10),
    rating FLOAT,
    pages BIGINT,
    printed_at DATETIME(3),
    sold_at TIMESTAMP(6) NULL,
    details JSON,
    isbn CHAR(13),
    FOREIGN KEY (author_id) REFERENCES authors (id) ON DELETE CASCADE,
    FOREIGN KEY (editor_id) REFERENCES authors (id) ON DELETE SET NULL,
    FOREIGN KEY (critic) REFERENCES authors (nickname) ON UPDATE CASCADE
);

CREATE TABLE orders (
    id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
    book_id BIGINT NOT NULL,
    created_at TIMESTAMP DEFAULT CURRENT_TIMESTAMP,
    FOREIGN KEY (book_id) REFERENCES books (id),
    UNIQUE KEY uk_minute (book_id, (DATE_FORMAT(created_at, '%Y-%m-%d %H:%i')))
);
