# What run.sh and test.sh have in common: checks, npm packages, the build. Sourced, not run.

fail() {
  echo "marketline: $*" >&2
  exit 1
}

# What has to be there, before anything takes time.
setup_check() {
  command -v node >/dev/null || fail "node is missing: install Node.js 20 or newer (Debian: apt-get install nodejs npm)."
  command -v npm >/dev/null || fail "npm is missing: install it beside Node.js (Debian: apt-get install npm)."
  local major
  major=$(node --version | sed 's/^v\([0-9]*\).*/\1/')
  [ "$major" -ge 20 ] || fail "Node.js 20 or newer is needed, this is $(node --version)."
  command -v dotnet >/dev/null || fail "dotnet is missing: install the .NET SDK 10."
  (cd "$1" && dotnet --version >/dev/null 2>&1) || fail "the .NET SDK that global.json asks for is missing: install the .NET SDK 10 ($(cd "$1" && dotnet --version 2>&1 | head -n 1))."
}

# Quick when nothing changed: npm runs only when the lock file is newer than its last installation.
setup_node_packages() {
  local npm_folder=$1/LocalHost/npm
  if [ ! "$npm_folder/node_modules/.installed" -nt "$npm_folder/package-lock.json" ]; then
    echo "Installing the storage emulator and DuckDB's native library ..." >&2
    (cd "$npm_folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >&2) || fail "npm ci failed in LocalHost/npm."
    touch "$npm_folder/node_modules/.installed"
  fi
}

# Builds when a source is newer than the last build.
setup_build() {
  local root=$1 stamp=$1/artifacts/local/.built
  if [ ! -e "$stamp" ] || [ -n "$(sources_newer_than "$root" "$stamp")" ]; then
    echo "Building ..." >&2
    local log=$root/artifacts/build.log started
    mkdir -p "$root/artifacts/local"
    started=$(mktemp)
    (cd "$root" && dotnet build FunctionsApp.sln -c Release -v quiet -nologo -p:RestoreLockedMode=true >"$log" 2>&1) || {
      grep -E "error|warning" "$log" | sort -u | head -n 20 >&2
      rm -f "$started"
      fail "the build failed; all of its output is in artifacts/build.log."
    }
    # What was edited while it was built is newer than the stamp.
    touch -r "$started" "$stamp"
    rm -f "$started"
  fi
}

sources_newer_than() {
  find "$1" \( -name node_modules -o -name artifacts -o -name .git -o -name .azurite -o -name .engine \) -prune -o -type f \
    \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name '*.targets' -o -name '*.sln' -o -name '*.json' -o -name '*.txt' -o -name '*.css' -o -name '*.js' -o -name api.md -o -name .editorconfig \) \
    -newer "$2" -print -quit
}
