#!/usr/bin/env bash
# What measurements of the running DocumentGenerator have in common: its source with an SDK packed now, a PostgreSQL of their
# own, somebody who has signed in and has rows, and the processor time of processes. Sourced in the repository's root; the caller has clean_up run at its end.
root=$PWD
port=$((20000 + RANDOM % 20000))
folder=$(mktemp -d)
chmod 755 "$folder"
programs=
version=
# One user sends what many would, with a token that outlasts the measurement.
export Auth__AccessTokenLifetime=03:00:00
export JWT_SECRET=this-is-for-measuring-and-for-nothing-else RateLimits__User__Requests=50000000 RateLimits__Authentication__Requests=1000

clean_up() {
  [[ ! -e $folder/data/postmaster.pid ]] || as_server "$programs/pg_ctl" -D "$folder/data" -m immediate stop >/dev/null
  rm -rf "$folder"
  [[ -z $version ]] || rm -rf "$root"/artifacts/nuget/schemadeploy.*/"$version" "$root"/artifacts/packages/*."$version".nupkg
}

# PostgreSQL refuses to run as root.
as_server() {
  if [[ $(id -u) == 0 ]]; then
    runuser -u nobody -- "$@"
  else
    "$@"
  fi
}

sql() { "$programs/psql" -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$port" -U bench "$@"; }

# pack_sample DATABASE: the sample in $folder/source, to be published.
pack_sample() {
  version=$(eng/pack.sh | tail -n 1)
  mkdir "$folder/source"
  cp -R samples/DocumentGenerator/. "$folder/source"
  rm -rf "$folder"/source/{bin,obj}
  sed -i "s|SchemaDeploy.Sdk/[^\"]*|SchemaDeploy.Sdk/$version|; s|</TargetFramework>|&<SchemaDatabase>$1</SchemaDatabase>|" "$folder/source/DocumentGenerator.csproj"
  cat >"$folder/source/nuget.config" <<CONFIG
<configuration>
  <config><add key="globalPackagesFolder" value="$root/artifacts/nuget" /></config>
  <packageSources><add key="local" value="$root/artifacts/packages" /></packageSources>
</configuration>
CONFIG
}

# publish PROJECT FOLDER [PROPERTY…]: as the bundle's Dockerfile does it.
publish() {
  dotnet publish "$1" --nologo --verbosity quiet --os linux --self-contained false --output "$folder/$2" -p:UseAppHost=false "${@:3}" >&2
}

# busy PID…: the ticks that the processes and their children have had, with those children that have ended meanwhile.
busy() {
  local sum=0 pid
  for pid in "$@" $(for parent in "$@"; do pgrep -P "$parent"; done); do
    sum=$((sum + $(awk '{ print $14 + $15 + $16 + $17 }' "/proc/$pid/stat" 2>/dev/null || echo 0)))
  done
  echo "$sum"
}

# database_busy: those of PostgreSQL.
database_busy() { busy "$(head -n 1 "$folder/data/postmaster.pid")"; }

# start_database SETTING…: PostgreSQL on 127.0.0.1 at $port, whose log is $folder/data/log.
start_database() {
  programs=$(find /usr/lib/postgresql -maxdepth 2 -name bin | sort -V | tail -n 1)
  mkdir "$folder/data"
  [[ $(id -u) != 0 ]] || chown nobody "$folder/data"
  as_server "$programs/initdb" -D "$folder/data" -U bench --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
  as_server "$programs/pg_ctl" -D "$folder/data" -w -l "$folder/data/log" \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories= ${*/#/-c }" start >/dev/null
}

# sign_in BASE EMAIL: the user's token in $token, and the key in $user.
sign_in() {
  local step answer
  for step in register login; do
    answer=$(curl --silent --fail --header 'Content-Type: application/json' \
      --data "{\"email\":\"$2\",\"password\":\"the engine has no pretensions\"}" "$1/api/auth/$step")
  done
  token=$(node -p 'JSON.parse(process.argv[1]).access_token' "$answer")
  # shellcheck disable=SC2034 # the caller fills the database for the user
  user=$(node -p 'JSON.parse(Buffer.from(process.argv[1].split(".")[1], "base64url")).sub' "$token")
}

# fill DATABASE USER ROWS: items of the user, a minute after the other.
fill() {
  sql -d "$1" -c "INSERT INTO items (uuid, owner_id, item_type, quantity, value, metadata, created_at)
    SELECT gen_random_uuid(), $2, 'type ' || n, n % 100, n % 1000 / 4.0, '{\"color\": \"red\"}', timestamp '2024-01-01' + n * interval '1 minute'
    FROM generate_series(1, $3) n"
}
