#!/usr/bin/env bash
# Measures the generated DocumentGenerator on PostgreSQL beside what people write by hand: raw Npgsql, EF Core, and Express
# with Sequelize (eng/bench/peers). All get the same requests in turns; the figures go into docs/performance.md.
#
#   eng/bench/runtime.sh [ROUNDS [SECONDS]]                  5 rounds of 8 seconds for each operation and program
#   eng/bench/runtime.sh --features [ROUNDS [SECONDS]]       the generated program with one feature off at a time instead
#
# Needs PostgreSQL with pg_stat_statements, wrk, Node.js and curl: on Debian apt-get install postgresql wrk nodejs npm curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=eng/bench/sample.sh
source eng/bench/sample.sh
compared=peers
if [[ ${1:-} == --features ]]; then
  compared=features
  shift
fi
rounds=${1:-5}
seconds=${2:-8}
# .NET compiles what is called often anew, the better for what it has seen: for a while of requests.
warm=20
connections=32
rows=10000
case $compared in
  peers) peers=(generated npgsql efcore express) operations=(get list post duplicate) ;;
  features) peers=(generated unlimited unfingerprinted unmetered unaudited) operations=(get post) ;;
esac
declare -A process=() base=()

stop() {
  for peer in "${!process[@]}"; do
    kill "${process[$peer]}" 2>/dev/null || true
    wait "${process[$peer]}" 2>/dev/null || true
  done
  clean_up
}
trap stop EXIT

# served PEER SETTING…: how the generated program of a peer is started.
served() {
  echo env ASPNETCORE_ENVIRONMENT=Production "DATABASE_URL=postgres://bench@127.0.0.1:$port/$1" "${@:2}" dotnet "$folder/$1/DocumentGenerator.dll"
}

# program PEER: how it is started, with everything on that it has.
program() {
  local database="Host=127.0.0.1;Port=$port;Username=bench;Database=$1;Maximum Pool Size=$connections;Max Auto Prepare=50;No Reset On Close=true"
  case $1 in
    generated | unaudited) served "$1" ;;
    unlimited) served "$1" RateLimits__Enabled=false ;;
    unfingerprinted) served "$1" Fingerprints__Enabled=false ;;
    unmetered) served "$1" METRICS=false ;;
    npgsql) printf 'env CONNECTION=%q dotnet %s' "$database" "$folder/npgsql/NpgsqlPeer.dll" ;;
    efcore) printf 'env CONNECTION=%q dotnet %s' "Host=127.0.0.1;Port=$port;Username=bench;Database=$1;Maximum Pool Size=$connections" "$folder/efcore/EfCorePeer.dll" ;;
    express) echo env "CONNECTION=postgres://bench@127.0.0.1:$port/$1" NODE_ENV=production node "$folder/express/server.js" ;;
  esac
}

# start PEER PATH [HEADER]: until PATH answers 200; the seconds are in $took.
start() {
  local began=$EPOCHREALTIME listen=$((port + 1 + ${#process[@]}))
  base[$1]=http://127.0.0.1:$listen
  # In its own folder, as a container would: .NET watches what is below the one that it starts in.
  (cd "$folder/$1" && eval "ASPNETCORE_URLS=${base[$1]} PORT=$listen exec $(program "$1")") >"$folder/$1.log" 2>&1 &
  process[$1]=$!
  until curl --silent --fail --output /dev/null "${@:3}" "${base[$1]}$2"; do
    kill -0 "${process[$1]}" || { cat "$folder/$1.log" >&2; exit 1; }
    sleep 0.01
  done
  took=$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }')
}

# measure ROUND OPERATION PEER SECONDS: a line of figures.
measure() {
  local figures server database statements tag=$2-$1-$RANDOM
  sql -d "$3" -c "SELECT pg_stat_statements_reset()" >/dev/null
  server=$(busy "${process[$3]}") database=$(database_busy)
  figures=$(wrk --threads 1 --connections $connections --duration "${4}s" --script "$root/eng/bench/runtime.lua" "${base[$3]}" -- "$2" "$token" "$tag" | sed -n 's/^figures //p')
  server=$(($(busy "${process[$3]}") - server)) database=$(($(database_busy) - database))
  statements=$(sql -d "$3" -c "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements WHERE dbid = (SELECT oid FROM pg_database WHERE datname = '$3') AND query NOT LIKE '%pg_stat_statements%'")
  echo "$1 $2 $3 $figures $server $database $statements" | tee -a "$folder/figures" >&2
}

# What runs.
pack_sample PostgreSql
(cd "$folder/source" && publish . generated -p:PublishReadyToRun=true)
case $compared in
  peers)
    publish eng/bench/peers/npgsql npgsql -p:PublishReadyToRun=true
    publish eng/bench/peers/efcore efcore -p:PublishReadyToRun=true
    cp -R eng/bench/peers/express "$folder/express"
    (cd "$folder/express" && npm install --silent --no-fund --no-audit >&2)
    ;;
  features)
    for peer in unlimited unfingerprinted unmetered; do
      cp -R "$folder/generated" "$folder/$peer"
    done
    sed -i 's/^CREATE TABLE items/-- @audit off\n&/' "$folder/source/schema.sql"
    (cd "$folder/source" && publish . unaudited -p:PublishReadyToRun=true)
    ;;
esac

# A database with rows, and a copy of it for each.
start_database synchronous_commit=off max_connections=300 shared_buffers=256MB shared_preload_libraries=pg_stat_statements
sql -d postgres -c "CREATE DATABASE generated"
eval "$(program generated) migrate" >/dev/null
start generated /ready
sign_in "${base[generated]}" bench@example.org
kill "${process[generated]}"
wait "${process[generated]}" || true
unset 'process[generated]'
fill generated "$user" "$rows"
sql -d generated -c "CREATE EXTENSION pg_stat_statements" -c "VACUUM ANALYZE"
for peer in "${peers[@]}"; do
  [[ $peer == generated ]] || sql -d postgres -c "CREATE DATABASE $peer TEMPLATE generated"
done

for peer in "${peers[@]}"; do
  start "$peer" /api/items/1 --header "Authorization: Bearer $token"
  echo "start $peer $took $(du -sb "$folder/$peer" | cut -f 1)" >>"$folder/figures"
done

# The same answers, or there is nothing to compare.
node "$root/eng/bench/runtime.mjs" check "$token" "${base[@]}"

# The first round warms up.
for ((round = 0; round <= rounds; round++)); do
  for operation in "${operations[@]}"; do
    for ((turn = 0; turn < ${#peers[@]}; turn++)); do
      measure "$round" "$operation" "${peers[(turn + round) % ${#peers[@]}]}" "$((round == 0 ? warm : seconds))"
    done
  done
done
for peer in "${peers[@]}"; do
  echo "memory $peer $(awk '/^VmRSS:/ { print $2 }' "/proc/${process[$peer]}/status")" >>"$folder/figures"
done
node "$root/eng/bench/runtime.mjs" report "$compared" "$folder/figures" "$root/docs/performance.md" "$seconds" "$connections" "$rows"
