// Runs the audits of graphql-http against a server, prints those that are not passed, and fails where there is one.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, url] = process.argv.slice(2);
const require = createRequire(pathToFileURL(`${modules}/`));
const { auditServer } = require('graphql-http');

const results = await auditServer({ url });
const failed = results.filter(result => result.status !== 'ok');
for (const result of failed) {
  console.log(`${result.id} ${result.status}: ${result.name} (${result.reason})`);
}

console.log(`${results.length} audits, ${failed.length} not passed`);
process.exit(results.length > 50 && failed.length === 0 ? 0 : 1);
