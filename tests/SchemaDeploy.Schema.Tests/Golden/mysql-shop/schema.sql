-- A shop, told in several steps as dumps and migrations do.
SET NAMES utf8mb4;

/* @name customers */
CREATE TABLE `users` (
  `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  `email` VARCHAR(190) NOT NULL, -- @rule email like '%@%' : "is no address"
  `role` ENUM('USER','ADMIN') NOT NULL DEFAULT 'USER',
  `settings` JSON NULL,
  `created_at` TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `updated_at` TIMESTAMP NULL ON UPDATE CURRENT_TIMESTAMP,
  PRIMARY KEY (`id`)
) ENGINE=InnoDB COMMENT='Who may buy';

CREATE TABLE `items` (
  `id` INT NOT NULL,
  `name` TEXT NOT NULL COMMENT 'as on the label',
  `price` DECIMAL(10,2) NOT NULL DEFAULT 0.00,
  `quantity` INT UNSIGNED NOT NULL,
  `total` DECIMAL(12,2) AS (`price` * `quantity`) STORED,
  `code` CHAR(8) CHARACTER SET ascii COLLATE ascii_bin,
  CHECK (`quantity` BETWEEN 1 AND 100)
);

CREATE TABLE `orders` (
  `user_id` BIGINT UNSIGNED NOT NULL,
  `item_id` INT NOT NULL,
  `at` DATETIME(3) NOT NULL,
  PRIMARY KEY (`user_id`, `item_id`, `at`),
  FOREIGN KEY (`user_id`) REFERENCES `users` (`id`) ON DELETE CASCADE,
  CONSTRAINT `fk_item` FOREIGN KEY (`item_id`) REFERENCES `items` (`id`) ON UPDATE CASCADE
);

ALTER TABLE `items` ADD PRIMARY KEY (`id`), ADD UNIQUE KEY `uq_code` (`code`), ADD KEY `by_name` (`name`(20), `price` DESC);
ALTER TABLE `items` MODIFY `id` INT NOT NULL AUTO_INCREMENT, AUTO_INCREMENT=1000;
CREATE UNIQUE INDEX `uq_email` ON `users` ((LOWER(`email`)));
ALTER TABLE `users` ADD COLUMN `nick` VARCHAR(30) NULL AFTER `email`;
