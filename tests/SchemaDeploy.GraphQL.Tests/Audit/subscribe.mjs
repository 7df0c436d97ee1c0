// Subscribes with the client of graphql-sse, makes a change, and ends with 0 when the change was told.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [modules, url, token] = process.argv.slice(2);
const { createClient } = createRequire(pathToFileURL(`${modules}/`))('graphql-sse');
const headers = { authorization: `Bearer ${token}` };

const client = createClient({ url, headers, retryAttempts: 0 });
const mutate = () => fetch(url, {
  method: 'POST',
  headers: { ...headers, 'content-type': 'application/json' },
  body: JSON.stringify({ query: 'mutation { updateBook(id: 3, input: {pages: 1}) { id } }' }),
});

const changes = client.iterate({ query: 'subscription { bookChanged(id: 3) { kind node { pages } } }' }, { connected: () => setTimeout(mutate, 100) });
const { value } = await changes.next();
await changes.return();
console.log(JSON.stringify(value));

const refused = client.iterate({ query: 'subscription { unknown }' });
const { value: refusal } = await refused.next();
console.log(JSON.stringify(refusal));
process.exit(value.data.bookChanged.node.pages === 1 && refusal.errors.length > 0 && (await refused.next()).done ? 0 : 1);
