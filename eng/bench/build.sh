#!/usr/bin/env bash
# Measures what the SDK adds to a build and writes the figures into docs/performance.md.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

version=$(eng/pack.sh | tail -n 1)
unpacked=$(mktemp -d)
trap 'rm -rf "$unpacked"' EXIT
# The tool as it ships. A package is a zip file, which the build itself can unpack.
dotnet build eng/bench/Build/BuildBenchmark.csproj -c Release -v quiet -nologo
dotnet msbuild eng/bench/Unpack.proj -nologo -v:quiet \
  -p:Package="$PWD/artifacts/packages/SchemaDeploy.Sdk.$version.nupkg" -p:Folder="$unpacked"
dotnet exec eng/bench/Build/bin/Release/net10.0/BuildBenchmark.dll \
  "$unpacked/tools/net10.0" "$version" "$PWD/artifacts/packages" docs/performance.md
