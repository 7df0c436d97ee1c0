// PostGraphile in its Amber preset on Node.js' own server, as its documentation has it for production: the caller's token is
// verified here, and what the caller may do is the database's to say (access.sql).
import { createServer } from 'node:http';
import jwt from 'jsonwebtoken';
import { postgraphile } from 'postgraphile';
import { makePgService } from 'postgraphile/adaptors/pg';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';

function verified(request) {
  try {
    return jwt.verify((request.headers.authorization ?? '').replace(/^Bearer /, ''), process.env.JWT_SECRET, { algorithms: ['HS256'] });
  } catch (failure) {
    throw Object.assign(failure, { statusCode: 401 });
  }
}

// As many connections as requests at once, kept while it is another program's turn, as Npgsql keeps its own by default.
const poolConfig = { max: 32, idleTimeoutMillis: 300_000 };

const instance = postgraphile({
  extends: [PostGraphileAmberPreset],
  pgServices: [makePgService({ connectionString: process.env.CONNECTION, schemas: ['public'], poolConfig })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, watch: false, websockets: false },
  grafast: {
    explain: false,
    context: ({ node: { req } }) => ({
      pgSettings: { role: 'caller', 'caller.id': verified(req).sub, 'caller.address': req.socket.remoteAddress },
    }),
  },
});

const server = createServer();
await instance.createServ(grafserv).addTo(server);
server.listen(Number(process.env.PORT), '127.0.0.1');
