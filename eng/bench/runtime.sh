#!/usr/bin/env bash
# Measures the generated DocumentGenerator on PostgreSQL beside what people write by hand: raw Npgsql, EF Core, and Express
# with Sequelize (eng/bench/peers). All get the same requests in turns; the figures go into docs/performance.md.
#
#   eng/bench/runtime.sh [ROUNDS [SECONDS]]                  5 rounds of 8 seconds for each operation and program
#   eng/bench/runtime.sh --features [ROUNDS [SECONDS]]       the generated program with one feature off at a time instead
#   eng/bench/runtime.sh --sqlite [ROUNDS [SECONDS]]         on SQLite, beside a program on its ADO.NET driver and Express
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
# shellcheck source=eng/bench/turns.sh
source eng/bench/turns.sh
rounds=${1:-5}
seconds=${2:-8}
requests=runtime.lua
case $compared in
  peers) peers=(generated npgsql efcore express) operations=(get list post duplicate) ;;
  features) peers=(generated unshared unlimited unfingerprinted unmetered unaudited) operations=(get post) ;;
  sqlite | mariadb) peers=(generated adonet express) operations=(get list post duplicate) ;;
esac

# program PEER: how it is started, with everything on that it has.
program() {
  case $1 in
    generated | unaudited) served "$1" ;;
    unshared) served "$1" SHARED_READS=false SHARED_WRITES=false ;;
    unlimited) served "$1" RateLimits__Enabled=false ;;
    unfingerprinted) served "$1" Fingerprints__Enabled=false ;;
    unmetered) served "$1" METRICS=false ;;
    npgsql) printf 'env CONNECTION=%q dotnet %s' "$(connection "$1")" "$folder/npgsql/NpgsqlPeer.dll" ;;
    adonet) printf 'env ENGINE=%s CONNECTION=%q dotnet %s' "$engine" "$(connection "$1")" "$folder/adonet/AdoNetPeer.dll" ;;
    efcore) printf 'env CONNECTION=%q dotnet %s' "Host=127.0.0.1;Port=$port;Username=bench;Database=$1;Maximum Pool Size=$connections" "$folder/efcore/EfCorePeer.dll" ;;
    # Sequelize has a dialect for each.
    express) echo env "CONNECTION=$(url "$1" | sed 's/^mysql:/mariadb:/')" NODE_ENV=production node "$folder/express/server.js" ;;
  esac
}

install_express() {
  cp -R eng/bench/peers/express "$folder/express"
  (cd "$folder/express" && npm install --silent --no-fund --no-audit >&2)
}

# What runs.
pack_sample "$provider"
(cd "$folder/source" && publish . generated -p:PublishReadyToRun=true)
case $compared in
  peers)
    publish eng/bench/peers/npgsql npgsql -p:PublishReadyToRun=true
    publish eng/bench/peers/efcore efcore -p:PublishReadyToRun=true
    install_express
    ;;
  features)
    for peer in unshared unlimited unfingerprinted unmetered; do
      cp -R "$folder/generated" "$folder/$peer"
    done
    sed -i 's/^CREATE TABLE items/-- @audit off\n&/' "$folder/source/schema.sql"
    (cd "$folder/source" && publish . unaudited -p:PublishReadyToRun=true)
    ;;
  sqlite | mariadb)
    publish eng/bench/peers/adonet adonet -p:PublishReadyToRun=true
    install_express
    ;;
esac

make_databases
for peer in "${peers[@]}"; do
  start_measured "$peer" /api/items/1 --header "Authorization: Bearer $token"
done

# The same answers, or there is nothing to compare.
node "$root/eng/bench/runtime.mjs" check "$token" "${base[@]}"

measure_in_turns "$rounds" "$seconds" "${operations[@]}"
node "$root/eng/bench/runtime.mjs" report "$compared" "$folder/figures" "$root/docs/performance.md" "$seconds" "$connections" "$rows"
