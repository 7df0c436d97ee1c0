#!/usr/bin/env bash
# Answers as a cluster would, out of files in the folder CLUSTER, and writes down what it was asked.
#   secret      the keys of the Secret     previous   the image that runs
#   job         how the Job ends           rollout    "fails" where the new version does not become ready
#   failure     a pattern: what it was asked so is done, and ends with 1
set -euo pipefail
state() { cat "$CLUSTER/$1" 2>/dev/null || true; }

case "$1" in
  kustomize) exec "$KUBECTL" "$@" ;;
  config)
    echo kind
    exit 0
    ;;
esac
all="$*"
echo "$all" >> "$CLUSTER/asked"
case "$all" in
  *"--dry-run=client"*) exec "$KUBECTL" "$@" ;;
  "get namespace"*) state namespace ;;
  "create namespace"*) echo created > "$CLUSTER/namespace" ;;
  "get secret"*) state secret ;;
  "create secret"*)
    folder=${all##*--from-file=}
    ls "$folder" > "$CLUSTER/secret"
    mkdir -p "$CLUSTER/values" && cp "$folder"/* "$CLUSTER/values"
    ;;
  "patch secret"*) cp "${all##*--patch-file=}" "$CLUSTER/patch.json" ;;
  "get deployment"*revision*) [[ -z $(state previous) ]] || { [[ -e $CLUSTER/applied ]] && echo 8 || echo 7; } ;;
  "get deployment"*) state previous ;;
  "get job"*) state job ;;
  "get ingress"*) echo shop.acme.org ;;
  apply*selector*) ;;
  apply*) touch "$CLUSTER/applied" ;;
  "rollout undo"*) rm "$CLUSTER/rollout" ;;
  "rollout status"*) [[ $(state rollout) != fails ]] ;;
  logs*) echo "what it said" ;;
esac
[[ ! -e $CLUSTER/failure || ! $all =~ $(state failure) ]]
