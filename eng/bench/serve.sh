#!/usr/bin/env bash
# Measures what a published application needs where it runs, and writes the figures into docs/performance.md: the bytes
# that it adds to its base image, the time from its start until it is ready, and the memory that it has when idle.
# Needs curl.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
# shellcheck source=eng/bench/sample.sh
source eng/bench/sample.sh
runs=9
idle=30

server=
stop() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
  fi
}
trap 'stop; clean_up' EXIT

pack_sample Sqlite
(cd "$folder/source" && publish . app)
cd "$folder"
bytes=$(find app -type f -printf '%s\n' | awk '{ sum += $1 } END { printf "%.1f", sum / 1e6 }')
packed=$(tar --create --gzip app | wc -c | awk '{ printf "%.1f", $1 / 1e6 }')

# With one processor and with the settings of the container.
export ASPNETCORE_ENVIRONMENT=Production DATABASE_URL="sqlite:$folder/app.db" DOTNET_EnableDiagnostics=0 DOTNET_PROCESSOR_COUNT=1 \
  ASPNETCORE_URLS=http://127.0.0.1:0
dotnet app/DocumentGenerator.dll migrate >/dev/null

# start: until /ready answers 200; prints the seconds.
start() {
  local began=$EPOCHREALTIME base=
  : >log
  dotnet app/DocumentGenerator.dll >log 2>&1 &
  server=$!
  until [[ -n $base ]] && curl --silent --fail --output /dev/null "$base/ready"; do
    kill -0 "$server" || { cat log >&2; exit 1; }
    base=$(sed -n 's|.*Now listening on: \(http://127.0.0.1:[0-9]*\).*|\1|p' log | head -n 1)
    sleep 0.01
  done
  seconds=$(awk -v from="$began" -v to="$EPOCHREALTIME" 'BEGIN { printf "%.2f", to - from }')
}

for ((i = 0; i < runs; i++)); do
  stop
  start
  echo "$seconds" >>seconds
done
sleep "$idle"
memory=$(awk '/^VmRSS:/ { printf "%.0f", $2 / 1024 }' "/proc/$server/status")
stop
sort --numeric-sort --output seconds seconds
median=$(sed -n "$((runs / 2 + 1))p" seconds)

cat >figures <<FIGURES
<!-- service figures -->
Measured $(date -u +%Y-%m-%d) on $(nproc) cores, .NET $(dotnet --list-runtimes | sed -n 's/^Microsoft.AspNetCore.App \([^ ]*\) .*/\1/p' | tail -n 1), load $(cut -d ' ' -f 1 /proc/loadavg); samples/DocumentGenerator on SQLite, one processor for the process.

| | |
|---|---:|
| What the application adds to its base image | $bytes MB, compressed $packed MB |
| From the start of the process until \`/ready\` answers, median of $runs (lowest to highest) | $median s ($(head -n 1 seconds) to $(tail -n 1 seconds) s) |
| Memory, $idle seconds after that | $memory MB |
FIGURES
cat figures
# Only what stands between the marks is replaced: the page has prose and other figures.
sed -i -e '/<!-- service figures -->/,/<!-- end of service figures -->/{ /<!-- end of service figures -->/!d }' "$root/docs/performance.md"
sed -i -e "/<!-- end of service figures -->/{
  e cat $folder/figures
}" "$root/docs/performance.md"
