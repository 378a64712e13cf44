#!/bin/sh
# Makes the synthetic sample recordings of texts.tsv (name, voice, text) with freely licensed
# synthesizers. Recordings with the voice "person" are people's and are left alone.
#
#   src/main/dist/samples/make.sh        needs: flite espeak-ng sox ffmpeg
#
# Voices: flite's slt, rms and awb (CMU ARCTIC voices, BSD-like licence); espeak-ng's en-us (the
# program is GPL-3.0, which does not extend to what it says). The texts are ours. These recordings may
# be used like the rest of this repository (Apache-2.0).
#
# People: kennedy.flac is a sentence of John F. Kennedy's inaugural address, 1961; "two cities.ogg"
# is the opening of Charles Dickens's "A Tale of Two Cities", read for LibriVox. Both are in the
# public domain.
set -eu
cd "$(dirname -- "$0")"
temporary=$(mktemp -d)
trap 'rm -rf -- "$temporary"' EXIT

tab=$(printf '\t')
while IFS=$tab read -r name voice text; do
  case $name in '' | '#'*) continue ;; esac
  if [ "$voice" = person ]; then continue; fi
  case $voice in
    espeak-*) espeak-ng -v "${voice#espeak-}" -s 155 -w "$temporary/spoken.wav" "$text" ;;
    *) flite -voice "$voice" -t "$text" -o "$temporary/spoken.wav" ;;
  esac
  # half a second of quiet at both ends, and a level like that of a recorder
  sox -R "$temporary/spoken.wav" -r 16000 -c 1 -b 16 "$temporary/padded.wav" norm -6 pad 0.5 0.5
  ffmpeg -nostdin -v error -y -i "$temporary/padded.wav" -map_metadata -1 -fflags +bitexact \
    -flags:a +bitexact -b:a 32k "./$name"
  echo "$name: $(soxi -D "$temporary/padded.wav") s"
done < texts.tsv
