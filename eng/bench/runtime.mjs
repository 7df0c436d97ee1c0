// check TOKEN URL…: whether all programs give the same answers.
// report COMPARED FIGURES PAGE SECONDS CONNECTIONS ROWS: the figures of runtime.sh as tables, between the marks of the page.
import { deepStrictEqual, strictEqual } from "node:assert";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

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
      unlimited: "Without rate limits",
      unfingerprinted: "Without fingerprints",
      unmetered: "Without metrics",
      unaudited: "Without audit",
    },
    yardstick: "generated",
    mark: "feature figures",
  },
  sqlite: {
    programs: { generated: "Generated", adonet: "Raw Microsoft.Data.Sqlite" },
    yardstick: "adonet",
    mark: "SQLite figures",
  },
  mariadb: {
    programs: { generated: "Generated", adonet: "Raw MySqlConnector" },
    yardstick: "adonet",
    mark: "MariaDB figures",
  },
};

const [command, ...rest] = process.argv.slice(2);
await { check, report }[command](...rest);

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

function report(compared, file, page, seconds, connections, rows) {
  const { programs, yardstick, mark } = comparisons[compared];
  const lines = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(" "));
  const named = (name) => Object.fromEntries(lines.filter(([first]) => first === name).map(([, program, ...values]) => [program, values.map(Number)]));
  const [starts, memories] = [named("start"), named("memory")];
  const measured = lines
    .filter(([round]) => Number(round) > 0)
    .map(([round, operation, program, ...values]) => {
      const [requests, duration, median, slowest, refused, failed, server, database, statements] = values.map(Number);
      if (failed > 0 || (refused > 0) !== (operation === "duplicate")) {
        throw new Error(`${program} ${operation}: ${refused} requests were refused and ${failed} failed.`);
      }

      return {
        round, operation, program, median, slowest,
        rate: requests / duration,
        // A tick is ten milliseconds.
        server: (server * 10_000) / requests,
        database: (database * 10_000) / requests,
        statements: statements / requests,
      };
    });

  const text = [`Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores, ${connections} connections, ${seconds} s each, ${rows} rows, in turns; the requests in a round of "${programs[yardstick]}" are 1, and the lowest and highest ratio stand behind the median. Times are microseconds.`, ""];
  for (const [operation, title] of Object.entries(operations)) {
    if (!measured.some((one) => one.operation === operation)) {
      continue;
    }

    text.push(`| ${title} | Requests/s | Ratio | p50 | p99 | CPU, program | CPU, database | Statements |`, "|---|---:|---:|---:|---:|---:|---:|---:|");
    for (const [program, name] of Object.entries(programs)) {
      const own = measured.filter((one) => one.operation === operation && one.program === program);
      const ratios = own.map((one) => one.rate / measured.find((other) => other.operation === operation && other.program === yardstick && other.round === one.round).rate).sort((a, b) => a - b);
      const cell = (of, digits = 0) => middle(own.map(of)).toFixed(digits);
      text.push(`| ${name} | ${cell((one) => one.rate)} | ${middle(ratios).toFixed(2)} (${ratios[0].toFixed(2)} to ${ratios.at(-1).toFixed(2)}) | ${cell((one) => one.median)} | ${cell((one) => one.slowest)} | ${cell((one) => one.server)} | ${cell((one) => one.database)} | ${cell((one) => one.statements, 1)} |`);
    }

    text.push("");
  }

  text.push("| | Start to first answer | Memory afterwards | Published |", "|---|---:|---:|---:|");
  for (const [program, name] of Object.entries(programs)) {
    text.push(`| ${name} | ${starts[program][0]} s | ${Math.round(memories[program][0] / 1024)} MB | ${(starts[program][1] / 1e6).toFixed(1)} MB |`);
  }

  console.log(text.join("\n"));
  const [begin, end] = [`<!-- ${mark} -->\n`, `<!-- end of ${mark} -->`];
  const before = readFileSync(page, "utf8");
  writeFileSync(page, before.slice(0, before.indexOf(begin) + begin.length) + text.join("\n") + "\n" + before.slice(before.indexOf(end)));
}

function middle(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
