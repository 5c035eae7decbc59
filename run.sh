#!/usr/bin/env bash
# Sets up what Marketline needs on one machine and hands over to its command line:
#   ./run.sh                        start everything, Ctrl+C stops it
#   ./run.sh --once                 run the main job once over the demo tenants
#   ./run.sh --once --pages FOLDER  run it over a folder of saved pages
#   ./run.sh extract URL-OR-FILE    show what is found on a page; with --folder FOLDER, on a folder of saved pages
#   ./run.sh robots URL             show what a site's robots.txt decides about an address
#   ./run.sh --help                 all commands
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$root/LocalHost/setup.sh"
setup_check "$root"
setup_node_packages "$root"
setup_build "$root"
exec dotnet "$root/artifacts/local/bin/Cli/release/marketline.dll" "$@"
