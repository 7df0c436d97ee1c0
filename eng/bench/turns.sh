#!/usr/bin/env bash
# What measurements of several programs beside each other have in common: a database of the same rows for each, and the same
# requests in turns. Sourced after sample.sh. The caller has the list of peers, of which "generated" is the sample in
# $folder/generated, the name of wrk's script in $requests, perhaps that of the database in $engine, and a function program PEER
# that says how a peer is started.
# shellcheck disable=SC2154 # sample.sh and the caller have assigned them
# .NET compiles what is called often anew, the better for what it has seen: for a while of requests. So does Node.js.
warm=20
connections=32
rows=10000
declare -A process=() base=()
engine=${engine:-postgresql}
# shellcheck source=eng/bench/engines.sh
source eng/bench/engines.sh

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

# start PEER PATH [OPTION…]: until PATH answers 200 to curl with the options; the seconds are in $took.
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

# make_databases: one with rows, and a copy of it for each.
make_databases() {
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
}

# start_measured PEER PATH OPTION…: start, with a line of figures.
start_measured() {
  start "$@"
  echo "start $1 $took $(du -sb "$folder/$1" | cut -f 1)" >>"$folder/figures"
}

# measure ROUND OPERATION PEER SECONDS: a line of figures.
measure() {
  local figures server database count tag=$2-$1-$RANDOM
  count=$(statements "$3") server=$(busy "${process[$3]}") database=$(engine_busy)
  figures=$(wrk --threads 1 --connections $connections --duration "${4}s" --script "$root/eng/bench/$requests" "${base[$3]}" -- "$2" "$token" "$tag" "$3" | sed -n 's/^figures //p')
  server=$(($(busy "${process[$3]}") - server)) database=$(($(engine_busy) - database))
  count=$(($(statements "$3") - count))
  echo "$1 $2 $3 $figures $server $database $count" | tee -a "$folder/figures" >&2
}

# measure_in_turns ROUNDS SECONDS OPERATION…: all peers, after a longer round that warms up.
measure_in_turns() {
  local round operation turn
  for ((round = 0; round <= $1; round++)); do
    for operation in "${@:3}"; do
      for ((turn = 0; turn < ${#peers[@]}; turn++)); do
        measure "$round" "$operation" "${peers[(turn + round) % ${#peers[@]}]}" "$((round == 0 ? warm : $2))"
      done
    done
  done
  for peer in "${peers[@]}"; do
    echo "memory $peer $(awk '/^VmRSS:/ { print $2 }' "/proc/${process[$peer]}/status")" >>"$folder/figures"
  done
}
