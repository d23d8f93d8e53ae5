#!/bin/sh
# Puts a Chromium on this machine for the browser tests: Debian's package where we may install packages,
# Playwright's own otherwise. Where neither is possible it says so and the tests are skipped.
cd "$(dirname "$0")/../.." || exit 1

found() {
    for name in ${CHROMIUM:-} chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return 0
    done
    for path in "${PLAYWRIGHT_BROWSERS_PATH:-$HOME/.cache/ms-playwright}"/chromium*/chrome-linux*/*; do
        case "$path" in
        */chrome | */headless_shell) echo "$path" && return 0 ;;
        esac
    done
    return 1
}

if ! found >/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        export DEBIAN_FRONTEND=noninteractive
        apt-get update -qq >/dev/null && apt-get install -y -qq chromium fonts-noto-color-emoji >/dev/null
    elif [ -x .venv/bin/playwright ]; then
        .venv/bin/playwright install --only-shell chromium
    fi
fi

if browser=$(found); then
    echo "Chromium for the browser tests: $browser"
else
    echo "no Chromium could be installed here: the browser tests will be skipped"
fi
