#!/usr/bin/env bash
# Downloads the packages that the faces come from, holds them against INPUTS.sha256, and unpacks them.
#   fonts/packages.sh FOLDER     downloads into FOLDER/in (kept and used again), unpacks into FOLDER/x
# Needs: Debian bookworm's apt (apt-get update first), npm, sha256sum.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1/in"
cd "$1/in"
deb() { [ -n "$(find . -name "$1_*.deb")" ] || apt-get -q download "$1=$2"; }
tgz() { [ -e "$1" ] || npm pack --silent "$2"; }
deb texlive-lang-chinese 2022.20230122-1
deb fonts-lxgw-wenkai 1.250+repack-1
deb unicode-data 15.0.0-1
tgz expo-google-fonts-noto-serif-sc-0.4.3.tgz @expo-google-fonts/noto-serif-sc@0.4.3
tgz expo-google-fonts-noto-sans-sc-0.4.3.tgz @expo-google-fonts/noto-sans-sc@0.4.3
sha256sum --check --strict --quiet "$here/INPUTS.sha256"

rm -rf ../x
mkdir ../x
for name in texlive-lang-chinese fonts-lxgw-wenkai unicode-data; do
  dpkg-deb -x "$name"_*.deb "../x/$name"
done
for name in noto-serif-sc noto-sans-sc; do
  mkdir "../x/$name"
  tar -xzf "expo-google-fonts-$name-0.4.3.tgz" -C "../x/$name"
done
