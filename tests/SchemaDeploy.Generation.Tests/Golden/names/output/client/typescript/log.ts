// Written by SchemaDeploy: changes are lost when it is written again.

import { type Connection, type ListQuery, type OrderedFilter, type RequestOptions, type Rows, type Sort, type TextFilter } from "./client.js";

/** The rows of table Log. */
export interface Log {
  readonly at: string;
  readonly text: string | null;
}

/** What to list of logs. */
export interface LogQuery extends ListQuery {
  /** Conditions that all hold. */
  readonly filter?: {
    readonly at?: OrderedFilter<string>;
    readonly text?: TextFilter;
  };
  readonly sort?: readonly Sort<"at" | "text">[];
}

/** Requests about logs. */
export class LogsRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** List logs. */
  list(query?: LogQuery, options?: RequestOptions): Rows<Log> {
    return this.#connection.rows("/api/log", query, options);
  }
}
