// Runs a function as Vercel does: the module that .vc-config.json names handles the requests of an HTTP server.
'use strict';

const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const [, , folder] = process.argv;
const { handler } = JSON.parse(fs.readFileSync(path.join(folder, '.vc-config.json'), 'utf8'));
const server = http.createServer(require(path.join(folder, handler)));
server.listen(0, '127.0.0.1', () => console.log(`process ${process.pid} listens on ${server.address().port}.`));
