#!/usr/bin/env bash
# The databases that runtime.sh measures on: the functions of the one that $engine names. Sourced after sample.sh.
# shellcheck disable=SC2034,SC2154 # sample.sh and the caller set and use them
case $engine in
  postgresql)
    provider=PostgreSql
    url() { echo "postgres://bench@127.0.0.1:$port/$1"; }
    connection() { echo "Host=127.0.0.1;Port=$port;Username=bench;Database=$1;Maximum Pool Size=$connections;Max Auto Prepare=50;No Reset On Close=true"; }
    start_engine() {
      start_database synchronous_commit=off max_connections=300 shared_buffers=256MB shared_preload_libraries=pg_stat_statements
      sql -d postgres -c "CREATE DATABASE generated"
    }
    fill_engine() {
      fill generated "$user" "$rows"
      sql -d generated -c "CREATE EXTENSION pg_stat_statements" -c "VACUUM ANALYZE"
    }
    copy_database() { sql -d postgres -c "CREATE DATABASE $1 TEMPLATE generated"; }
    engine_busy() { database_busy; }
    # statements PEER: how many its database has had so far.
    statements() {
      sql -d "$1" -c "SELECT coalesce(sum(calls), 0) FROM pg_stat_statements
        WHERE dbid = (SELECT oid FROM pg_database WHERE datname = '$1') AND query NOT LIKE '%pg_stat_statements%'"
    }
    stop_engine() { :; }
    ;;
  sqlite)
    provider=Sqlite
    url() { echo "sqlite:$folder/$1.db"; }
    connection() { echo "Data Source=$folder/$1.db"; }
    start_engine() { :; }
    fill_engine() {
      sqlite3 "$folder/generated.db" "
        WITH RECURSIVE rows(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM rows WHERE n < $rows)
        INSERT INTO items (uuid, owner_id, item_type, quantity, value, metadata, created_at)
        SELECT lower(hex(randomblob(18))), $user, 'type ' || n, n % 100, printf('%.2f', n % 1000 / 4.0), '{\"color\": \"red\"}',
          strftime('%Y-%m-%d %H:%M:%S', '2024-01-01', n || ' minutes') FROM rows;
        ANALYZE"
    }
    copy_database() { cp "$folder/generated.db" "$folder/$1.db"; }
    engine_busy() { echo 0; }
    # It is part of the program, and counts none.
    statements() { echo 0; }
    stop_engine() { :; }
    ;;
  mariadb)
    provider=MySql
    engine_process=
    url() { echo "mysql://root@127.0.0.1:$port/$1"; }
    connection() { echo "Server=127.0.0.1;Port=$port;User=root;Database=$1;Maximum Pool Size=$connections;GuidFormat=None"; }
    maria() { "$1" --no-defaults --protocol=tcp --host=127.0.0.1 --port="$port" --user=root "${@:2}"; }
    start_engine() {
      local all=(--no-defaults "--datadir=$folder/data" "--tmpdir=$folder/data" --innodb-use-native-aio=0)
      mkdir "$folder/data"
      [[ $(id -u) != 0 ]] || chown nobody "$folder/data"
      as_server mariadb-install-db "${all[@]}" --auth-root-authentication-method=normal --skip-test-db >/dev/null
      as_server "$(command -v mariadbd || echo /usr/sbin/mariadbd)" "${all[@]}" "--socket=$folder/data/socket" "--pid-file=$folder/data/pid" --bind-address=127.0.0.1 --port="$port" \
        --max-connections=300 --innodb-buffer-pool-size=256M --innodb-flush-log-at-trx-commit=2 >"$folder/data.log" 2>&1 &
      until maria mariadb-admin --silent ping >/dev/null 2>&1; do sleep 0.1; done
      engine_process=$(<"$folder/data/pid")
      maria mariadb-admin create generated
    }
    fill_engine() {
      maria mariadb generated -e "
        INSERT INTO items (uuid, owner_id, item_type, quantity, value, metadata, created_at)
        SELECT uuid(), $user, concat('type ', seq), seq % 100, seq % 1000 / 4.0, '{\"color\": \"red\"}', '2024-01-01 00:00:00' + INTERVAL seq MINUTE
        FROM seq_1_to_$rows;
        ANALYZE TABLE items" >/dev/null
    }
    copy_database() {
      maria mariadb-admin create "$1"
      maria mariadb-dump generated | maria mariadb "$1"
    }
    engine_busy() { busy "$engine_process"; }
    statements() { maria mariadb --batch --skip-column-names -e "SHOW GLOBAL STATUS LIKE 'Questions'" | cut -f 2; }
    stop_engine() {
      [[ -z $engine_process ]] || kill "$engine_process"
      wait
    }
    ;;
esac
