#!/usr/bin/env bash
# Publishes DocumentGenerator as a function of Vercel and of Netlify, runs both on PostgreSQL through their launcher as the
# platforms call it, and writes what they take into docs/performance.md: the first answer of a new instance, answers
# of one that is warm, size, and memory.
#
#   eng/bench/function.sh [STARTS [SECONDS]]       9 starts, and 10 seconds for each load
#
# Needs PostgreSQL, wrk, curl, and Node.js with npm: on Debian apt-get install postgresql wrk curl nodejs npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=eng/bench/sample.sh
source eng/bench/sample.sh
trap clean_up EXIT
starts=${1:-9}
seconds=${2:-10}
rows=10000

# The platforms' own programs, which make the archives.
npm install --silent --prefix "$folder/npm" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
  @vercel/build-utils@14.21.1 @netlify/build@35.15.0 >&2

# Each target by itself: for both together there is one program, in the form that the smaller limit asks for.
pack_sample PostgreSql
for target in vercel netlify; do
  (cd "$folder/source" && dotnet publish --nologo --verbosity quiet -p:DeployTarget=$target >&2)
done
vercel=$folder/source/deploy/vercel
netlify=$folder/source/deploy/netlify
function=$vercel/.vercel/output/functions/index.func

# A database with rows, and the token of one who may read them.
start_database shared_buffers=256MB
export DATABASE_URL=postgres://bench@127.0.0.1:$port/postgres
"$function/app/DocumentGenerator" migrate >/dev/null
ASPNETCORE_URLS=http://127.0.0.1:$((port + 1)) "$function/app/DocumentGenerator" >"$folder/log" 2>&1 &
application=$!
curl --silent --fail --output /dev/null --retry 100 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$((port + 1))/ready" || { cat "$folder/log" >&2; exit 1; }
sign_in "http://127.0.0.1:$((port + 1))" bench@example.org
kill "$application"
wait "$application" || true
fill postgres "$user" "$rows"
sql -d postgres -c "VACUUM ANALYZE"

# Netlify's archive by its own build, Vercel's by its own reader.
node "$folder/npm/node_modules/@netlify/build/bin.js" --offline --telemetry=false --cwd "$netlify" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
archive=$(node "$root/tests/SchemaDeploy.Sdk.Tests/Serverless/read-output.cjs" "$folder/npm/node_modules" "$vercel" | node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).archive')

node "$root/eng/bench/function.mjs" "$root" "$starts" "$seconds" "$rows" "$token" \
  "vercel=$function=$archive" "netlify=$netlify/functions/api=$(stat --format %s "$netlify/.netlify/functions/api.zip")"
