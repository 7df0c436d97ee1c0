// ROOT STARTS SECONDS ROWS TOKEN PLATFORM=FOLDER=ARCHIVE…: measures functions that function.sh has published, through the
// scripts that stand for their platforms, and writes the figures between the marks of docs/performance.md.
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { cpus, loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { promisify } from "node:util";

const [root, starts, seconds, rows, token, ...functions] = process.argv.slice(2);
const hosts = { vercel: ["Vercel", "vercel.cjs"], netlify: ["Netlify", "netlify.mjs"] };
const run = promisify(execFile);
const load = loadavg()[0].toFixed(1);

const columns = [];
for (const text of functions) {
  const [platform, folder, archive] = text.split("=");
  columns.push(await measure(...hosts[platform], folder, Number(archive)));
}
report(columns);

async function measure(name, script, folder, archive) {
  const times = [];
  for (let start = 0; start < Number(starts); start++) {
    const instance = await startInstance(script, folder);
    times.push(instance.firstAnswer);
    await instance.stop();
  }

  const instance = await startInstance(script, folder);
  await request(instance.base, 2);
  const one = await send(instance.base, 1);
  const many = await send(instance.base, 16);
  const memory = [instance.process.pid, ...children(instance.process.pid)].map(residentMemory);
  await instance.stop();

  const alone = await startAlone(join(folder, "app", "DocumentGenerator"));
  await request(alone.base, 2);
  const direct = [await send(alone.base, 1), await send(alone.base, 16)];
  await alone.stop();
  return { name, archive, size: bytes(folder), times: times.sort((a, b) => a - b), one, many, direct, memory };
}

/** An instance as a platform starts it, until its first request was answered with 200: that of Node.js is part of it. */
async function startInstance(script, folder) {
  const began = performance.now();
  const instance = await start("node", [join(root, "tests", "SchemaDeploy.Sdk.Tests", "Serverless", script), folder], / listens on (\d+)\./);
  await request(instance.base, 1);
  return { ...instance, firstAnswer: (performance.now() - began) / 1000 };
}

/** The program without a launcher before it. */
function startAlone(program) {
  return start(program, ["--urls", "http://127.0.0.1:0"], /Now listening on: http:\/\/127\.0\.0\.1:(\d+)/);
}

async function start(program, args, listening) {
  const temporary = mkdtempSync(join(tmpdir(), "instance-"));
  const child = spawn(program, args, { env: { ...process.env, TMPDIR: temporary }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  const port = await new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error(output)));
    const read = (chunk) => {
      output += chunk;
      const found = listening.exec(output);
      if (found) {
        resolve(found[1]);
      }
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
  });
  const stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
    rmSync(temporary, { recursive: true });
  };
  return { process: child, base: `http://127.0.0.1:${port}`, stop };
}

async function request(base, id) {
  const response = await fetch(`${base}/api/items/${id}`, { headers: { authorization: `Bearer ${token}` } });
  if (response.status !== 200) {
    throw new Error(`${response.status}: ${await response.text()}`);
  }
  await response.arrayBuffer();
}

/** What GETs of different rows take: the first of two loads is there to warm up. */
async function send(base, connections) {
  let figures;
  for (const duration of [seconds / 2, seconds].map(Math.ceil)) {
    const { stdout } = await run("wrk", ["--threads", "1", "--connections", `${connections}`, "--duration", `${duration}s`, "--script", join(root, "eng", "bench", "runtime.lua"), base, "--", "get", token, "function"]);
    figures = /^figures (.*)$/m.exec(stdout)[1].split(" ").map(Number);
  }
  const [requests, took, median, slowest, refused, failed] = figures;
  if (refused + failed > 0) {
    throw new Error(`${refused} requests were refused and ${failed} failed.`);
  }
  return { rate: requests / took, median: median / 1000, slowest: slowest / 1000 };
}

function children(parent) {
  return readFileSync(`/proc/${parent}/task/${parent}/children`, "utf8").trim().split(" ").filter(Boolean);
}

function residentMemory(id) {
  return Math.round(Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/status`, "utf8"))[1]) / 1024);
}

function bytes(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + statSync(join(entry.parentPath ?? entry.path, entry.name)).size, 0);
}

function report(measured) {
  const row = (title, cell) => `| ${[title, ...measured.map(cell)].join(" | ")} |`;
  const latency = ({ median, slowest }) => `${median.toFixed(2)} ms, ${slowest.toFixed(2)} ms`;
  const text = [
    `Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores, Node.js ${process.versions.node}, load ${load} at the beginning; samples/DocumentGenerator with ${rows} rows on PostgreSQL on the same machine; GET by id with a token, ${seconds} s each; sizes in MB of 1,048,576 bytes, as the platforms' limits.`,
    "",
    row(" ", ({ name }) => name),
    `|---|${"---:|".repeat(measured.length)}`,
    row("Function", ({ size }) => `${(size / 1048576).toFixed(1)} MB`),
    row("… in its archive", ({ archive }) => `${(archive / 1048576).toFixed(1)} MB`),
    row(`From the start of an instance to its first 200, median of ${starts} (lowest to highest)`, ({ times }) => `${times[Math.floor(times.length / 2)].toFixed(2)} s (${times[0].toFixed(2)} to ${times.at(-1).toFixed(2)} s)`),
    row("Warm, one connection: p50, p99", ({ one }) => latency(one)),
    row("… without the launcher", ({ direct }) => latency(direct[0])),
    row("Warm, 16 connections: p50, p99", ({ many }) => latency(many)),
    row("… without the launcher", ({ direct }) => latency(direct[1])),
    row("Requests/s then, and without the launcher", ({ many, direct }) => `${Math.round(many.rate)}, ${Math.round(direct[1].rate)}`),
    row("Memory afterwards: launcher, application", ({ memory }) => memory.map((size) => `${size} MB`).join(", ")),
  ].join("\n");
  console.log(text);
  const page = join(root, "docs", "performance.md");
  const [begin, end] = ["<!-- function figures -->\n", "<!-- end of function figures -->"];
  const before = readFileSync(page, "utf8");
  writeFileSync(page, `${before.slice(0, before.indexOf(begin) + begin.length)}${text}\n${before.slice(before.indexOf(end))}`);
}
