// Requests for rows, and their answers.

import { ask } from './session.js';
import { parseJson } from './values.js';

/** What the API refused: its problem details, with messages by field. */
export class Problem extends Error {
  constructor(status, body) {
    super(body?.detail ?? body?.title ?? `The server answered ${status}.`);
    this.status = status;
    this.fields = body?.errors ?? {};
  }
}

export const list = (path, query) => read(`${path}?${new URLSearchParams(query)}`);

/** A row with its ETag. */
export async function get(path, query = {}) {
  const response = await request(`${path}?${new URLSearchParams(query)}`);
  return { row: parseJson(await response.text()), etag: response.headers.get('ETag') };
}

export const create = async (path, body) => parseJson(await (await write('POST', path, 'application/json', body)).text());

/** Changes fields, unless somebody has changed the row since it was read. */
export const change = async (path, body, etag) => parseJson(await (await write('PATCH', path, 'application/merge-patch+json', body, etag)).text());

export const remove = (path, etag) => request(path, { method: 'DELETE', headers: condition(etag) });

const read = async path => parseJson(await (await request(path)).text());

const write = (method, path, type, body, etag = null) =>
  request(path, { method, headers: { 'Content-Type': type, ...condition(etag) }, body: JSON.stringify(body) });

const condition = etag => etag === null ? {} : { 'If-Match': etag };

async function request(path, options) {
  const response = await ask(path, options);
  if (!response.ok) {
    throw new Problem(response.status, await response.json().catch(() => null));
  }
  return response;
}
