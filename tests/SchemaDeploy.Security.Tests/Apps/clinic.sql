-- Everybody who signs in: patients and staff.
CREATE TABLE accounts (
    account_id CHAR(36) NOT NULL DEFAULT (UUID()) PRIMARY KEY,
    email VARCHAR(120) NOT NULL UNIQUE,
    password_hash VARCHAR(255) NOT NULL,
    display_name VARCHAR(80) NOT NULL,
    role ENUM('PATIENT', 'NURSE', 'ADMIN') NOT NULL DEFAULT 'PATIENT',
    is_active BOOLEAN NOT NULL DEFAULT TRUE
);

-- What the clinic offers, for everybody to see.
-- @public read
-- @allow write: NURSE
CREATE TABLE treatments (
    code VARCHAR(10) NOT NULL PRIMARY KEY,
    name VARCHAR(80) NOT NULL,
    price DECIMAL(8, 2) NOT NULL CHECK (price >= 0)
);

CREATE TABLE visits (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    account_id CHAR(36) NOT NULL, -- @owner
    starts_at DATETIME NOT NULL,
    reason VARCHAR(200),
    ticket BIGINT UNIQUE,
    internal_note VARCHAR(200), -- @hidden
    FOREIGN KEY (account_id) REFERENCES accounts (account_id)
);

-- Part of a visit, and so its owner's.
CREATE TABLE visit_treatments (
    visit_id BIGINT NOT NULL,
    treatment_code VARCHAR(10) NOT NULL,
    quantity INT NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 99),
    PRIMARY KEY (visit_id, treatment_code),
    FOREIGN KEY (visit_id) REFERENCES visits (id) ON DELETE CASCADE,
    FOREIGN KEY (treatment_code) REFERENCES treatments (code)
);

CREATE TABLE messages (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    sender_id CHAR(36) NOT NULL, -- @owner
    recipient_id CHAR(36) NOT NULL,
    visit_id BIGINT,
    -- No relationship of EF Core's: the key allows null.
    ticket BIGINT,
    body VARCHAR(500) NOT NULL,
    FOREIGN KEY (sender_id) REFERENCES accounts (account_id),
    FOREIGN KEY (recipient_id) REFERENCES accounts (account_id),
    FOREIGN KEY (visit_id) REFERENCES visits (id) ON DELETE SET NULL,
    FOREIGN KEY (ticket) REFERENCES visits (ticket)
);

-- For staff alone.
-- @allow read: NURSE; write: NURSE; delete: none
CREATE TABLE stock (
    id INT AUTO_INCREMENT PRIMARY KEY,
    item VARCHAR(80) NOT NULL UNIQUE,
    amount INT NOT NULL DEFAULT 0 CHECK (amount >= 0)
);

-- No key: a list that is only read.
CREATE TABLE opening_hours (
    weekday VARCHAR(9) NOT NULL,
    opens TIME NOT NULL,
    closes TIME NOT NULL
);
