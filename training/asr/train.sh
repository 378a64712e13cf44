#!/usr/bin/env bash
# From Debian packages and training/text to models/asr-starter-en: data, lexicon, n-gram, training, export, evaluation, golden set.
#
#   training/asr/train.sh [MINUTES [DATA_FOLDER]]
#
# MINUTES is the training time on two cores (default 75). Started again with more MINUTES, it goes on from its checkpoints: steps whose result
# is there are skipped. Everything random has a fixed seed; two training processes that meet by the clock make runs alike, not equal to the bit.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
minutes=${1:-75}
data=${2:-$here/.data/asr}
model=$here/../models/asr-starter-en
mkdir -p "$data"
cd "$here"
export OMP_NUM_THREADS=1 PYTHONPATH=$here

if [ ! -e "$data/base/done" ]; then
    (nice python -m asr.make_data "$data/base" 0 3 2.0 && nice python -m asr.make_data "$data/base" 60 60 3.0 0.9) & first=$!
    (nice python -m asr.make_data "$data/base" 10 13 2.0 && nice python -m asr.make_data "$data/base" 61 61 3.0 0.9) & second=$!
    wait $first; wait $second
    touch "$data/base/done"
fi
[ -e "$data/vocabulary.txt" ] || python -m asr.vocabulary "$data/vocabulary.txt" 52000
[ -e "$data/lexicon.txt.gz" ] || python -m asr.lexicon "$data/lexicon.txt.gz" "$data/vocabulary.txt" 2000
[ -e "$data/lm.arpa.gz" ] || python -m asr.language_model "$data/vocabulary.txt" "$data/lm.arpa.gz" --grams 600000

# One thread each: on shared cores the threads of one process would wait for each other.
for mine in 0 1; do
    nice python -m asr.train "$data/base" "$data/main$mine.pt" --minutes "$minutes" --seed "$mine" --gossip "$data/gossip$mine,$data/gossip$((1 - mine))" > "$data/train$mine.log" 2>&1 &
done
wait

"$here/asr/finish.sh" "$data" "$model"
