#!/usr/bin/env bash
# Installs what the tests need from the system: Chromium, and NASM + CMake for libjpeg-turbo.
# Says in one line what to install where it cannot. $1: a stamp, touched when all is there.
set -euo pipefail
stamp=$1
[ -e "$stamp" ] && exit 0

declare -A package=([chromium]=chromium [nasm]=nasm [cmake]=cmake)
missing=()
for program in "${!package[@]}"; do
  command -v "$program" >/dev/null || missing+=("${package[$program]}")
done

if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
  else
    echo "make test needs: ${missing[*]} (install them with your package manager, then run it again)" >&2
    exit 1
  fi
fi
touch "$stamp"
