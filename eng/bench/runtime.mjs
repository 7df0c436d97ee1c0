// check TOKEN URL…: whether all programs give the same answers.
// report COMPARED FIGURES PAGE SECONDS CONNECTIONS ROWS: the figures of runtime.sh as tables, between the marks of the page.
import { deepStrictEqual, strictEqual } from "node:assert";
import { report } from "./report.mjs";

const operations = { get: "GET by id", list: "List of 50", post: "POST", duplicate: "POST, refused as a duplicate" };
// What is compared, and with which of them.
const comparisons = {
  peers: {
    programs: { generated: "Generated", npgsql: "Raw Npgsql", efcore: "EF Core by hand", express: "Express, Sequelize" },
    yardstick: "npgsql",
    mark: "runtime figures",
  },
  features: {
    programs: {
      generated: "All on",
      unshared: "Each request by itself",
      unlimited: "Without rate limits",
      unfingerprinted: "Without fingerprints",
      unmetered: "Without metrics",
      unaudited: "Without audit",
    },
    yardstick: "generated",
    mark: "feature figures",
  },
  sqlite: {
    programs: { generated: "Generated", adonet: "Raw Microsoft.Data.Sqlite", express: "Express, Sequelize" },
    yardstick: "adonet",
    mark: "SQLite figures",
  },
  mariadb: {
    programs: { generated: "Generated", adonet: "Raw MySqlConnector", express: "Express, Sequelize" },
    yardstick: "adonet",
    mark: "MariaDB figures",
  },
};

const [command, ...rest] = process.argv.slice(2);
await { check, report: (compared, ...parts) => report({ operations, refused: "duplicate", ...comparisons[compared] }, ...parts) }[command](...rest);

async function check(token, ...bases) {
  const answers = [];
  for (const base of bases) {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const send = async (path, body, sent = headers) => {
      const response = await fetch(base + path, { headers: sent, ...(body && { method: "POST", body: JSON.stringify(body) }) });
      return { status: response.status, body: await response.json().catch(() => undefined) };
    };
    const item = { item_type: "check", quantity: 2, value: 1.25, metadata: { color: "blue" } };
    const list = await send("/api/items?limit=50");
    const made = await send("/api/items", item);
    strictEqual(made.status, 201, `${base}: ${JSON.stringify(made.body)}`);
    answers.push({
      get: canonical((await send("/api/items/1")).body),
      list: list.body.items.map(canonical),
      nextPage: (await send(`/api/items?limit=50&cursor=${encodeURIComponent(list.body.next)}`)).body.items.map(canonical),
      made: { ...canonical(made.body), uuid: undefined, created_at: undefined },
      duplicate: (await send("/api/items", item)).status,
      invalid: (await send("/api/items", { quantity: 2 })).status,
      missing: (await send("/api/items/999999999")).status,
      anonymous: (await send("/api/items/1", undefined, {})).status,
    });
  }

  strictEqual(answers[0].list.length, 50);
  for (const answer of answers.slice(1)) {
    deepStrictEqual(answer, answers[0]);
  }
}

// Times are the same however many digits they are written with.
function canonical(item) {
  return { ...item, created_at: new Date(item.created_at).toISOString() };
}
