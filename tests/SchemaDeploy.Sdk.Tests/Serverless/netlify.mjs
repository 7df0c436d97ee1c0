// Runs a function as Netlify does: its default export answers requests of the Fetch API, and is told the client's address.
import http from 'node:http';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';

const { default: handle, config } = await import(pathToFileURL(`${process.argv[2]}/api.mjs`));
if (config.path !== '/*') {
  throw new Error('The function does not take all paths.');
}

const server = http.createServer(async (incoming, outgoing) => {
  const gone = new AbortController();
  outgoing.once('close', () => gone.abort());
  const hasBody = incoming.headers['transfer-encoding'] !== undefined || Number(incoming.headers['content-length']) > 0;
  const request = new Request(`https://shop.example.com${incoming.url}`, {
    method: incoming.method,
    headers: incoming.rawHeaders.flatMap((name, index, all) => (index % 2 === 0 ? [[name, all[index + 1]]] : [])).filter(([name]) => name.toLowerCase() !== 'transfer-encoding'),
    // Netlify has heard it to its end.
    body: hasBody ? await buffer(incoming) : null,
    signal: gone.signal,
  });
  try {
    const response = await handle(request, { ip: incoming.headers['x-real-ip'] });
    outgoing.writeHead(response.status, [...response.headers].flat());
    outgoing.flushHeaders();
    await pipeline(response.body ? Readable.fromWeb(response.body) : Readable.from([]), outgoing);
  } catch {
    outgoing.destroy();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`process ${process.pid} listens on ${server.address().port}.`));
