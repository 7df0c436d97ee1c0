// Written by SchemaDeploy: changes are lost when it is written again.

import { type Connection, type CreateOptions, type ListQuery, type OrderedFilter, type Page, type RequestOptions, type Rows, type Sort, type WriteOptions, segment } from "./client.js";
import type { FirstTask } from "./first_task.js";
import type { SecondTask } from "./second_task.js";

/** The rows of table order details. */
export interface OrderDetail {
  readonly id: number;
  readonly a: number | null;
  readonly b: number | null;
  readonly createdBy: number | null;
  readonly updatedBy: number | null;
  /** The first task that the row refers to, where expand asks for it. */
  readonly createdByFirstTask?: FirstTask | null;
  /** The first task that the row refers to, where expand asks for it. */
  readonly updatedByFirstTask?: FirstTask | null;
  /** The second task that the row refers to, where expand asks for it. */
  readonly second_task?: SecondTask | null;
}

/** A new order detail. */
export interface OrderDetailCreate {
  readonly a?: number | null;
  readonly b?: number | null;
  readonly createdBy?: number | null;
  readonly updatedBy?: number | null;
}

/** The fields that order details are given anew. */
export interface OrderDetailUpdate {
  readonly a?: number | null;
  readonly b?: number | null;
  readonly createdBy?: number | null;
  readonly updatedBy?: number | null;
}

/** What to list of order details. */
export interface OrderDetailQuery extends ListQuery {
  /** Conditions that all hold. */
  readonly filter?: {
    readonly id?: OrderedFilter<number>;
    readonly a?: OrderedFilter<number>;
    readonly b?: OrderedFilter<number>;
    readonly createdBy?: OrderedFilter<number>;
    readonly updatedBy?: OrderedFilter<number>;
  };
  readonly sort?: readonly Sort<"id" | "a" | "b" | "createdBy" | "updatedBy">[];
  /** Rows referred to that come along. */
  readonly expand?: readonly ("createdByFirstTask" | "updatedByFirstTask" | "second_task")[];
}

/** Requests about order details. */
export class OrderDetailsRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** List order details. */
  list(query?: OrderDetailQuery, options?: RequestOptions): Rows<OrderDetail> {
    return this.#connection.rows("/api/order-details", query, options);
  }

  /** Create an order detail. */
  create(row: OrderDetailCreate, options?: CreateOptions): Promise<OrderDetail> {
    return this.#connection.create("/api/order-details", row, options);
  }

  /** Create several order details, all or none. */
  createMany(rows: readonly OrderDetailCreate[], options?: CreateOptions): Promise<Page<OrderDetail>> {
    return this.#connection.create("/api/order-details/batch", rows, options);
  }

  /** Get an order detail. */
  get(id: number, options?: RequestOptions): Promise<OrderDetail> {
    return this.#connection.read(`/api/order-details/${segment(id)}`, options);
  }

  /** Replace an order detail. */
  replace(id: number, row: OrderDetailUpdate, options?: WriteOptions): Promise<OrderDetail> {
    return this.#connection.replace(`/api/order-details/${segment(id)}`, row, options);
  }

  /** Change fields of an order detail. */
  update(id: number, changes: Partial<OrderDetailUpdate>, options?: WriteOptions): Promise<OrderDetail> {
    return this.#connection.update(`/api/order-details/${segment(id)}`, changes, options);
  }

  /** Delete an order detail. */
  delete(id: number, options?: WriteOptions): Promise<void> {
    return this.#connection.delete(`/api/order-details/${segment(id)}`, options);
  }
}
