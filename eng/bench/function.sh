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
root=$PWD
starts=${1:-9}
seconds=${2:-10}
rows=10000

programs=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
port=$((20000 + RANDOM % 20000))
folder=$(mktemp -d)
chmod 755 "$folder"
version=

stop() {
  [[ ! -e $folder/data/postmaster.pid ]] || as_server "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
  rm -rf "$folder"
  [[ -z $version ]] || rm -rf "$root"/artifacts/nuget/schemadeploy.*/"$version" "$root"/artifacts/packages/*."$version".nupkg
}
trap stop EXIT

# PostgreSQL refuses to run as root.
as_server() {
  if [[ $(id -u) == 0 ]]; then
    runuser -u nobody -- "$@"
  else
    "$@"
  fi
}

# The platforms' own programs, which make the archives.
npm install --silent --prefix "$folder/npm" --no-save --no-package-lock --ignore-scripts --no-audit --no-fund \
  @vercel/build-utils@14.21.1 @netlify/build@35.15.0 >&2

# Each target by itself: for both together there is one program, in the form that the smaller limit asks for.
version=$(eng/pack.sh | tail -n 1)
mkdir "$folder/source"
cp -R samples/DocumentGenerator/. "$folder/source"
rm -rf "$folder"/source/{bin,obj}
sed -i "s|SchemaDeploy.Sdk/[^\"]*|SchemaDeploy.Sdk/$version|; s|</TargetFramework>|&<SchemaDatabase>PostgreSql</SchemaDatabase>|" "$folder/source/DocumentGenerator.csproj"
cat >"$folder/source/nuget.config" <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$root/artifacts/nuget" /></config>
  <packageSources><add key="local" value="$root/artifacts/packages" /></packageSources>
</configuration>
CONFIG
for target in vercel netlify; do
  (cd "$folder/source" && dotnet publish --nologo --verbosity quiet -p:DeployTarget=$target >&2)
done
vercel=$folder/source/deploy/vercel
netlify=$folder/source/deploy/netlify
function=$vercel/.vercel/output/functions/index.func

# A database with rows, and the token of one who may read them.
mkdir "$folder/data"
[[ $(id -u) != 0 ]] || chown nobody "$folder/data"
as_server "$programs/initdb" -D "$folder/data" -U bench --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
as_server "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/data/log" -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=" start >/dev/null
export DATABASE_URL=postgres://bench@127.0.0.1:$port/postgres JWT_SECRET=this-is-for-measuring-and-for-nothing-else \
  RateLimits__User__Requests=50000000 RateLimits__Authentication__Requests=1000
"$function/app/DocumentGenerator" migrate >/dev/null
ASPNETCORE_URLS=http://127.0.0.1:$((port + 1)) "$function/app/DocumentGenerator" >"$folder/log" 2>&1 &
application=$!
curl --silent --fail --output /dev/null --retry 100 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$((port + 1))/ready" || { cat "$folder/log" >&2; exit 1; }
account='{"email":"bench@example.org","password":"the engine has no pretensions"}'
for step in register login; do
  answer=$(curl --silent --fail --header 'Content-Type: application/json' --data "$account" "http://127.0.0.1:$((port + 1))/api/auth/$step")
done
kill "$application"
wait "$application" || true
token=$(node -p 'JSON.parse(process.argv[1]).access_token' "$answer")
user=$(node -p 'JSON.parse(Buffer.from(process.argv[1].split(".")[1], "base64url")).sub' "$token")
"$programs/psql" -X -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U bench -d postgres \
  -c "INSERT INTO items (uuid, owner_id, item_type, quantity, value, metadata, created_at)
    SELECT gen_random_uuid(), $user, 'type ' || n, n % 100, n % 1000 / 4.0, '{\"color\": \"red\"}', timestamp '2024-01-01' + n * interval '1 minute' FROM generate_series(1, $rows) n" \
  -c "VACUUM ANALYZE"

# Netlify's archive by its own build, Vercel's by its own reader.
node "$folder/npm/node_modules/@netlify/build/bin.js" --offline --telemetry=false --cwd "$netlify" >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
archive=$(node "$root/tests/SchemaDeploy.Sdk.Tests/Serverless/read-output.cjs" "$folder/npm/node_modules" "$vercel" | node -p 'JSON.parse(require("fs").readFileSync(0, "utf8")).archive')

node "$root/eng/bench/function.mjs" "$root" "$starts" "$seconds" "$rows" "$token" \
  "vercel=$function=$archive" "netlify=$netlify/functions/api=$(stat --format %s "$netlify/.netlify/functions/api.zip")"
