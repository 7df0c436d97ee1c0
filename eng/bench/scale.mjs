// pages BASE TOKEN LATE ROWS: the time of the first page and of page 100,000, and of the first page of who came last.
// filters BASE TOKEN ROWS LOG: how many rows the database reads for a page by each filter of the list of items.
// report FIGURES PAGE: the figures of scale.sh as tables, between the marks of the page.
import { readFileSync, statSync, openSync, readSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

const pageSize = 10;
const farPage = 100_000;
const walkedAtOnce = 500;
const repeats = 300;
// What a page may read beside its own rows: of what another condition leaves out.
const flat = 100;

const [command, ...rest] = process.argv.slice(2);
await { pages, filters, report }[command](...rest);

async function get(base, token, query) {
  const began = performance.now();
  const response = await fetch(`${base}/api/items?${query}`, { headers: { authorization: `Bearer ${token}` } });
  const body = await response.json();
  if (response.status !== 200) {
    throw new Error(`${query}: ${response.status} ${JSON.stringify(body)}`);
  }

  return { ...body, took: performance.now() - began };
}

async function pages(base, token, late, rows) {
  // To the end of the page before, or of all rows where there are not so many.
  let cursor;
  let page = 1;
  for (; page + walkedAtOnce / pageSize <= farPage; page += walkedAtOnce / pageSize) {
    const { next } = await get(base, token, `limit=${walkedAtOnce}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`);
    if (!next) {
      break;
    }

    cursor = next;
  }

  const kinds = {
    first: () => get(base, token, `limit=${pageSize}`),
    far: () => get(base, token, `limit=${pageSize}&cursor=${encodeURIComponent(cursor)}`),
    late: () => get(base, late, `limit=${pageSize}`),
  };
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const [kind, send] of Object.entries(kinds)) {
      times[kind].push((await send()).took);
    }
  }

  console.log(`pages ${rows} ${page} ${Object.values(times).map((of) => middle(of).toFixed(3)).join(" ")}`);
}

async function filters(base, token, rows, log) {
  const { paths, components } = await (await fetch(`${base}/openapi/v1.json`)).json();
  const parameters = paths["/api/items"].get.parameters.map((one) => (one.$ref ? components.parameters[one.$ref.split("/").at(-1)] : one));
  // A row in the middle, by whose values all filters ask.
  const { items: [row] } = await get(base, token, `id[gte]=${Math.floor(rows / 2)}&limit=1`);
  for (const { name } of parameters) {
    const [, field, operator = "eq"] = /^(\w+?)(?:\[(\w+)\])?$/.exec(name);
    if (!(field in row) || row[field] === null || typeof row[field] === "object") {
      continue;
    }

    const value = operator === "null" ? "false" : operator === "contains" ? String(row[field]).slice(-6) : row[field];
    const from = statSync(log).size;
    const { took } = await get(base, token, `limit=${pageSize}&${encodeURIComponent(name)}=${encodeURIComponent(value)}`);
    console.log(`filter ${rows} ${field} ${operator} ${readRows(log, from)} ${took.toFixed(1)}`);
  }
}

// The rows of items that the statements read which are logged behind a place of the log.
function readRows(log, from) {
  const text = Buffer.alloc(statSync(log).size - from);
  readSync(openSync(log), text, 0, text.length, from);
  let read = 0;
  for (const [, plan] of text.toString().matchAll(/plan:\n((?:\t.*\n)+)/g)) {
    visit(JSON.parse(plan).Plan, (node) => {
      if (node["Relation Name"] === "items") {
        read += (node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0)) * node["Actual Loops"];
      }
    });
  }

  return read;
}

function visit(node, look) {
  look(node);
  (node.Plans ?? []).forEach((child) => visit(child, look));
}

function report(file, page) {
  const lines = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(" "));
  const of = (kind) => lines.filter(([first]) => first === kind).map(([, ...values]) => values);
  const text = [`Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores, with PostgreSQL, Redis and what sends the requests on the same machine.`, ""];

  text.push(`| Rows | First page of ${pageSize} | Page | … of ${pageSize} | Ratio | First page of who came last |`, "|---:|---:|---:|---:|---:|---:|");
  for (const [rows, far, first, later, late] of of("pages")) {
    text.push(`| ${count(rows)} | ${first} ms | ${count(far)} | ${later} ms | ${(later / first).toFixed(2)} | ${late} ms |`);
  }

  const filters = of("filter").map(([rows, field, operator, read, took]) => ({ rows, field, operator, read: Number(read), took }));
  const walking = filters.filter((one) => one.read > flat);
  text.push("", `Of ${filters.length} filters, each with a value of a row in the middle, ${filters.length - walking.length} read at most ${flat} rows for a page of ${pageSize}. The others:`, "");
  text.push("| Rows | Filter | Rows read | Time |", "|---:|---|---:|---:|");
  for (const one of walking) {
    text.push(`| ${count(one.rows)} | \`${one.field}${one.operator === "eq" ? "" : `[${one.operator}]`}\` | ${count(one.read)} | ${one.took} ms |`);
  }

  for (const [connections, seconds, before, requests, duration, median, slowest, refused, failed, most] of of("connections")) {
    text.push("", `${count(connections)} connections for ${seconds} s, GET by id: ${count(requests / duration)} requests/s, p50 ${(median / 1000).toFixed(0)} ms, p99 ${(slowest / 1000).toFixed(0)} ms, ${refused} refused, ${failed} failed; memory of the process ${(before / 1024).toFixed(0)} MB before, at most ${(most / 1024).toFixed(0)} MB.`);
  }

  text.push("", "| Processes | Requests/s | Each | Refused or failed | CPU: application | database | Redis | idle |", "|---:|---:|---:|---:|---:|---:|---:|---:|");
  for (const [processes, rate, failed, ...ticks] of of("processes")) {
    const share = (value) => `${Math.round((value / (cpus().length * 1000)) * 100)} %`;
    text.push(`| ${processes} | ${count(rate)} | ${count(rate / processes)} | ${failed} | ${ticks.map(share).join(" | ")} |`);
  }

  const content = readFileSync(page, "utf8");
  writeFileSync(page, content.replace(/(<!-- scale figures -->\n)[^]*?(<!-- end of scale figures -->)/, (_, begin, end) => `${begin}${text.join("\n")}\n${end}`));
}

function middle(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function count(value) {
  return Math.round(Number(value)).toLocaleString("en");
}
