// Uses the client of a small application as its author would. Ends 0 where all is as it should be.
import { ApiError, AppClient, type Note, type NoteQuery, type Tokens } from "../App/clients/typescript/index.js";

function expect(actual: unknown, expected: unknown, what: string): void {
  if (JSON.stringify(actual) !== JSON.stringify(expected)) {
    throw new Error(`${what}: ${JSON.stringify(actual)} where ${JSON.stringify(expected)} was expected`);
  }
}

async function refused(request: PromiseLike<unknown>): Promise<ApiError> {
  try {
    await request;
  } catch (error) {
    if (error instanceof ApiError) {
      return error;
    }

    throw error;
  }

  throw new Error("The request was not refused.");
}

async function titles(notes: AsyncIterable<Note>): Promise<string[]> {
  const found: string[] = [];
  for await (const note of notes) {
    found.push(note.title);
  }

  return found;
}

const baseUrl = process.argv[2]!;
const password = "the engine has no pretensions";
let kept: Tokens | undefined;
const api = new AppClient({ baseUrl, onTokens: (tokens) => (kept = tokens) });

const unsigned = await refused(api.notes.list());
expect(unsigned.status, 401, "a list without a token");

await api.register({ email: "ada@example.org", password });
await api.signIn("ada@example.org", password);
const me = await api.me();
expect(me.email, "ada@example.org", "me");

const shelf = await api.shelves.create({ "größe": 3, default: "left" });
expect([shelf["größe"], shelf.default], [3, "left"], "names that are no identifiers");

const first = await api.notes.create({ title: "first", state: "open", class: shelf.id, price: 1.5 });
expect([first.title, first.state, first.price, first.owner_id], ["first", "open", 1.5, me.id], "a new note");
const others = await api.notes.createMany([
  { title: "second, or not", state: "done", class: shelf.id },
  { title: "third", state: "open", class: shelf.id, price: 7 },
  { title: "fourth", state: "open", class: shelf.id, price: 9 },
]);
expect(others.items.length, 3, "notes created together");

const open: NoteQuery = { filter: { state: "open", price: { gte: 1, lt: 9 } }, sort: ["-title"] };
expect(await titles(api.notes.list(open)), ["third", "first"], "filtered and sorted");
expect(await titles(api.notes.list({ filter: { title: "second, or not" } })), ["second, or not"], "text with a comma");
expect(await titles(api.notes.list({ filter: { title: { starts: "f" } }, sort: ["id"] })), ["first", "fourth"], "text that starts so");
expect(await titles(api.notes.list({ filter: { id: { in: [first.id, others.items[1]!.id] } }, sort: ["id"] })), ["first", "third"], "some values");
expect(await titles(api.notes.list({ filter: { price: { null: true } } })), ["second, or not"], "no value");
expect(await titles(api.notes.list({ limit: 1, sort: ["id"] })), ["first", "second, or not", "third", "fourth"], "all pages");
const page = await api.notes.list({ limit: 1, sort: ["id"], count: true, expand: ["class_shelf"] });
expect([page.items.length, page.total, page.items[0]!.class_shelf?.default], [1, 4, "left"], "a page");
expect(await titles(api.shelves.listNotes(shelf.id, { sort: ["id"], limit: 3 })), ["first", "second, or not", "third", "fourth"], "notes of a shelf");

const wrong = await refused(api.notes.create({ title: "x".repeat(51), state: "open", class: shelf.id }));
expect([wrong.status, Object.keys(wrong.errors)], [400, ["title"]], "a title that is too long");
expect((await refused(api.notes.get(999))).status, 404, "a note that there is not");

const read = await api.notes.get(first.id);
const changed = await api.notes.update(first.id, { price: null }, { ifMatch: read });
expect([changed.price, changed.title], [null, "first"], "a changed note");
expect((await refused(api.notes.update(first.id, { title: "lost" }, { ifMatch: read }))).status, 412, "a change of what has changed");
await api.notes.replace(first.id, { title: "again", state: "done", class: shelf.id }, { ifMatch: api.etag(changed)! });
const options = { idempotencyKey: "once" };
const once = await api.notes.create({ title: "once", state: "open", class: shelf.id }, options);
expect((await api.notes.create({ title: "once", state: "open", class: shelf.id }, options)).id, once.id, "a request sent twice");
await api.notes.delete(once.id);

// Tokens that are good no more are renewed, once for all requests that need it.
let renewals = 0;
const later = new AppClient({ baseUrl, tokens: { ...kept!, accessToken: "stale" }, onTokens: () => renewals++ });
const all = await Promise.all([1, 2, 3, 4, 5].map(() => later.notes.get(first.id)));
expect([all.length, renewals], [5, 1], "renewed tokens");
await later.signOut();
expect([later.tokens, (await refused(later.notes.get(first.id))).status], [undefined, 401], "a session that is over");
expect((await refused(later.me({ signal: AbortSignal.timeout(10_000) }))).status, 401, "nobody");
console.log("all as it should be");
