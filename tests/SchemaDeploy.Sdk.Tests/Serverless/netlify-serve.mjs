// SITE PROGRAM: serves a site by `netlify functions:serve` in this process, as its user tries it out.
import net from 'node:net';
import { pathToFileURL } from 'node:url';

const [, , site, program] = process.argv;
const port = await freePort();
process.chdir(site);
process.argv = [process.argv[0], program, 'functions:serve', '--offline', '--port', `${port}`];
await import(pathToFileURL(program));
while (!(await listens())) {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
console.log(`process ${process.pid} listens on ${port}.`);

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}

function listens() {
  return new Promise((resolve) => {
    const connection = net.connect(port, '127.0.0.1', () => connection.end(() => resolve(true)));
    connection.once('error', () => resolve(false));
  });
}
