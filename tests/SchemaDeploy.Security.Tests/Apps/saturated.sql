-- Of no interest: the code beside it uses up what the application has.
CREATE TABLE notes (
    id BIGINT AUTO_INCREMENT PRIMARY KEY,
    text VARCHAR(200) NOT NULL
);
