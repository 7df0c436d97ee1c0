#!/usr/bin/env bash
# Packs the SDK and serves a copy of samples/DocumentGenerator, made with the packages, at http://localhost:3000.
#
#   eng/run-sample.sh            serves until Ctrl-C
#   eng/run-sample.sh --check    makes a few requests, prints them with their answers, and stops; exit code 0 if all
#                                were answered as they should be
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD

check=false
case ${1:-} in
  '') ;;
  --check) check=true ;;
  *)
    echo "usage: eng/run-sample.sh [--check]" >&2
    exit 2
    ;;
esac

version=$(eng/pack.sh | tail -n 1)

# A folder of its own outside the repository, whose Directory.Build.props is about the product and not about users'
# projects, and a package cache that leaves the user's alone.
folder=$(mktemp -d)
server=
stop() {
  if [[ -n $server ]]; then
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
  fi
  rm -rf "$folder" "$root"/artifacts/nuget/schemadeploy.*/"$version" "$root"/artifacts/packages/*."$version".nupkg
}
trap stop EXIT

cp -R samples/DocumentGenerator/. "$folder"
rm -rf "${folder:?}"/{bin,obj}
sed -i.bak "s|SchemaDeploy.Sdk/[^\"]*|SchemaDeploy.Sdk/$version|" "$folder/DocumentGenerator.csproj"
cat >"$folder/nuget.config" <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$root/artifacts/nuget" /></config>
  <packageSources>
    <add key="local" value="$root/artifacts/packages" />
  </packageSources>
</configuration>
CONFIG

cd "$folder"
[[ ! -t 2 ]] || echo "Building the sample …" >&2
dotnet build --nologo --verbosity quiet

if ! $check; then
  dotnet run --no-build
  exit
fi

# Port 0: any that is free. The log is there before the server, which the shell may start later than it reads on.
: >server.log
dotnet run --no-build -- --urls http://127.0.0.1:0 >>server.log 2>&1 &
server=$!
base=
for ((i = 0; i < 300; i++)); do
  base=$(sed -n 's/.*Now listening on: \(http[^ ]*\).*/\1/p' server.log | head -n 1)
  if [[ -n $base ]]; then
    break
  fi
  if ! kill -0 "$server" 2>/dev/null; then
    break
  fi
  sleep 0.1
done
if [[ -z $base ]]; then
  echo "The sample did not start:" >&2
  cat server.log >&2
  exit 1
fi

# request TITLE EXPECTED_STATUS METHOD PATH [JSON]
# Over bash's own sockets, because a bare machine need not have curl. HTTP/1.0 answers come in one piece.
failures=0
token=
request() {
  local title=$1 expected=$2 method=$3 path=$4 body=${5:-}
  local address=${base#http://} status
  exec {connection}<>"/dev/tcp/${address%%:*}/${address##*:}"
  printf '%s %s HTTP/1.0\r\nHost: %s\r\n%sContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "$method" "$path" "$address" "${token:+Authorization: Bearer $token$'\r\n'}" "${#body}" "$body" >&"$connection"
  answer=$(timeout 30 cat <&"$connection" | tr -d '\r')
  exec {connection}>&-
  status=${answer#* }
  status=${status%% *}
  echo
  echo "# $title"
  echo "$method $path${body:+ $body}"
  echo "$status ${answer#*$'\n\n'}"
  if [[ $status != "$expected" ]]; then
    echo "Expected $expected." >&2
    failures=$((failures + 1))
  fi
}

account='{"email":"ada@example.org","password":"the engine has no pretensions"}'
request 'Ask without a token' 401 GET /api/items
request 'Register; the first user is ADMIN' 201 POST /api/auth/register "$account"
request 'Sign in' 200 POST /api/auth/login "$account"
token=$(sed -n 's/.*"access_token": *"\([^"]*\)".*/\1/p' <<<"$answer")
request 'Create an item' 201 POST /api/items '{"item_type":"report","quantity":3,"value":9.5}'
request 'Read it' 200 GET /api/items/1
request 'List with a filter' 200 GET '/api/items?quantity[gte]=2&sort=-created_at&count=true'
request 'Break a rule' 400 POST /api/items '{"item_type":null}'
request 'Create the same item within the minute' 429 POST /api/items '{"item_type":"report"}'
request 'Take an e-mail twice' 409 POST /api/auth/register "$account"

if ((failures > 0)); then
  echo "$failures requests were not answered as expected. The server said:" >&2
  cat server.log >&2
  exit 1
fi
