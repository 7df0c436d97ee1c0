#!/usr/bin/env bash
# One C# compiler for all the apps that tests build: starting it anew takes longer than compiling most of them. It is
# the run's own. Sourced by the scripts that run tests; they call stop_compiler when they end.
export UseSharedCompilation=true SharedCompilationId=schemadeploy-$$
stop_compiler() {
  grep -lsaE -- "[-]pipename:$SharedCompilationId" /proc/[0-9]*/cmdline | cut -d/ -f3 | xargs -r kill
}
