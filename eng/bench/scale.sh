#!/usr/bin/env bash
# Measures how the generated DocumentGenerator holds with many rows, many connections and several processes, on PostgreSQL
# and Redis, and writes the figures into docs/scaling.md.
#
#   eng/bench/scale.sh [SECONDS [ROWS…]]       60 seconds of 1,000 connections, at 1,000,000 and at 10,000,000 rows
#
# Needs PostgreSQL with auto_explain, Redis, wrk, Node.js and curl: on Debian apt-get install postgresql redis-server wrk nodejs curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=eng/bench/sample.sh
source eng/bench/sample.sh
seconds=${1:-60}
sizes=("${@:2}")
[[ ${#sizes[@]} != 0 ]] || sizes=(1000000 10000000)
late_rows=1000
connections=1000
most_processes=4
processes=()
redis=

stop() {
  stop_processes
  [[ -z $redis ]] || kill "$redis" 2>/dev/null || true
  clean_up
}
trap stop EXIT

# start_process N: the application at $port + N, until it is ready.
start_process() {
  ASPNETCORE_URLS=http://127.0.0.1:$((port + $1)) dotnet "$folder/app/DocumentGenerator.dll" >"$folder/$1.log" 2>&1 &
  processes+=($!)
  curl --silent --fail --output /dev/null --retry 100 --retry-connrefused --retry-delay 1 "http://127.0.0.1:$((port + $1))/ready" || { cat "$folder/$1.log" >&2; exit 1; }
}

stop_processes() {
  for process in "${processes[@]}"; do
    kill "$process" 2>/dev/null || true
    wait "$process" 2>/dev/null || true
  done
  processes=()
}

# explain SETTING: 0 logs the plan of every statement, -1 that of none.
explain() {
  sql -d postgres -c "ALTER SYSTEM SET auto_explain.log_min_duration = $1" -c "SELECT pg_reload_conf()" >/dev/null
  sleep 1
}

# load N CONNECTIONS SECONDS: GET by id at the process N.
load() { wrk --timeout 10s --threads 1 --connections "$2" --duration "${3}s" --script eng/bench/runtime.lua "http://127.0.0.1:$((port + $1))" -- get "$token" | sed -n 's/^figures //p'; }

memory() { awk -v name="$2:" '$1 == name { print $2 }' "/proc/$1/status"; }

# clocks: the ticks of the application, the database and Redis, and those in which no processor had anything to do.
clocks() { echo "$(busy "${processes[@]}") $(database_busy) $(busy "$redis") $(awk '/^cpu / { print $5 }' /proc/stat)"; }

pack_sample PostgreSql
(cd "$folder/source" && publish . app -p:PublishReadyToRun=true)
start_database synchronous_commit=off max_connections=500 shared_buffers=1GB max_wal_size=8GB shared_preload_libraries=auto_explain \
  auto_explain.log_analyze=on auto_explain.log_timing=off auto_explain.log_format=json
redis-server --bind 127.0.0.1 --port $((port + 50)) --save '' --appendonly no --dir "$folder" >"$folder/redis.log" &
redis=$!
sql -d postgres -c "CREATE DATABASE scale"
export DATABASE_URL=postgres://bench@127.0.0.1:$port/scale REDIS_URL=redis://127.0.0.1:$((port + 50)) ASPNETCORE_ENVIRONMENT=Production API_DOCS=true
dotnet "$folder/app/DocumentGenerator.dll" migrate >/dev/null
start_process 1
sign_in "http://127.0.0.1:$((port + 1))" late@example.org
late=$token late_user=$user
sign_in "http://127.0.0.1:$((port + 1))" bench@example.org

# Rows of one who has nearly all, and then those of one who came last.
present=0
for rows in "${sizes[@]}"; do
  fill scale "$user" $((rows - present - late_rows))
  fill scale "$late_user" $late_rows
  present=$rows
  sql -d scale -c "VACUUM ANALYZE"
  node eng/bench/scale.mjs pages "http://127.0.0.1:$((port + 1))" "$token" "$late" "$rows" | tee -a "$folder/figures" >&2
  explain 0
  node eng/bench/scale.mjs filters "http://127.0.0.1:$((port + 1))" "$token" "$rows" "$folder/data/log" | tee -a "$folder/figures" >&2
  explain -1
done

echo "connections $connections $seconds $(memory "${processes[0]}" VmRSS) $(load 1 $connections "$seconds") $(memory "${processes[0]}" VmHWM)" | tee -a "$folder/figures" >&2

stop_processes
for ((count = 1; count <= most_processes; count++)); do
  start_process "$count"
  load "$count" 32 3 >/dev/null
  read -r -a before < <(clocks)
  for ((process = 1; process <= count; process++)); do
    load "$process" 32 10 >"$folder/load.$process" &
    loads[process]=$!
  done
  wait "${loads[@]}"
  read -r -a after < <(clocks)
  echo "processes $count $(awk '{ sum += $1 / $2; failed += $5 + $6 } END { print sum, failed }' "$folder"/load.*) \
$((after[0] - before[0])) $((after[1] - before[1])) $((after[2] - before[2])) $((after[3] - before[3]))" | tee -a "$folder/figures" >&2
done
node eng/bench/scale.mjs report "$folder/figures" docs/scaling.md
