#!/usr/bin/env bash
# Runs every test: .NET units and hubs in one process, real processes and the official JavaScript client, then the TypeScript packages.
# Ends with "N passed, N failed", and ", N skipped" where some were.
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

need() {
  command -v "$1" >/dev/null || { echo "$1 is missing: $2"; exit 1; }
}
need dotnet "install the .NET 10 SDK"
need node "install Node.js 20 or later"
need npm "it comes with Node.js"
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
if [ -z "${CHROMIUM:-$(find_chromium)}" ] && [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium >/dev/null
fi
CHROMIUM=${CHROMIUM:-$(find_chromium)}
for package in redis-server nginx-light; do
  command -v "${package%-light}" >/dev/null || [ -x "/usr/sbin/${package%-light}" ] && continue
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && apt-get install -y -qq --no-install-recommends "$package" >/dev/null
  fi
  command -v "${package%-light}" >/dev/null || [ -x "/usr/sbin/${package%-light}" ] ||
    { echo "${package%-light} is missing: install it (Debian: apt-get install $package)"; exit 1; }
done
[ -n "$CHROMIUM" ] || { echo "chromium is missing: install it (Debian: apt-get install chromium), or set CHROMIUM to a Chrome"; exit 1; }
export CHROMIUM

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0 skipped=0

for package in clients/scripts clients/realtime-client clients/dashboard tests/e2e; do
  npm ci --prefix "$package" --no-audit --no-fund --silent || { echo "npm ci failed in $package"; exit 1; }
done
dotnet build RealtimeHub.sln --configuration Release -v quiet || { echo "The build failed."; exit 1; }

for project in tests/RealtimeHub.Tests tests/RealtimeHub.IntegrationTests; do
  name=$(basename "$project")
  dotnet test "$project" --configuration Release --no-build --logger "trx;LogFileName=$name.trx" --results-directory "$results" || true
  counters=$(grep -o '<Counters [^>]*' "$results/$name.trx" 2>/dev/null)
  if [ -z "$counters" ]; then
    echo "$name did not run to its end."
    failed=$((failed + 1))
    continue
  fi
  count() { echo "$counters" | grep -oE "(^| )$1=\"[0-9]+\"" | grep -oE '[0-9]+'; }
  passed=$((passed + $(count passed)))
  failed=$((failed + $(count failed) + $(count error) + $(count timeout) + $(count aborted)))
  skipped=$((skipped + $(count notExecuted)))
done

# What a package checks besides its tests (types, lint, size) counts as one test, its tests as they are.
check() {
  local package=$1 report="$results/$(basename "$1").json"
  shift
  export PLAYWRIGHT_JSON_OUTPUT_NAME=$report
  if npm run --prefix "$package" --silent check -- "$@"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
  number() { grep -oE "\"($1)\": ?[0-9]+" "$report" 2>/dev/null | head -1 | grep -oE '[0-9]+$' || echo 0; }
  passed=$((passed + $(number 'numPassedTests|expected')))
  failed=$((failed + $(number 'numFailedTests|unexpected')))
  skipped=$((skipped + $(number 'numPendingTests|skipped')))
}
for package in clients/realtime-client clients/dashboard; do
  check "$package" --reporter=default --reporter=json --outputFile.json="$results/$(basename "$package").json"
done
check tests/e2e --reporter=list,json

line="$passed passed, $failed failed"
[ "$skipped" -gt 0 ] && line="$line, $skipped skipped"
echo "$line"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
