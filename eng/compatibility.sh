#!/usr/bin/env bash
# Makes apps of the published schemas in ../shared/corpus (or $SCHEMADEPLOY_CORPUS), uses every table of them over
# HTTP, and writes the results to docs/compatibility.md.
#
#   eng/compatibility.sh
#
# Ends 0 when everything works. The same tests are part of eng/test.sh, which writes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

project=tests/SchemaDeploy.Compatibility.Tests
dotnet build "$project" --nologo --verbosity quiet
SCHEMADEPLOY_COMPATIBILITY="$PWD/docs/compatibility.md" dotnet test "$project" --no-build --nologo
