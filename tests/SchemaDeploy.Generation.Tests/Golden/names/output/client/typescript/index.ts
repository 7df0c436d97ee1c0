// Written by SchemaDeploy: changes are lost when it is written again.

import { Connection, type ClientOptions, type RequestOptions, type Tokens } from "./client.js";
import { FirstTasksRequests } from "./first_task.js";
import { SecondTasksRequests } from "./second_task.js";
import { OrderDetailsRequests } from "./order-details.js";
import { LogsRequests } from "./log.js";
import { UsersRequests, type UserCreate } from "./users.js";
import { AuditLogsRequests } from "./audit-logs.js";

export { ApiError, Rows } from "./client.js";
export type {
  ClientOptions, CreateOptions, EqualityFilter, ListQuery, OrderedFilter, Page, Problem, RequestOptions, Sort, TextFilter, Tokens, WriteOptions,
} from "./client.js";
export type * from "./enums.js";
export type * from "./first_task.js";
export type * from "./second_task.js";
export type * from "./order-details.js";
export type * from "./log.js";
export type * from "./users.js";
export type * from "./audit-logs.js";

/** What a new user registers with. */
export type Registration = { readonly email: string; readonly password: string } & Partial<UserCreate>;

/** Who has signed in, with the fields of the own row. */
export type Me = { readonly id: string; readonly email: string; readonly role: string | null } & Readonly<Record<string, unknown>>;

/** The API of names. */
export class NamesClient {
  readonly #connection: Connection;
  /** Requests about first tasks. */
  readonly firstTasks: FirstTasksRequests;
  /** Requests about second tasks. */
  readonly secondTasks: SecondTasksRequests;
  /** Requests about order details. */
  readonly orderDetails: OrderDetailsRequests;
  /** Requests about logs. */
  readonly logs: LogsRequests;
  /** Requests about users. */
  readonly users: UsersRequests;
  /** Requests about audit logs. */
  readonly auditLogs: AuditLogsRequests;

  constructor(options: ClientOptions) {
    this.#connection = new Connection(options, "/api/auth");
    this.firstTasks = new FirstTasksRequests(this.#connection);
    this.secondTasks = new SecondTasksRequests(this.#connection);
    this.orderDetails = new OrderDetailsRequests(this.#connection);
    this.logs = new LogsRequests(this.#connection);
    this.users = new UsersRequests(this.#connection);
    this.auditLogs = new AuditLogsRequests(this.#connection);
  }

  /** The tokens of the session; undefined where nobody has signed in. */
  get tokens(): Tokens | undefined {
    return this.#connection.tokens;
  }

  /** The ETag of a row that was read by its key, created or changed. */
  etag(row: object): string | undefined {
    return this.#connection.etag(row);
  }

  /** Registers a new user. */
  register(user: Registration, options?: RequestOptions): Promise<Me> {
    return this.#connection.create("/api/auth/register", user, options);
  }

  /** Begins a session, which goes on by itself until it is ended or left alone for long. */
  signIn(email: string, password: string, options?: RequestOptions): Promise<void> {
    return this.#connection.signIn(email, password, options);
  }

  /** Ends the session. */
  signOut(options?: RequestOptions): Promise<void> {
    return this.#connection.signOut(options);
  }

  /** Who has signed in. */
  me(options?: RequestOptions): Promise<Me> {
    return this.#connection.read("/api/auth/me", options);
  }

  /** Changes the own password, which ends other sessions. */
  async changePassword(currentPassword: string, newPassword: string, options: RequestOptions = {}): Promise<void> {
    const body = { current_password: currentPassword, new_password: newPassword };
    await this.#connection.send("POST", "/api/auth/password", body, {}, options);
  }
}
