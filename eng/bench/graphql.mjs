// bodies FOLDER: the requests of each operation and program, for wrk to send.
// check TOKEN FOREIGN PROGRAM=URL…: whether all programs give the same answers. FOREIGN is an item of somebody else.
// report FIGURES PAGE SECONDS CONNECTIONS ROWS VERSIONS: the figures of graphql.sh as tables, between the marks of the page.
import { deepStrictEqual, ok, strictEqual } from "node:assert";
import { writeFileSync } from "node:fs";
import { report } from "./report.mjs";

const operations = { item: "Item by key, with its owner", list: "List of 50", nested: "List of 50, each with its owner", create: "Item created" };
const programs = { generated: "Generated", postgraphile: "PostGraphile 5" };
const comparison = { programs, operations, yardstick: "postgraphile", mark: "graphql figures" };

// What each program calls things. NUMBER and NAME are another with each request; PostGraphile takes its large numbers as text.
const values = "itemType quantity value createdAt";
const created = { itemType: "NAME", quantity: 3, value: 12.5, metadata: { color: "red" } };
const requests = {
  generated: {
    item: [`query ($id: Long!) { item(id: $id) { id ${values} owner { id email } } }`, '{"id":NUMBER}'],
    list: [`query ($after: String) { items(first: 50, after: $after) { nodes { id ${values} } pageInfo { hasNextPage endCursor } } }`],
    nested: [`{ items(first: 50) { nodes { id ${values} owner { id email } } pageInfo { hasNextPage endCursor } } }`],
    create: [`mutation ($input: ItemCreate!) { createItem(input: $input) { id ${values} metadata } }`, JSON.stringify({ input: created })],
  },
  postgraphile: {
    item: [`query ($id: BigInt!) { itemByRowId(rowId: $id) { rowId ${values} userByOwnerId { rowId email } } }`, '{"id":"NUMBER"}'],
    list: [`query ($after: Cursor) { allItems(first: 50, after: $after) { nodes { rowId ${values} } pageInfo { hasNextPage endCursor } } }`],
    nested: [`{ allItems(first: 50) { nodes { rowId ${values} userByOwnerId { rowId email } } pageInfo { hasNextPage endCursor } } }`],
    create: [
      `mutation ($input: CreateItemInput!) { createItem(input: $input) { item { rowId ${values} metadata } } }`,
      JSON.stringify({ input: { item: { ...created, value: "12.5" } } }),
    ],
  },
};

const [command, ...rest] = process.argv.slice(2);
await { bodies, check, report: (...parts) => report(comparison, ...parts) }[command](...rest);

function body([query, variables = "{}"]) {
  return `{"query":${JSON.stringify(query)},"variables":${variables}}`;
}

function bodies(folder) {
  for (const program of Object.keys(programs)) {
    for (const operation of Object.keys(operations)) {
      writeFileSync(`${folder}/${program}.${operation}`, body(requests[program][operation]));
    }
  }
}

async function check(token, foreign, ...bases) {
  const answers = [];
  for (const [program, base] of bases.map((one) => one.split("="))) {
    const send = async (operation, number, name, { after, authorization = `Bearer ${token}` } = {}) => {
      const [query, variables] = requests[program][operation];
      const response = await fetch(`${base}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", ...(authorization && { authorization }) },
        body: body([query, after ? JSON.stringify({ after }) : variables]).replace("NUMBER", number).replace("NAME", name),
      });
      const { data, errors } = await response.json();
      return { refused: errors !== undefined, row: canonical(Object.values(data ?? {})[0]) };
    };
    const row = async (...request) => {
      const answer = await send(...request);
      ok(!answer.refused && answer.row, `${program}, ${request[0]}: no answer`);
      return answer.row;
    };
    const list = await row("list");
    const { id, createdAt, ...made } = await row("create", 0, "check");
    const { nodes } = await row("list", 0, "", { after: list.pageInfo.endCursor });
    answers.push({
      item: await row("item", 4711),
      list: { nodes: list.nodes, more: list.pageInfo.hasNextPage },
      next: nodes,
      nested: (await row("nested")).nodes,
      made,
      makes: await row("item", id).then((item) => item.createdAt === createdAt && item.owner.email),
      duplicate: (await send("create", 0, "check")).refused,
      foreign: (await send("item", foreign)).row,
      anonymous: (await send("item", 1, "", { authorization: "" })).row,
    });
  }

  strictEqual(answers[0].list.nodes.length, 50);
  strictEqual(answers[0].duplicate, true);
  strictEqual(answers[0].foreign ?? answers[0].anonymous, undefined);
  for (const answer of answers.slice(1)) {
    deepStrictEqual(answer, answers[0]);
  }
}

// Rows by the names of the generated program: numbers as numbers, and times the same however many digits they have.
function canonical(value) {
  if (Array.isArray(value)) {
    return value.map(canonical);
  }

  if (value === null || typeof value !== "object") {
    return value ?? undefined;
  }

  const { item, rowId, userByOwnerId, ...fields } = value;
  if (item) {
    return canonical(item);
  }

  const row = Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, canonical(field)]));
  const id = rowId ?? fields.id;
  const owner = canonical(userByOwnerId ?? fields.owner);
  return {
    ...row,
    ...(id !== undefined && { id: Number(id) }),
    ...(owner && { owner }),
    ...(fields.value !== undefined && { value: Number(fields.value) }),
    ...(fields.createdAt !== undefined && { createdAt: new Date(fields.createdAt).toISOString() }),
  };
}
