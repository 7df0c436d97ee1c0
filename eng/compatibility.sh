#!/usr/bin/env bash
# Makes apps of the published schemas in ../shared/corpus (or $SCHEMADEPLOY_CORPUS), uses every table of them over
# HTTP on SQLite, PostgreSQL and MariaDB, and writes the results to docs/compatibility.md; what types and values become
# on each database goes to docs/databases.md.
#
#   eng/compatibility.sh
#
# Ends 0 when everything works. The same tests are part of eng/test.sh, which writes nothing.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
# shellcheck source=eng/shared-compiler.sh
source eng/shared-compiler.sh
trap 'stop_compiler || true' EXIT

project=tests/SchemaDeploy.Compatibility.Tests
dotnet build "$project" --nologo --verbosity quiet
SCHEMADEPLOY_ON_ALL_DATABASES=1000 SCHEMADEPLOY_COMPATIBILITY="$PWD/docs/compatibility.md" SCHEMADEPLOY_DATABASES="$PWD/docs/databases.md" dotnet test "$project" --no-build --nologo
