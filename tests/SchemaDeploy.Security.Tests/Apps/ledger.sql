CREATE TABLE accounts (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    name VARCHAR(40) NOT NULL,
    note VARCHAR(100),
    balance INT NOT NULL
);

CREATE TABLE entries (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    account_id BIGINT NOT NULL,
    amount INT NOT NULL,
    memo VARCHAR(200),
    FOREIGN KEY (account_id) REFERENCES accounts (id)
);
