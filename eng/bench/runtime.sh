#!/usr/bin/env bash
# Measures the generated DocumentGenerator on PostgreSQL beside what people write by hand: raw Npgsql, EF Core, and Express
# with Sequelize (eng/bench/peers). All get the same requests in turns; the figures go into docs/performance.md.
#
#   eng/bench/runtime.sh [ROUNDS [SECONDS]]                  5 rounds of 8 seconds for each operation and program
#   eng/bench/runtime.sh --features [ROUNDS [SECONDS]]       the generated program with one feature off at a time instead
#   eng/bench/runtime.sh --sqlite [ROUNDS [SECONDS]]         on SQLite, beside a program on its ADO.NET driver
#   eng/bench/runtime.sh --mariadb [ROUNDS [SECONDS]]        on MariaDB, likewise
#
# Needs the database (PostgreSQL with pg_stat_statements), wrk, Node.js and curl: on Debian
# apt-get install postgresql mariadb-server sqlite3 wrk nodejs npm curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=eng/bench/sample.sh
source eng/bench/sample.sh
compared=peers
engine=postgresql
case ${1:-} in
  --features) compared=features ;;
  --sqlite | --mariadb) compared=${1#--} engine=${1#--} ;;
esac
[[ ${1:-} != --* ]] || shift
rounds=${1:-5}
seconds=${2:-8}
# .NET compiles what is called often anew, the better for what it has seen: for a while of requests.
warm=20
connections=32
rows=10000
case $compared in
  peers) peers=(generated npgsql efcore express) operations=(get list post duplicate) ;;
  features) peers=(generated unlimited unfingerprinted unmetered unaudited) operations=(get post) ;;
  sqlite | mariadb) peers=(generated adonet) operations=(get list post duplicate) ;;
esac
# shellcheck source=eng/bench/engines.sh
source eng/bench/engines.sh
declare -A process=() base=()

stop() {
  for peer in "${!process[@]}"; do
    kill "${process[$peer]}" 2>/dev/null || true
    wait "${process[$peer]}" 2>/dev/null || true
  done
  stop_engine
  clean_up
}
trap stop EXIT

# served PEER SETTING…: how the generated program of a peer is started.
served() {
  echo env ASPNETCORE_ENVIRONMENT=Production "DATABASE_URL=$(url "$1")" "${@:2}" dotnet "$folder/$1/DocumentGenerator.dll"
}

# program PEER: how it is started, with everything on that it has.
program() {
  case $1 in
    generated | unaudited) served "$1" ;;
    unlimited) served "$1" RateLimits__Enabled=false ;;
    unfingerprinted) served "$1" Fingerprints__Enabled=false ;;
    unmetered) served "$1" METRICS=false ;;
    npgsql) printf 'env CONNECTION=%q dotnet %s' "$(connection "$1")" "$folder/npgsql/NpgsqlPeer.dll" ;;
    adonet) printf 'env ENGINE=%s CONNECTION=%q dotnet %s' "$engine" "$(connection "$1")" "$folder/adonet/AdoNetPeer.dll" ;;
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
  local figures server database count tag=$2-$1-$RANDOM
  count=$(statements "$3") server=$(busy "${process[$3]}") database=$(engine_busy)
  figures=$(wrk --threads 1 --connections $connections --duration "${4}s" --script "$root/eng/bench/runtime.lua" "${base[$3]}" -- "$2" "$token" "$tag" | sed -n 's/^figures //p')
  server=$(($(busy "${process[$3]}") - server)) database=$(($(engine_busy) - database))
  count=$(($(statements "$3") - count))
  echo "$1 $2 $3 $figures $server $database $count" | tee -a "$folder/figures" >&2
}

# What runs.
pack_sample "$provider"
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
  sqlite | mariadb) publish eng/bench/peers/adonet adonet -p:PublishReadyToRun=true ;;
esac

# A database with rows, and a copy of it for each.
start_engine
eval "$(program generated) migrate" >/dev/null
start generated /ready
sign_in "${base[generated]}" bench@example.org
kill "${process[generated]}"
wait "${process[generated]}" || true
unset 'process[generated]'
fill_engine
for peer in "${peers[@]}"; do
  [[ $peer == generated ]] || copy_database "$peer"
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
