// Runs what Netlify's build has put into a function's archive as AWS Lambda does: its handler takes events and answers into a stream.
import http from 'node:http';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';

globalThis.awslambda = {
  streamifyResponse: (handler) => handler,
  HttpResponseStream: {
    from(outgoing, { statusCode, headers = {}, multiValueHeaders = headers }) {
      for (const [name, values] of Object.entries(multiValueHeaders)) {
        outgoing.setHeader(name, values);
      }
      outgoing.writeHead(statusCode);
      return outgoing;
    },
  },
};

const { handler } = await import(pathToFileURL(`${process.argv[2]}/___netlify-entry-point.mjs`));
const server = http.createServer(async (incoming, outgoing) => {
  const body = await buffer(incoming);
  const event = {
    headers: incoming.headers,
    httpMethod: incoming.method,
    rawUrl: `https://shop.example.com${incoming.url}`,
    isBase64Encoded: true,
    ...(body.length > 0 && { body: body.toString('base64') }),
  };
  try {
    await handler(event, outgoing, { awsRequestId: 'request', getRemainingTimeInMillis: () => 60_000 });
  } catch (error) {
    console.error(error);
    outgoing.destroy();
  }
});
server.listen(0, '127.0.0.1', () => console.log(`process ${process.pid} listens on ${server.address().port}.`));
