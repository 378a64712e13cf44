#!/bin/sh
# Installs MAIE Edge as a service, or upgrades it. Safe to run again.
usage() {
  cat <<'END'
usage: systemd/install.sh [--root DIR] [--no-restart] [--http[=NETWORK]]

Installs from the unpacked tarball (or from a built source checkout) this script lies in:

  /usr/lib/maie-edge       the program; replaced as a whole by an upgrade
  /usr/bin/maie-edge       the command
  /etc/maie-edge           maie-edge.yaml, environment; files that exist are never touched
  /srv/maie-edge           inbox, outbox, failed, archive, work
  /var/lib/maie-edge       state, logs, models (models of yours are never touched)

  --root DIR      install below DIR instead of / (to make an image, or to look)
  --no-restart    after an upgrade, do not restart a running service
  --http          open the local API to this device: a drop-in in /etc/systemd/system,
                  which later upgrades keep and whose removal closes the API again
  --http=NETWORK  open it to a network as well, such as 192.168.1.0/24; docs/API.md says
                  which settings that needs
  --help          this text

Needs: root, Java 17 or newer, ffmpeg, systemd. On Debian:
  apt install openjdk-17-jre-headless ffmpeg

Then:     systemctl enable --now maie-edge && maie-edge doctor
Uninstall (recordings, results, models and settings stay):
  systemctl disable --now maie-edge
  rm -r /usr/lib/maie-edge /usr/bin/maie-edge /usr/lib/systemd/system/maie-edge.service \
    /usr/lib/systemd/system/maie-edge-access.service /usr/lib/systemd/system/maie-edge-access.path \
    /usr/lib/systemd/system/maie-edge-finished.service /usr/lib/systemd/system/maie-edge-finished.path \
    /usr/lib/sysusers.d/maie-edge.conf /usr/lib/tmpfiles.d/maie-edge.conf
  systemctl daemon-reload
END
}
set -eu

fail() { # exit code, sentences
  code=$1
  shift
  printf 'install.sh: %s\n' "$@" >&2
  exit "$code"
}

root=
restart=yes
http=
network=
while [ $# -gt 0 ]; do
  case $1 in
    --root)
      [ $# -ge 2 ] || fail 64 "--root needs a directory"
      root=$2
      shift
      ;;
    --root=*) root=${1#--root=} ;;
    --no-restart) restart= ;;
    --http) http=yes ;;
    --http=*)
      http=yes
      network=${1#--http=}
      case $network in
        "" | *[!0-9a-fA-F.:/]*)
          fail 64 "Expected a network such as 192.168.1.0/24, found '$network'"
          ;;
      esac
      ;;
    --help | -h)
      usage
      exit 0
      ;;
    *) fail 64 "Unknown option '$1'" "See: install.sh --help" ;;
  esac
  shift
done

source=$(readlink -f -- "$0")
source=${source%/systemd/install.sh}
lib=$source/lib
samples=$source/samples
if [ -f "$source/pom.xml" ]; then
  lib=$source/target/lib
  samples=$source/src/main/dist/samples
fi
[ -f "$lib/maie-edge.jar" ] || fail 78 "'$lib/maie-edge.jar' is missing." \
  "In a source checkout run this first: mvn package"
if [ -n "$root" ]; then
  mkdir -p -- "$root"
  root=$(readlink -f -- "$root")
  [ "$root" != / ] || root=
fi
[ -n "$root" ] || [ "$(id -u)" = 0 ] || fail 78 "Only root can install to /; try sudo, or --root DIR."

program=$root/usr/lib/maie-edge
[ ! -e "$program" ] || [ -f "$program/lib/maie-edge.jar" ] || fail 78 \
  "'$program' exists, but is no installation of MAIE Edge; it is left alone. Move it away first."

say() { echo "install.sh: $*"; }

# The program: made beside, then swapped, so that an interrupted upgrade leaves one or the other whole.
say "program      $program"
rm -rf -- "$program.new"
mkdir -p -- "$program.new/bin" "$program.new/config"
cp -- "$source/bin/maie-edge" "$program.new/bin/"
cp -R -- "$lib" "$program.new/lib"
rm -f -- "$program.new"/lib/*.jsa
cp -R -- "$samples" "$program.new/samples"
for part in docs README.md CHANGELOG.md LICENSE NOTICE; do
  [ ! -e "$source/$part" ] || cp -R -- "$source/$part" "$program.new/"
done
# Settings and models live where they may change; the program finds them here.
rmdir -- "$program.new/config"
ln -s ../../../etc/maie-edge "$program.new/config"
ln -s ../../../etc/maie-edge/environment "$program.new/environment"
ln -s ../../../var/lib/maie-edge/models "$program.new/models"
chmod -R u=rwX,go=rX -- "$program.new"
cp -- "$source/systemd/open-inbox" "$source/systemd/run-finished" "$program.new/bin/"
chmod 755 -- "$program.new/bin/maie-edge" "$program.new/bin/open-inbox" "$program.new/bin/run-finished"
rm -rf -- "$program.old"
[ ! -e "$program" ] || mv -- "$program" "$program.old"
mv -- "$program.new" "$program"
rm -rf -- "$program.old"
mkdir -p -- "$root/usr/bin"
ln -sfn ../lib/maie-edge/bin/maie-edge "$root/usr/bin/maie-edge"

# Settings: what exists stays; the files of this version lie beside the documents for comparison.
say "settings     $root/etc/maie-edge"
settings() { # from, to
  if [ -e "$2" ]; then
    say "             kept $2"
  else
    mkdir -p -- "${2%/*}"
    # Editors find the schema of settings by its path.
    sed 's|=\.\./docs/schema/|=/usr/lib/maie-edge/docs/schema/|' "$1" >"$2"
    chmod 644 -- "$2"
  fi
}
settings "$source/systemd/maie-edge.environment" "$root/etc/maie-edge/environment"
if [ -d "$source/config" ]; then
  cp -R -- "$source/config" "$program/config.example"
  chmod -R u=rwX,go=rX -- "$program/config.example"
  (cd "$source/config" && find . -type f ! -name '.*' -print) | while IFS= read -r file; do
    settings "$source/config/${file#./}" "$root/etc/maie-edge/${file#./}"
  done
fi

say "units        $root/usr/lib/systemd/system, sysusers.d, tmpfiles.d"
place() { # from, to
  mkdir -p -- "${2%/*}"
  cp -- "$1" "$2"
  chmod 644 -- "$2"
}
for unit in maie-edge.service maie-edge-access.service maie-edge-access.path \
  maie-edge-finished.service maie-edge-finished.path; do
  place "$source/systemd/$unit" "$root/usr/lib/systemd/system/$unit"
done
place "$source/systemd/maie-edge.sysusers.conf" "$root/usr/lib/sysusers.d/maie-edge.conf"
place "$source/systemd/maie-edge.tmpfiles.conf" "$root/usr/lib/tmpfiles.d/maie-edge.conf"

if [ -n "$http" ]; then
  dropin=$root/etc/systemd/system/maie-edge.service.d/http.conf
  say "local API    $dropin"
  mkdir -p -- "${dropin%/*}"
  cat > "$dropin.new" <<END
# Opens the local API; made by install.sh --http. Remove this file to close it again.
[Service]
Environment=MAIE_HTTP__ENABLED=true
# Sockets of the network, bound to the port of the API only; another http.port belongs here as well.
PrivateNetwork=no
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
SocketBindDeny=any
SocketBindAllow=tcp:8480
# Packets of these addresses pass; those of all others do not (IPAddressDeny=any).
IPAddressAllow=localhost${network:+ $network}
END
  chmod 644 -- "$dropin.new"
  mv -- "$dropin.new" "$dropin"
fi

say "folders      $root/srv/maie-edge, $root/var/lib/maie-edge"
if command -v systemd-sysusers > /dev/null && command -v systemd-tmpfiles > /dev/null \
  && [ "$(id -u)" = 0 ]; then
  systemd-sysusers ${root:+"--root=$root"} maie-edge.conf
  systemd-tmpfiles ${root:+"--root=$root"} --create maie-edge.conf
else
  [ -n "$root" ] || fail 78 "systemd-sysusers and systemd-tmpfiles are needed and missing."
  # An image made without them, or not by root: systemd makes user and folders at its first start.
  mkdir -p -- "$root/var/lib/maie-edge/models"
fi

# The models that ship belong to the program and are replaced; folders of other names are not looked at.
if [ -d "$source/models" ]; then
  for model in "$source"/models/*/; do
    [ -d "$model" ] || continue
    name=$(basename -- "$model")
    say "model        $root/var/lib/maie-edge/models/$name"
    mkdir -p -- "$root/var/lib/maie-edge/models/$name"
    cp -R -- "$model." "$root/var/lib/maie-edge/models/$name/"
    chmod -R u=rwX,go=rX -- "$root/var/lib/maie-edge/models/$name"
  done
fi

# Quick starts of the short commands; the program works without.
"$program/bin/maie-edge" --version > /dev/null 2>&1 || :

if [ -z "$root" ] && [ -d /run/systemd/system ]; then
  systemctl daemon-reload
  if [ -n "$restart" ]; then systemctl try-restart maie-edge; fi
fi
say "done. Next: systemctl enable --now maie-edge && maie-edge doctor"
