#!/bin/sh
# Unpacks the freely licensed Debian recordings that train vad-starter into DIR, without installing them.
# usage: sources.sh DIR
set -eu
packages="asterisk-core-sounds-en-g722 asterisk-core-sounds-fr-g722 asterisk-core-sounds-es-g722
asterisk-core-sounds-it-g722 asterisk-core-sounds-ru-g722 asterisk-moh-opsound-g722 sonic-pi-samples"
mkdir -p "$1/packages" && cd "$1/packages"
for package in $packages; do
  [ -n "$(ls "$package"_*.deb 2>/dev/null)" ] || apt-get download "$package"
  dpkg-deb -x "$package"_*.deb "$1/unpacked"
done
