// Written by SchemaDeploy: changes are lost when it is written again.

import { type Connection, type ListQuery, type OrderedFilter, type RequestOptions, type Rows, type Sort, type TextFilter, segment } from "./client.js";

/** Who did what to which row. */
export interface AuditLog {
  readonly id: number;
  readonly user_id: string | null;
  readonly action: string;
  readonly entity_type: string;
  readonly entity_id: string;
  readonly old_values: unknown;
  readonly new_values: unknown;
  readonly ip_address: string | null;
  readonly timestamp: string;
}

/** What to list of audit logs. */
export interface AuditLogQuery extends ListQuery {
  /** Conditions that all hold. */
  readonly filter?: {
    readonly id?: OrderedFilter<number>;
    readonly user_id?: TextFilter;
    readonly action?: TextFilter;
    readonly entity_type?: TextFilter;
    readonly entity_id?: TextFilter;
    readonly ip_address?: TextFilter;
    readonly timestamp?: OrderedFilter<string>;
  };
  readonly sort?: readonly Sort<"id" | "user_id" | "action" | "entity_type" | "entity_id" | "ip_address" | "timestamp">[];
}

/** Requests about audit logs. */
export class AuditLogsRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** List audit logs. */
  list(query?: AuditLogQuery, options?: RequestOptions): Rows<AuditLog> {
    return this.#connection.rows("/api/audit-logs", query, options);
  }

  /** Get an audit log. */
  get(id: number, options?: RequestOptions): Promise<AuditLog> {
    return this.#connection.read(`/api/audit-logs/${segment(id)}`, options);
  }
}
