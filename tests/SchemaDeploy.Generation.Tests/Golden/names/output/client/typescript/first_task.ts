// Written by SchemaDeploy: changes are lost when it is written again.

import { type Connection, type CreateOptions, type ListQuery, type OrderedFilter, type Page, type RequestOptions, type Rows, type Sort, type TextFilter, type WriteOptions, segment } from "./client.js";
import type { OrderDetail, OrderDetailQuery } from "./order-details.js";

/** The rows of table Task. */
export interface FirstTask {
  readonly class: number;
  readonly task: number | null;
  readonly toString: string | null;
  readonly "2nd_value": number | null;
  readonly "größe_cm": number | null;
  /** The first task that the row refers to, where expand asks for it. */
  readonly task_first_task?: FirstTask | null;
}

/** A new first task. */
export interface FirstTaskCreate {
  readonly class: number;
  readonly task?: number | null;
  readonly toString?: string | null;
  readonly "2nd_value"?: number | null;
  readonly "größe_cm"?: number | null;
}

/** The fields that first tasks are given anew. */
export interface FirstTaskUpdate {
  readonly task?: number | null;
  readonly toString?: string | null;
  readonly "2nd_value"?: number | null;
  readonly "größe_cm"?: number | null;
}

/** What to list of first tasks. */
export interface FirstTaskQuery extends ListQuery {
  /** Conditions that all hold. */
  readonly filter?: {
    readonly class?: OrderedFilter<number>;
    readonly task?: OrderedFilter<number>;
    readonly toString?: TextFilter;
    readonly "2nd_value"?: OrderedFilter<number>;
    readonly "größe_cm"?: OrderedFilter<number>;
  };
  readonly sort?: readonly Sort<"class" | "task" | "toString" | "2nd_value" | "größe_cm">[];
  /** Rows referred to that come along. */
  readonly expand?: readonly ("task_first_task")[];
}

/** Requests about first tasks. */
export class FirstTasksRequests {
  readonly #connection: Connection;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /** List first tasks. */
  list(query?: FirstTaskQuery, options?: RequestOptions): Rows<FirstTask> {
    return this.#connection.rows("/api/first_task", query, options);
  }

  /** Create a first task. */
  create(row: FirstTaskCreate, options?: CreateOptions): Promise<FirstTask> {
    return this.#connection.create("/api/first_task", row, options);
  }

  /** Create several first tasks, all or none. */
  createMany(rows: readonly FirstTaskCreate[], options?: CreateOptions): Promise<Page<FirstTask>> {
    return this.#connection.create("/api/first_task/batch", rows, options);
  }

  /** Get a first task. */
  get(classKey: number, options?: RequestOptions): Promise<FirstTask> {
    return this.#connection.read(`/api/first_task/${segment(classKey)}`, options);
  }

  /** Replace a first task. */
  replace(classKey: number, row: FirstTaskUpdate, options?: WriteOptions): Promise<FirstTask> {
    return this.#connection.replace(`/api/first_task/${segment(classKey)}`, row, options);
  }

  /** Change fields of a first task. */
  update(classKey: number, changes: Partial<FirstTaskUpdate>, options?: WriteOptions): Promise<FirstTask> {
    return this.#connection.update(`/api/first_task/${segment(classKey)}`, changes, options);
  }

  /** Delete a first task. */
  delete(classKey: number, options?: WriteOptions): Promise<void> {
    return this.#connection.delete(`/api/first_task/${segment(classKey)}`, options);
  }

  /** List the first tasks of a first task (task_first_task). */
  listFirstTasks(classKey: number, query?: FirstTaskQuery, options?: RequestOptions): Rows<FirstTask> {
    return this.#connection.rows(`/api/first_task/${segment(classKey)}/first_task`, query, options);
  }

  /** List the order details of a first task (createdByFirstTask). */
  listCreatedByFirstTaskOrderDetails(classKey: number, query?: OrderDetailQuery, options?: RequestOptions): Rows<OrderDetail> {
    return this.#connection.rows(`/api/first_task/${segment(classKey)}/createdByFirstTask_order-details`, query, options);
  }

  /** List the order details of a first task (updatedByFirstTask). */
  listUpdatedByFirstTaskOrderDetails(classKey: number, query?: OrderDetailQuery, options?: RequestOptions): Rows<OrderDetail> {
    return this.#connection.rows(`/api/first_task/${segment(classKey)}/updatedByFirstTask_order-details`, query, options);
  }
}
