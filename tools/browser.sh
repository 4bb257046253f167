#!/usr/bin/env bash
# What the browser tests need: Chromium from Debian's packages and axe-core from npm. Where something cannot be had, the
# tests say so and are skipped; with CI set that is an error, because a job that skips them proves nothing.
set -uo pipefail
cd "$(dirname "$0")/.."

fail=0
miss() { echo "browser tests: $1" >&2; fail=1; }

has_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif [ -n "${CI:-}" ]; then sudo -n "$@"  # nobody's own machine: ask for no password, and do not ask elsewhere
  else return 1
  fi
}

if ! has_chromium > /dev/null; then
  apt=(apt-get -qq -o Acquire::Retries=1 -o Acquire::http::Timeout=20 -o DPkg::Lock::Timeout=60)
  if command -v apt-get > /dev/null && as_root true 2> /dev/null; then
    echo "browser tests: installing Chromium" >&2
    as_root "${apt[@]}" update > /dev/null 2>&1
    as_root env DEBIAN_FRONTEND=noninteractive "${apt[@]}" install -y --no-install-recommends chromium > /dev/null 2>&1
  fi
  has_chromium > /dev/null || miss "no Chromium; install it with: apt-get install chromium"
fi

if [ ! -f tests/browser/node_modules/axe-core/axe.min.js ]; then
  npm install --prefix tests/browser --no-audit --no-fund --no-package-lock --silent \
    --fetch-retries 1 --fetch-timeout 20000 > /dev/null 2>&1 || miss "no axe-core; install npm, then run tools/browser.sh"
fi

[ -z "${CI:-}" ] || exit $fail
