#!/usr/bin/env bash
# Stands for a program of a cloud: writes down what it was asked, and answers out of files in PLATFORM.
#   answers    lines "WORDS => TEXT": prints the text of the first whose words are in what it was asked
#   failures   lines of words: ends with 1 where they are in what it was asked
# What it reads goes into values, and the files that it is given are kept.
set -euo pipefail
asked="$(basename "$0") $*"
printf '%s\n' "${asked//$'\n'/ }" >> "$PLATFORM/asked"
for argument in "$@"; do
  file=${argument#*=}
  file=${file#file://}
  file=${file#@}
  if [[ $file == - || $file == --password-stdin ]]; then
    printf '%s\t%s\n' "$asked" "$(cat)" >> "$PLATFORM/values"
  elif [[ -f $file ]]; then
    mkdir -p "$PLATFORM/kept" && cp "$file" "$PLATFORM/kept/"
  fi
done
while IFS= read -r line; do
  if [[ $asked == *"${line%% => *}"* ]]; then
    printf '%b\n' "${line#* => }"
    break
  fi
done < "$PLATFORM/answers"
while IFS= read -r words; do
  if [[ $asked == *"$words"* ]]; then
    exit 1
  fi
done < "$PLATFORM/failures"
