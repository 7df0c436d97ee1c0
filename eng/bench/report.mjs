// The figures of programs that were measured in turns (turns.sh) as tables, between the marks of a page. What is compared
// says its programs and operations by their titles, the program whose requests are 1, its mark, and the operation that is
// to be refused, if there is one.
import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

export function report({ programs, operations, yardstick, mark, refused: expected }, file, page, seconds, connections, rows, versions) {
  const lines = readFileSync(file, "utf8").trim().split("\n").map((line) => line.split(" "));
  const named = (name) => Object.fromEntries(lines.filter(([first]) => first === name).map(([, program, ...values]) => [program, values.map(Number)]));
  const [starts, memories] = [named("start"), named("memory")];
  const measured = lines
    .filter(([round]) => Number(round) > 0)
    .map(([round, operation, program, ...values]) => {
      const [requests, duration, median, slowest, refused, failed, server, database, statements] = values.map(Number);
      if (failed > 0 || (refused > 0) !== (operation === expected)) {
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

  const text = [`Measured ${new Date().toISOString().slice(0, 10)} on ${cpus().length} cores, ${connections} connections, ${seconds} s each, ${rows} rows, in turns${versions ? `, ${versions}` : ""}; the requests in a round of "${programs[yardstick]}" are 1, and the lowest and highest ratio stand behind the median. Times are microseconds.`, ""];
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
