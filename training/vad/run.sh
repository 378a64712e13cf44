#!/bin/sh
# Makes vad-starter from Debian packages and text: voices, mixtures, training, ONNX, manifest, report.
# usage: training/vad/run.sh SHARED [DATA]
#   SHARED  the folder with audio/ami, text/lj-sentences.txt and models/silero_vad.onnx
#   DATA    scratch space of about 3 GB (default: training/.data/vad)
# Needs the Debian packages flite, espeak-ng, festival with festvox-kallpc16k, festvox-kdlpc16k and
# festvox-us-slt-hts, ffmpeg; and Python with what requirements.txt names. SHARDS and MINUTES
# shorten or lengthen the work; REPORT.md says how much of it the model in the repository had.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
shared=$(cd "$1" && pwd)
data=${2:-$root/training/.data/vad}
mkdir -p "$data" && data=$(cd "$data" && pwd)
text=$shared/text/lj-sentences.txt
silero=$shared/models/silero_vad.onnx
export OMP_NUM_THREADS=1
cd "$here"
./sources.sh "$data/sources"
[ -f "$data/pool/speech.json" ] || python3 speech.py "$text" "$data/sources/unpacked" "$data/pool"
python3 examples.py --pool "$data/pool" --unpacked "$data/sources/unpacked" --ami "$shared/audio/ami" \
  --silero "$silero" --out "$data/shards" --shards "0:${SHARDS:-120}"
python3 train.py "$data/shards" "$data/run" --minutes "${MINUTES:-30}"
python3 export.py "$data/run/last.pt" "$root/models/vad-starter"
[ -f "$data/nonspeech/telephone.wav" ] || python3 nonspeech.py "$text" "$data/nonspeech"
[ -f "$data/spoken/reference.rttm" ] || python3 spoken.py "$text" "$data/spoken"
python3 evaluate.py --starter "$root/models/vad-starter" --silero "$silero" --ami "$shared/audio/ami" \
  --nonspeech "$data/nonspeech" --spoken "$data/spoken" \
  --music "held-out music=$data/sources/unpacked/usr/share/asterisk/moh/reno_project-system.g722" \
  --speech "jfk=$shared/audio/jfk.flac" --speech "libri=$shared/audio/libri-1272-141231-0002.wav" \
  --report "$root/models/vad-starter/REPORT.md"
