// Written by SchemaDeploy: changes are lost when it is written again.

/** What the API says where it refuses a request (RFC 9457). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  /** What is wrong with which field. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** A request that the API refused. */
export class ApiError extends Error {
  readonly problem: Problem;
  /** In how many seconds to try again, where the API says so. */
  readonly retryAfter: number | undefined;

  constructor(problem: Problem, retryAfter?: number) {
    super(problem.detail ?? problem.title);
    this.name = "ApiError";
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  /** The HTTP status code. */
  get status(): number {
    return this.problem.status;
  }

  /** What is wrong with which field. */
  get errors(): Readonly<Record<string, readonly string[]>> {
    return this.problem.errors ?? {};
  }
}

/** The tokens of a session. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** When the access token is good no more, in milliseconds since 1970. */
  readonly expiresAt: number;
}

export interface ClientOptions {
  /** Where the API is, such as https://api.example.org. */
  readonly baseUrl: string;
  /** The session to go on with. */
  readonly tokens?: Tokens;
  /** Gets the tokens whenever they change, to keep them; undefined when the session is over. */
  readonly onTokens?: (tokens: Tokens | undefined) => void;
  /** Sends requests in place of the global fetch. */
  readonly fetch?: typeof globalThis.fetch;
}

export interface RequestOptions {
  readonly signal?: AbortSignal;
}

export interface CreateOptions extends RequestOptions {
  /** Makes a request that is sent again do nothing more: the answer is that of the first. */
  readonly idempotencyKey?: string;
}

export interface WriteOptions extends RequestOptions {
  /** Writes only if the row is still as it was read: the row, or its ETag. Else the API answers 412. */
  readonly ifMatch?: object | string;
}

/** A page of rows. */
export interface Page<T> {
  readonly items: readonly T[];
  /** The cursor of the next page; null on the last one. */
  readonly next: string | null;
  /** The cursor of the page before; null on the first one. */
  readonly previous: string | null;
  /** How many rows there are in all, where count asked for it. */
  readonly total?: number;
}

/** Conditions on a field: a value that it has, or comparisons that all hold. */
export type EqualityFilter<T> =
  | T
  | {
      readonly eq?: T;
      readonly ne?: T;
      /** One of some values; text must not have commas. */
      readonly in?: readonly T[];
      /** Whether there is no value. */
      readonly null?: boolean;
    };

/** Conditions on a field whose values have an order. */
export type OrderedFilter<T> =
  | EqualityFilter<T>
  | (Exclude<EqualityFilter<T>, T> & { readonly gt?: T; readonly gte?: T; readonly lt?: T; readonly lte?: T });

/** Conditions on text. */
export type TextFilter =
  | OrderedFilter<string>
  | (Exclude<OrderedFilter<string>, string> & { readonly contains?: string; readonly starts?: string });

/** A field to sort by; with a minus in front, from the greatest value to the smallest. */
export type Sort<Field extends string> = Field | `-${Field}`;

/** What every list can be asked for. */
export interface ListQuery {
  readonly filter?: object;
  readonly sort?: readonly string[];
  readonly expand?: readonly string[];
  /** How many rows a page has. */
  readonly limit?: number;
  /** The next or previous of another page. */
  readonly cursor?: string;
  /** Whether to count all rows. */
  readonly count?: boolean;
}

/** Rows of the API. Awaited it is one page; `for await` goes through the rows of all pages. */
export class Rows<T extends object> implements PromiseLike<Page<T>>, AsyncIterable<T> {
  readonly #page: (cursor?: string) => Promise<Page<T>>;

  constructor(page: (cursor?: string) => Promise<Page<T>>) {
    this.#page = page;
  }

  then<R = Page<T>, E = never>(
    onPage?: ((page: Page<T>) => R | PromiseLike<R>) | null,
    onError?: ((reason: unknown) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return this.#page().then(onPage, onError);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void, undefined> {
    let page = await this.#page();
    yield* page.items;
    while (page.next !== null) {
      page = await this.#page(page.next);
      yield* page.items;
    }
  }
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

interface TokenAnswer {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
}

/** Sends requests, signs them, and renews the tokens in time. */
export class Connection {
  readonly #options: ClientOptions;
  readonly #etags = new WeakMap<object, string>();
  readonly #authentication: string;
  #tokens: Tokens | undefined;
  #refreshing: Promise<void> | undefined;

  constructor(options: ClientOptions, authentication: string) {
    this.#options = options;
    this.#authentication = authentication;
    this.#tokens = options.tokens;
  }

  /** The tokens of the session; undefined where nobody has signed in. */
  get tokens(): Tokens | undefined {
    return this.#tokens;
  }

  /** The ETag of a row that this client has read. */
  etag(row: object): string | undefined {
    return this.#etags.get(row);
  }

  rows<T extends object>(path: string, query: ListQuery = {}, options?: RequestOptions): Rows<T> {
    return new Rows<T>((cursor) => this.read<Page<T>>(path + queryString({ ...query, ...(cursor === undefined ? {} : { cursor }) }), options));
  }

  async read<T>(path: string, options: RequestOptions = {}): Promise<T> {
    return this.#row<T>(await this.send("GET", path, undefined, {}, options));
  }

  async create<T>(path: string, body: unknown, options: CreateOptions = {}): Promise<T> {
    const headers = options.idempotencyKey === undefined ? {} : { "Idempotency-Key": options.idempotencyKey };
    return this.#row<T>(await this.send("POST", path, body, headers, options));
  }

  async replace<T>(path: string, body: unknown, options: WriteOptions = {}): Promise<T> {
    return this.#row<T>(await this.send("PUT", path, body, this.#condition(options), options));
  }

  async update<T>(path: string, body: unknown, options: WriteOptions = {}): Promise<T> {
    const headers = { ...this.#condition(options), "Content-Type": "application/merge-patch+json" };
    return this.#row<T>(await this.send("PATCH", path, body, headers, options));
  }

  async delete(path: string, options: WriteOptions = {}): Promise<void> {
    await this.send("DELETE", path, undefined, this.#condition(options), options);
  }

  /** Begins a session. */
  async signIn(email: string, password: string, options: RequestOptions = {}): Promise<void> {
    await this.#take("login", { email, password }, options);
  }

  /** Ends the session. */
  async signOut(options: RequestOptions = {}): Promise<void> {
    const tokens = this.#tokens;
    if (tokens !== undefined) {
      this.#keep(undefined);
      await this.#fetch("POST", `${this.#authentication}/logout`, { refresh_token: tokens.refreshToken }, {}, options);
    }
  }

  /** Sends a request; with new tokens once more where those it was sent with are refused. */
  async send(method: Method, path: string, body: unknown, headers: Record<string, string>, options: RequestOptions): Promise<Response> {
    if (this.#tokens !== undefined && this.#tokens.expiresAt <= Date.now()) {
      await this.#refresh();
    }

    const tokens = this.#tokens;
    try {
      return await this.#fetch(method, path, body, headers, options);
    } catch (error) {
      if (tokens === undefined || !(error instanceof ApiError) || error.status !== 401) {
        throw error;
      }

      // Another request may have renewed them meanwhile.
      if (this.#tokens === tokens) {
        await this.#refresh();
      }

      return await this.#fetch(method, path, body, headers, options);
    }
  }

  async #fetch(method: Method, path: string, body: unknown, headers: Record<string, string>, options: RequestOptions): Promise<Response> {
    const response = await (this.#options.fetch ?? globalThis.fetch)(this.#options.baseUrl.replace(/\/$/, "") + path, {
      method,
      headers: {
        Accept: "application/json",
        ...(body === undefined ? {} : { "Content-Type": "application/json" }),
        ...(this.#tokens === undefined ? {} : { Authorization: `Bearer ${this.#tokens.accessToken}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    });
    if (!response.ok) {
      throw await errorOf(response);
    }

    return response;
  }

  // Refresh tokens work once, so requests at the same time share one renewal.
  #refresh(): Promise<void> {
    const refreshToken = this.#tokens?.refreshToken;
    this.#refreshing ??= this.#renew(refreshToken).finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  async #renew(refreshToken: string | undefined): Promise<void> {
    try {
      await this.#take("refresh", { refresh_token: refreshToken }, {});
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) {
        this.#keep(undefined);
      }

      throw error;
    }
  }

  async #take(path: string, body: unknown, options: RequestOptions): Promise<void> {
    const sent = Date.now();
    const response = await this.#fetch("POST", `${this.#authentication}/${path}`, body, {}, options);
    const tokens = (await response.json()) as TokenAnswer;
    this.#keep({
      accessToken: tokens.access_token,
      refreshToken: tokens.refresh_token,
      expiresAt: sent + tokens.expires_in * 1000,
    });
  }

  #keep(tokens: Tokens | undefined): void {
    this.#tokens = tokens;
    this.#options.onTokens?.(tokens);
  }

  async #row<T>(response: Response): Promise<T> {
    const row = (await response.json()) as T;
    const etag = response.headers.get("ETag");
    if (etag !== null && typeof row === "object" && row !== null) {
      this.#etags.set(row, etag);
    }

    return row;
  }

  #condition(options: WriteOptions): Record<string, string> {
    if (options.ifMatch === undefined) {
      return {};
    }

    const etag = typeof options.ifMatch === "string" ? options.ifMatch : this.etag(options.ifMatch);
    if (etag === undefined) {
      throw new TypeError("ifMatch is a row that this client has not read by its key, created or changed.");
    }

    return { "If-Match": etag };
  }
}

/** A segment of a path. */
export function segment(value: string | number | boolean): string {
  return encodeURIComponent(String(value));
}

function queryString(query: ListQuery): string {
  const parameters = new URLSearchParams();
  for (const [field, condition] of Object.entries(query.filter ?? {})) {
    addFilter(parameters, field, condition);
  }

  if (query.sort !== undefined) {
    parameters.set("sort", query.sort.join(","));
  }

  if (query.expand !== undefined) {
    parameters.set("expand", query.expand.join(","));
  }

  for (const name of ["limit", "cursor", "count"] as const) {
    if (query[name] !== undefined) {
      parameters.set(name, String(query[name]));
    }
  }

  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}

function addFilter(parameters: URLSearchParams, field: string, condition: unknown): void {
  if (condition === undefined) {
    return;
  }

  if (typeof condition !== "object" || condition === null) {
    parameters.append(`${field}[eq]`, String(condition));
    return;
  }

  for (const [operator, value] of Object.entries(condition)) {
    if (Array.isArray(value)) {
      if (value.some((item) => String(item).includes(","))) {
        throw new TypeError(`${field}: values of 'in' must not have commas.`);
      }

      parameters.append(`${field}[${operator}]`, value.join(","));
    } else if (value !== undefined) {
      parameters.append(`${field}[${operator}]`, String(value));
    }
  }
}

async function errorOf(response: Response): Promise<ApiError> {
  const retryAfter = Number(response.headers.get("Retry-After") ?? Number.NaN);
  let problem: Problem = { type: "about:blank", title: response.statusText || `HTTP ${response.status}`, status: response.status };
  try {
    problem = { ...problem, ...((await response.json()) as Partial<Problem>) };
  } catch {
    // Something in front of the API answered, and not in JSON.
  }

  return new ApiError(problem, Number.isNaN(retryAfter) ? undefined : retryAfter);
}
