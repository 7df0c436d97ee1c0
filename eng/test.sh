#!/usr/bin/env bash
# Builds the solution and runs its tests.
#
#   eng/test.sh quick    the unit tests; installs nothing
#   eng/test.sh          those and the integration tests; installs what they need, where apt-get can
#   eng/test.sh soak     all tests, also the long ones
#
# The last line printed is "N passed, N failed, N skipped"; the exit code is 0 when all ran and none failed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

mode=${1:-full}
case $mode in
  quick) filter='Category!=Integration&Category!=Soak' ;;
  full) filter='Category!=Soak' ;;
  soak)
    filter=''
    # The campaigns of which the other modes run a small seeded sample.
    export SCHEMADEPLOY_FUZZ=100000 SCHEMADEPLOY_CRASHES=20 SCHEMADEPLOY_CRASH_SECONDS=30 SCHEMADEPLOY_MIGRATIONS=500 \
      SCHEMADEPLOY_MIGRATION_KILLS=100 SCHEMADEPLOY_ON_ALL_DATABASES=1000 SCHEMADEPLOY_FAULTS=1000
    ;;
  *)
    echo "usage: eng/test.sh [quick|soak]" >&2
    exit 2
    ;;
esac

# Sees to it that a command is there: what only some tests need is installed, or named as missing; those tests skip.
need() {
  local command=$1 package=$2 purpose=$3
  if command -v "$command" >/dev/null; then
    return
  fi
  if command -v apt-get >/dev/null && [[ $(id -u) == 0 ]]; then
    echo "Installing $package: $purpose"
    if { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$package"; } >/dev/null 2>&1; then
      return
    fi
  fi
  echo "Missing: $command ($purpose). Install it, on Debian as the package $package; until then the tests that need it are skipped." >&2
}

if ! command -v dotnet >/dev/null; then
  echo "Missing: dotnet. Install the .NET SDK that global.json names." >&2
  exit 1
fi
if [[ $mode != quick ]]; then
  need curl curl "follows the tutorial"
  need chromium chromium "looks at the generated pages as a person would"
  need sqlite3 sqlite3 "runs scripts on SQLite"
  need psql postgresql "the database of the tests that run on PostgreSQL"
  need mariadb-install-db mariadb-server "the database of the tests that run on MariaDB"
  need redis-server redis-server "what several processes of one app share"
  need node nodejs "runs the launcher of functions as their platforms do"
  need npm npm "fetches the programs by which platforms read their bundles"
  need podman podman "runs a Deployment as a node of a cluster does"
  need catatonit catatonit "the first process of its pods"
  need kubectl kubectl "renders the overlays of bundles for Kubernetes"
  need shellcheck shellcheck "reads the scripts of bundles"
  need docker-compose docker-compose "reads and carries out compose.yaml of bundles"
  need dockerd docker.io "the engine that bundles are tried on"
  need docker-registry docker-registry "a registry for images that the .NET SDK makes"
  need iptables iptables "the networks of that engine"
  need promtool prometheus "reads and tries the alerts of bundles, and watches a running app"
  need amtool prometheus-alertmanager "reads the alerting of bundles"
fi

# shellcheck source=eng/shared-compiler.sh
source eng/shared-compiler.sh

results=$(mktemp -d)
packed=
# shellcheck disable=SC2317 # The trap calls it.
clean_up() {
  rm -rf "$results"
  [[ -z $packed ]] || rm -rf artifacts/packages/*."$packed".nupkg artifacts/nuget/schemadeploy.*/"$packed"
  stop_compiler || true
}
trap clean_up EXIT

dotnet build SchemaSdk.sln --nologo --verbosity quiet
if [[ $mode != quick ]]; then
  # Once for all projects that build with the SDK as users do. What there is to say about the code, the build has said.
  packed=$(RunAnalyzers=false eng/pack.sh | tail -n 1)
  export SCHEMADEPLOY_PACKED=$packed
fi

# --blame-hang: a test that hangs fails with its name.
# shellcheck disable=SC2317 # xargs calls it.
test_project() {
  local name
  name=$(basename "$1" .csproj)
  echo "== $name"
  dotnet test "$1" --no-build --nologo ${filter:+--filter "$filter"} \
    --logger "trx;LogFileName=$results/$name.trx" --blame-hang --blame-hang-timeout 15m --blame-hang-dump-type none \
    --results-directory "$results"
}
export -f test_project
export filter results

# What the unit tests ask of the machine is short; the others take all of it, and some look at the clock.
at_once=1
[[ $mode != quick ]] || at_once=2
status=0
printf '%s\n' tests/*/*.csproj | xargs -P "$at_once" -I '{}' bash -c "test_project '{}'" || status=1

# The sum of the counters of all result files. A test host that crashed leaves none, but its exit code counts.
count() {
  { grep -ohE "<Counters [^>]*" "$results"/*.trx || true; } | { grep -oE "\b$1=\"[0-9]+\"" || true; } | awk -F'"' '{ sum += $2 } END { print sum + 0 }'
}
total=$(count total)
passed=$(count passed)
failed=$(count failed)

if [[ $total == 0 ]]; then
  echo "No test ran." >&2
  status=1
fi
echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
exit "$status"
