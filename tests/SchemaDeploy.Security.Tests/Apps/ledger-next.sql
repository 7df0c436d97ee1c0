CREATE TABLE branches (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(40) NOT NULL UNIQUE
);

CREATE TABLE accounts (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(80) NOT NULL UNIQUE,
    remark VARCHAR(100), -- @renamed-from note
    balance BIGINT NOT NULL,
    currency CHAR(3) NOT NULL DEFAULT 'EUR',
    branch_id BIGINT,
    CHECK (balance >= 0),
    FOREIGN KEY (branch_id) REFERENCES branches (id)
);

-- @renamed-from entries
CREATE TABLE postings (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    memo TEXT,
    KEY by_amount (amount),
    FOREIGN KEY (account_id) REFERENCES accounts (id) ON DELETE CASCADE
);
