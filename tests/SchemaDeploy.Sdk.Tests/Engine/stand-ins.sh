#!/usr/bin/env bash
# Stands in for public images, where no registry is to be reached: makes images under their names out of the programs
# of this machine and the libraries that they load. Like the chiseled ones they hold nothing else.
#
#   [ENGINE=podman] stand-ins.sh aspnet|sdk|postgres|mariadb|redis NAME
set -euo pipefail
kind=$1
name=$2
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

# Copies files with what they load; links are kept as what they point to.
add() {
  local file
  for file in "$@"; do
    mkdir -p "$root$(dirname "$file")"
    cp --dereference "$file" "$root$file"
    { ldd "$file" 2>/dev/null || true; } | { grep --only-matching '/[^ ]*' || true; } | while read -r library; do
      if [[ ! -e $root$library ]]; then
        mkdir -p "$root$(dirname "$library")"
        cp --dereference "$library" "$root$library"
      fi
    done
  done
}

programs() {
  local program
  for program in "$@"; do
    add "$(command -v "$program")"
  done
  mkdir -p "$root/bin" "$root/usr/bin"
  for program in sh bash; do
    [[ -e $root/bin/$program ]] || ln -s /usr/bin/"$program" "$root/bin/$program"
  done
}

dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
# The runtime loads these by itself.
runtime_libraries() {
  local library
  for library in libstdc++.so.6 libgcc_s.so.1 libssl.so.3 libcrypto.so.3 libz.so.1 libgssapi_krb5.so.2; do
    add "$(ldconfig -p | sed -n "s/^\t$library .*=> //p" | head -n 1)"
  done
  mkdir -p "$root$dotnet" "$root/usr/bin" "$root/etc/ssl/certs"
  cp --dereference /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/"
  cp -r "$dotnet"/{dotnet,host,shared} "$root$dotnet/"
  add "$dotnet/dotnet" "$dotnet"/shared/Microsoft.NETCore.App/*/*.so
  ln -sf "$dotnet/dotnet" "$root/usr/bin/dotnet"
}

mkdir -p "$root"/{etc,home/app,tmp,var,run,proc,dev,sys}
chmod 1777 "$root/tmp"
printf 'root:x:0:0::/root:/bin/sh\nredis:x:999:999::/data:/bin/sh\npostgres:x:998:998::/var/lib/postgresql:/bin/sh\napp:x:1654:1654::/home/app:/bin/sh\n' > "$root/etc/passwd"
printf 'root:x:0:\nredis:x:999:\npostgres:x:998:\napp:x:1654:\n' > "$root/etc/group"
printf 'hosts: files dns\n' > "$root/etc/nsswitch.conf"
changes=(--change 'ENV PATH=/usr/local/bin:/usr/bin:/bin')

case $kind in
  aspnet)
    runtime_libraries
    # As the public image has it: what would be served without being told otherwise.
    changes+=(--change 'ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=true' --change 'USER 1654')
    ;;
  sdk)
    runtime_libraries
    programs sh bash mkdir touch find chown env uname
    # The compiler of schemas needs cultures.
    for library in $(ldconfig -p | sed -n 's/^\tlibicu\(uc\|i18n\|data\)\.so\.[0-9]* .*=> //p'); do
      add "$library"
    done
    cp -r "$dotnet"/{sdk,packs,sdk-manifests} "$root$dotnet/"
    changes+=(--change 'ENV DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 HOME=/root NUGET_CERT_REVOCATION_MODE=offline')
    mkdir -p "$root/root"
    ;;
  redis)
    programs sh cat grep redis-server redis-cli
    mkdir "$root/data"
    chown 999:999 "$root/data"
    changes+=(--change 'VOLUME /data')
    ;;
  postgres)
    version=$(find /usr/lib/postgresql -mindepth 1 -maxdepth 1 | sort -V | tail -n 1)
    programs sh bash cat mkdir chown chmod ls setpriv mktemp mv rm date find head tail sed tr sync sleep
    mkdir -p "$root$version" "$root/usr/share/postgresql" "$root/var/lib/postgresql/data"
    cp -r "$version/bin" "$version/lib" "$root$version/"
    cp -r "/usr/share/postgresql/$(basename "$version")" "$root/usr/share/postgresql/"
    add "$version"/bin/{initdb,postgres,psql,pg_isready,pg_dump,pg_restore,createdb,dropdb}
    [[ ! -d /usr/share/zoneinfo ]] || { mkdir -p "$root/usr/share" && cp -r /usr/share/zoneinfo "$root/usr/share/"; }
    chown -R 998:998 "$root/var/lib/postgresql"
    install -D -m 755 /dev/stdin "$root/usr/local/bin/entrypoint" <<ENTRYPOINT
#!/bin/bash
# The parts of the public image's that the bundle relies on.
set -euo pipefail
export PATH=$version/bin:\$PATH
data=/var/lib/postgresql/data
mkdir -p /var/run/postgresql && chown 998:998 /var/run/postgresql
as() { setpriv --reuid=998 --regid=998 --clear-groups "\$@"; }
if [[ ! -s \$data/PG_VERSION ]]; then
  chown 998:998 "\$data" && chmod 700 "\$data"
  as initdb -D "\$data" -U "\$POSTGRES_USER" --pwfile="\$POSTGRES_PASSWORD_FILE" --auth-local=trust --auth-host=scram-sha-256 --encoding=UTF8 --locale=C >/dev/null
  echo "host all all all scram-sha-256" >> "\$data/pg_hba.conf"
  printf "CREATE DATABASE %s;\n" "\$POSTGRES_DB" | as postgres --single -D "\$data" postgres >/dev/null
fi
exec setpriv --reuid=998 --regid=998 --clear-groups postgres -D "\$data" -c listen_addresses='*' -c unix_socket_directories=/var/run/postgresql
ENTRYPOINT
    changes+=(--change "ENV PATH=$version/bin:/usr/local/bin:/usr/bin:/bin" --change 'VOLUME /var/lib/postgresql/data' --change 'ENTRYPOINT ["entrypoint"]')
    ;;
  mariadb)
    programs sh bash cat mkdir chown chmod cp ls setpriv mktemp mv rm date find head tail sed tr sync sleep gzip grep mariadb mariadb-dump mariadb-admin
    server=$(PATH=$PATH:/usr/sbin command -v mariadbd)
    add "$server"
    mkdir -p "$root/usr/share/mysql" "$root/usr/share/mysql-data" "$root/var/lib/mysql"
    cp -r /usr/share/mysql/{english,charsets} "$root/usr/share/mysql/"
    mariadb-install-db --no-defaults --user=root --datadir="$root/usr/share/mysql-data" --auth-root-authentication-method=normal --skip-test-db --innodb-use-native-aio=0 >/dev/null
    install -D -m 755 /dev/stdin "$root/usr/local/bin/entrypoint" <<ENTRYPOINT
#!/bin/bash
# The parts of the public image's that the bundle relies on.
set -euo pipefail
data=/var/lib/mysql
mkdir -p /run/mysqld
[[ -d \$data/mysql ]] || cp -r /usr/share/mysql-data/. "\$data/"
# A statement a line.
printf "CREATE DATABASE IF NOT EXISTS %s;\nCREATE USER IF NOT EXISTS '%s'@'%%' IDENTIFIED BY '%s';\nGRANT ALL ON %s.* TO '%s'@'%%';\n" \
  "\$MARIADB_DATABASE" "\$MARIADB_USER" "\$(cat "\$MARIADB_PASSWORD_FILE")" "\$MARIADB_DATABASE" "\$MARIADB_USER" > /run/mysqld/init.sql
chown -R 997:997 "\$data" /run/mysqld
exec setpriv --reuid=997 --regid=997 --clear-groups $server --no-defaults --datadir="\$data" --socket=/run/mysqld/mysqld.sock \
  --bind-address=0.0.0.0 --innodb-use-native-aio=0 --init-file=/run/mysqld/init.sql
ENTRYPOINT
    install -D -m 755 /dev/stdin "$root/usr/local/bin/healthcheck.sh" <<'HEALTHCHECK'
#!/bin/bash
MYSQL_PWD=$(cat "$MARIADB_PASSWORD_FILE") exec mariadb --protocol=tcp --host=127.0.0.1 --user="$MARIADB_USER" --execute='SELECT 1' "$MARIADB_DATABASE"
HEALTHCHECK
    changes+=(--change 'VOLUME /var/lib/mysql' --change 'ENTRYPOINT ["entrypoint"]')
    ;;
esac

engine=${ENGINE:-docker}
if [[ $engine == docker ]]; then
  # BuildKit asks for it.
  changes+=(--platform linux/amd64)
fi
tar --create --directory "$root" . | "$engine" import "${changes[@]}" - "$name" >/dev/null
