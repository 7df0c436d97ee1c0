#!/usr/bin/env bash
# Packs SchemaDeploy.Sdk, the libraries that its projects reference and the templates into artifacts/packages/.
#
#   eng/pack.sh [--release] [VERSION]      (or SCHEMADEPLOY_VERSION=… eng/pack.sh)
#
# Without a version it makes one that has never been used: NuGet keeps what it once unpacked, so a package that is
# packed again under its old version is not picked up. The last line printed is the version.
#
# The package has the schema compiler compiled ahead for the platform that packs, with --release for all those below;
# elsewhere it runs all the same and starts more slowly.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

platforms=()
if [[ ${1:-} == --release ]]; then
  # Escaped, because a semicolon would end the property.
  platforms=(-p:ToolImagePlatforms=linux-x64%3Blinux-arm64%3Bwin-x64%3Bosx-arm64)
  shift
fi

version=${1:-${SCHEMADEPLOY_VERSION:-}}
if [[ -z $version ]]; then
  commit=$(git rev-parse --short HEAD 2>/dev/null || echo none)
  # The process id tells apart two runs within one second.
  version="1.0.0-dev.$(date -u +%Y%m%d%H%M%S).g$commit.$$"
fi

pack() {
  # Whoever waits at a terminal sees for what.
  [[ ! -t 2 ]] || echo "Packing $(basename "$1") …" >&2
  dotnet pack "$1" --configuration Release --output artifacts/packages --nologo --verbosity quiet \
    -p:PackageVersion="$version" "${platforms[@]}"
}

# The SDK takes as long as all others, and has no project in common with them.
pack sdk/SchemaDeploy.Sdk &
for project in src/SchemaDeploy.AspNetCore src/SchemaDeploy.AspNetCore.GraphQL src/SchemaDeploy.Testing sdk/SchemaDeploy.Templates; do
  pack "$project"
done
wait $!

echo "$version"
