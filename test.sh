#!/usr/bin/env bash
# Builds with warnings as errors, runs every test and ends with the line "N passed, N failed".
# Arguments go to 'dotnet test', such as --filter FullyQualifiedName~Lineage
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/LocalHost/setup.sh"
setup_check "$root"
setup_node_packages "$root"
setup_build "$root"
command -v chromium >/dev/null || echo "Chromium is missing: the tests that need a browser are left out (Debian: apt-get install chromium)." >&2

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
status=0
(cd "$root" && dotnet test Tests/Tests.csproj -c Release --no-build --nologo \
  --blame-hang-timeout 5m --blame-hang-dump-type none \
  --logger "trx;LogFileName=results.trx" --results-directory "$results" "$@") || status=$?
[ -s "$results/results.trx" ] || fail "no test ran (the runner ended with $status)."

counters=$(grep -o '<Counters [^>]*>' "$results/results.trx" | head -n 1)
count() { echo "$counters" | sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p"; }
passed=$(count passed)
# Skipped tests are in the total only.
failed=$(($(count executed) - passed))
if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
echo "$passed passed, $failed failed"
exit "$status"
