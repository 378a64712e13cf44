#!/usr/bin/env bash
# From checkpoints to the shipped folder: export, evaluation, golden set. May be run while training goes on.
#
#   training/asr/finish.sh DATA_FOLDER MODEL_FOLDER [HUMAN_RECORDINGS]
set -euo pipefail
data=$(realpath "$1") model=$(realpath -m "$2") audio=${3:+$(realpath "$3")}
decoder=${DECODER:-"{}"}
cd "$(dirname "$0")/.."
export OMP_NUM_THREADS=1 PYTHONPATH=$PWD
python -W ignore -m asr.export "$data"/main0.pt "$data"/main1.pt --lexicon "$data/lexicon.txt.gz" --language-model "$data/lm.arpa.gz" --folder "$model" --fp32 "$data/model.fp32.onnx" --weights "${WEIGHTS:-average}" --decoder "$decoder"
python -W ignore -m asr.golden "$model" ../src/test/resources/golden/asr-starter-en
python -W ignore evaluate.py asr "$model" --sets "$data/sets" --fp32 "$data/model.fp32.onnx" ${audio:+--audio "$audio"} --report "$data/evaluation.md"
