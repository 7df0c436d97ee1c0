// Written by SchemaDeploy: changes are lost when it is written again.

import { type Connection, type CreateOptions, type ListQuery, type OrderedFilter, type Page, type RequestOptions, type Rows, type Sort, type WriteOptions, segment } from "./client.js";
import type { OrderDetail, OrderDetailQuery } from "./order-details.js";

/** The rows of table Task. */
export interface SecondTask {
  readonly id: string;
  readonly a: number;
  readonly b: number;
}

/** A new second task. */
export interface SecondTaskCreate {
  readonly id?: string;
  readonly a: number;
  readonly b: number;
}

/** What to list of second tasks. */
export interface SecondTaskQuery extends ListQuery {
  /** Conditions that all hold. */
  readonly filter?: {
    readonly id?: OrderedFilter<string>;
    readonly a?: OrderedFilter<number>;
    readonly b?: OrderedFilter<number>;
  };
  readonly sort?: readonly Sort<"id" | "a" | "b">[];
}

/** Requests about second tasks. */
export class SecondTasksRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** List second tasks. */
  list(query?: SecondTaskQuery, options?: RequestOptions): Rows<SecondTask> {
    return this.#connection.rows("/api/second_task", query, options);
  }

  /** Create a second task. */
  create(row: SecondTaskCreate, options?: CreateOptions): Promise<SecondTask> {
    return this.#connection.create("/api/second_task", row, options);
  }

  /** Create several second tasks, all or none. */
  createMany(rows: readonly SecondTaskCreate[], options?: CreateOptions): Promise<Page<SecondTask>> {
    return this.#connection.create("/api/second_task/batch", rows, options);
  }

  /** Get a second task. */
  get(id: string, options?: RequestOptions): Promise<SecondTask> {
    return this.#connection.read(`/api/second_task/${segment(id)}`, options);
  }

  /** Delete a second task. */
  delete(id: string, options?: WriteOptions): Promise<void> {
    return this.#connection.delete(`/api/second_task/${segment(id)}`, options);
  }

  /** List the order details of a second task (second_task). */
  listOrderDetails(id: string, query?: OrderDetailQuery, options?: RequestOptions): Rows<OrderDetail> {
    return this.#connection.rows(`/api/second_task/${segment(id)}/order-details`, query, options);
  }
}
