// Prints the schema that a server tells of and the one of a file, both by the reference implementation, where they differ.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

const [modules, url, file] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { buildClientSchema, buildSchema, getIntrospectionQuery, lexicographicSortSchema, printSchema, validateSchema } = require('graphql');

const response = await fetch(url, {
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
});
const { data, errors } = await response.json();
if (errors) {
  console.log(JSON.stringify(errors));
  process.exit(1);
}

const print = schema => printSchema(lexicographicSortSchema(schema));
const built = buildSchema(readFileSync(file, 'utf8'));
const [served, written] = [print(buildClientSchema(data)), print(built)];
const faults = validateSchema(built).map(fault => fault.message);
console.log(faults.join('\n'));
if (served !== written) {
  const lines = written.split('\n');
  served.split('\n').forEach((line, i) => line === lines[i] || console.log(`${i}: served ${line} | written ${lines[i]}`));
}

process.exit(served === written && faults.length === 0 ? 0 : 1);
