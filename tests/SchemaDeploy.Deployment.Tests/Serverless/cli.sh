#!/usr/bin/env bash
# Stands for vercel, netlify and the program, which it is named: writes down what it was asked, and answers out of files in PLATFORM.
#   NAME-VERB     what it prints       NAME-VERB.fails     where it ends with 1
set -euo pipefail
name=$(basename "$0")
verb=${1:-}
if [[ $verb == api ]]; then
  verb=$2
elif [[ $verb == deploy && $* == *--prod* ]]; then
  verb=deploy-prod
fi
echo "$name $*" >> "$PLATFORM/asked"
case "$name $verb" in
  "vercel env" | "netlify env:list") cat "$PLATFORM/present" ;;
  *) cat "$PLATFORM/$name-$verb" 2>/dev/null || true ;;
esac
if [[ $name-$verb == vercel-env && $2 == add ]]; then
  echo "$3=$(cat)" >> "$PLATFORM/values"
elif [[ $verb == env:set ]]; then
  echo "$2=$3" >> "$PLATFORM/values"
fi
[[ ! -e $PLATFORM/$name-$verb.fails ]]
