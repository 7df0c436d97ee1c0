// Written by SchemaDeploy: changes are lost when it is written again.

/** The values of schemadeploy_users.role. */
export type UserRole = "USER" | "ADMIN";

/** The values of schemadeploy_users.status. */
export type UserStatus = "ACTIVE" | "SUSPENDED";
