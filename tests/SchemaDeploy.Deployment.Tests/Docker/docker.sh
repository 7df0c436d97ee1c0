#!/usr/bin/env bash
# Answers as a Docker engine would, out of files in the folder ENGINE, and writes down what it was asked.
#   running    the image of the container that runs, which is kept up to date
#   broken     an image that does not become healthy
#   failure    a pattern: what it was asked so is not done, and ends with 1
set -euo pipefail
state() { cat "$ENGINE/$1" 2>/dev/null || true; }
all="$*${IMAGE:+ IMAGE=$IMAGE}"
echo "$all" >> "$ENGINE/asked"
if [[ -e $ENGINE/failure && $all =~ $(state failure) ]]; then
  exit 1
fi
case "$all" in
  "compose "*" up "*) echo "$IMAGE" > "$ENGINE/running" ;;
  "compose "*" ps -q app") [[ -z $(state running) ]] || echo container ;;
  "compose "*" logs "*) echo "what it said" ;;
  "inspect "*Health*) [[ $(state running) == "$(state broken)" ]] && echo "running unhealthy" || echo "running healthy" ;;
  "inspect "*Image*) state running ;;
esac
