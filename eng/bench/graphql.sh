#!/usr/bin/env bash
# Measures the GraphQL of the generated DocumentGenerator on PostgreSQL beside PostGraphile (eng/bench/peers/postgraphile).
# Both get the same queries in turns; the figures go into docs/performance.md.
#
#   eng/bench/graphql.sh [ROUNDS [SECONDS]]                  5 rounds of 8 seconds for each operation and program
#
# Needs PostgreSQL with pg_stat_statements, wrk, curl, and Node.js with npm: on Debian apt-get install postgresql wrk curl nodejs npm.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=eng/bench/sample.sh
source eng/bench/sample.sh
# shellcheck source=eng/bench/turns.sh
source eng/bench/turns.sh
rounds=${1:-5}
seconds=${2:-8}
# shellcheck disable=SC2034 # of turns.sh
requests=graphql.lua
peers=(generated postgraphile)
# PostGraphile asks for 22. It starts with 20 too, which has no Promise.withResolvers, and then answers each query with an error.
node=26.10.0
export BODIES=$folder/bodies

# program PEER: how it is started, with everything on that it has.
program() {
  case $1 in
    generated) served "$1" ;;
    postgraphile) echo env "CONNECTION=postgres://postgraphile@127.0.0.1:$port/$1" NODE_ENV=production GRAPHILE_ENV=production "$folder/node/node_modules/node/bin/node" "$folder/$1/server.js" ;;
  esac
}

# What runs.
pack_sample PostgreSql
sed -i 's|</TargetFramework>|&<SchemaApi>Rest;GraphQL</SchemaApi>|' "$folder/source/DocumentGenerator.csproj"
(cd "$folder/source" && publish . generated -p:PublishReadyToRun=true)
cp -R eng/bench/peers/postgraphile "$folder/postgraphile"
npm install --silent --no-fund --no-audit --no-save --prefix "$folder/node" "node@$node" >&2
(cd "$folder/postgraphile" && PATH="$folder/node/node_modules/node/bin:$PATH" npm install --silent --no-fund --no-audit >&2)

make_databases
sql -d postgraphile -f eng/bench/peers/postgraphile/access.sql
# Somebody else has one item, which nobody is to be told of.
for peer in "${peers[@]}"; do
  sql -d "$peer" -c "INSERT INTO users (email, password_hash) VALUES ('other@example.org', '')" \
    -c "INSERT INTO items (uuid, owner_id, item_type) SELECT gen_random_uuid(), id, 'other' FROM users WHERE email = 'other@example.org'"
done

mkdir "$BODIES"
node eng/bench/graphql.mjs bodies "$BODIES"
for peer in "${peers[@]}"; do
  start_measured "$peer" /graphql --header "Authorization: Bearer $token" --header 'Content-Type: application/json' \
    --data "$(sed 's/NUMBER/1/' "$BODIES/$peer.item")"
done

# The same answers, or there is nothing to compare.
node eng/bench/graphql.mjs check "$token" $((rows + 1)) "generated=${base[generated]}" "postgraphile=${base[postgraphile]}"

measure_in_turns "$rounds" "$seconds" item list nested create
versions=".NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \([^ ]*\) .*/\1/p' | tail -n 1), Node.js $node, \
PostGraphile $(node -p 'require(process.argv[1]).version' "$folder/postgraphile/node_modules/postgraphile/package.json"), PostgreSQL $(sql -d postgres -c "SHOW server_version" | cut -d ' ' -f 1)"
node eng/bench/graphql.mjs report "$folder/figures" docs/performance.md "$seconds" "$connections" "$rows" "$versions"
