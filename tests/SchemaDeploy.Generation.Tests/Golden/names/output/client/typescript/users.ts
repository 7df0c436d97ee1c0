// Written by SchemaDeploy: changes are lost when it is written again.

import { type Connection, type CreateOptions, type EqualityFilter, type ListQuery, type OrderedFilter, type Page, type RequestOptions, type Rows, type Sort, type TextFilter, type WriteOptions, segment } from "./client.js";
import type { UserRole, UserStatus } from "./enums.js";

/** Who signs in. */
export interface User {
  readonly id: string;
  readonly email: string;
  readonly role: UserRole;
  readonly status: UserStatus;
  readonly created_at: string;
}

/** A new user. */
export interface UserCreate {
  readonly id?: string;
  readonly email: string;
  readonly role?: UserRole;
  readonly status?: UserStatus;
  /** The password, of which the database keeps a hash: at least 8 characters that are not among those tried first. Changes may leave it out, and only ADMIN gives one. */
  readonly password: string;
}

/** The fields that users are given anew. */
export interface UserUpdate {
  readonly email: string;
  readonly role: UserRole;
  readonly status: UserStatus;
  /** The password, of which the database keeps a hash: at least 8 characters that are not among those tried first. Changes may leave it out, and only ADMIN gives one. */
  readonly password?: string;
}

/** What to list of users. */
export interface UserQuery extends ListQuery {
  /** Conditions that all hold. */
  readonly filter?: {
    readonly id?: OrderedFilter<string>;
    readonly email?: TextFilter;
    readonly role?: EqualityFilter<UserRole>;
    readonly status?: EqualityFilter<UserStatus>;
    readonly created_at?: OrderedFilter<string>;
  };
  readonly sort?: readonly Sort<"id" | "email" | "created_at">[];
}

/** Requests about users. */
export class UsersRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** List users. */
  list(query?: UserQuery, options?: RequestOptions): Rows<User> {
    return this.#connection.rows("/api/users", query, options);
  }

  /** Create a user. */
  create(row: UserCreate, options?: CreateOptions): Promise<User> {
    return this.#connection.create("/api/users", row, options);
  }

  /** Create several users, all or none. */
  createMany(rows: readonly UserCreate[], options?: CreateOptions): Promise<Page<User>> {
    return this.#connection.create("/api/users/batch", rows, options);
  }

  /** Get a user. */
  get(id: string, options?: RequestOptions): Promise<User> {
    return this.#connection.read(`/api/users/${segment(id)}`, options);
  }

  /** Replace a user. */
  replace(id: string, row: UserUpdate, options?: WriteOptions): Promise<User> {
    return this.#connection.replace(`/api/users/${segment(id)}`, row, options);
  }

  /** Change fields of a user. */
  update(id: string, changes: Partial<UserUpdate>, options?: WriteOptions): Promise<User> {
    return this.#connection.update(`/api/users/${segment(id)}`, changes, options);
  }

  /** Delete a user. */
  delete(id: string, options?: WriteOptions): Promise<void> {
    return this.#connection.delete(`/api/users/${segment(id)}`, options);
  }
}
