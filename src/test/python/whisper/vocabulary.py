"""A vocabulary of about a thousand tokens with the layout of Whisper's special tokens."""

import gzip
import pathlib

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import WhisperTokenizerFast

LANGUAGES = ["en", "zh", "de", "es", "ko", "fr", "ja", "vi"]
TEXT = pathlib.Path(__file__).parent.parent / "text" / "lj-sentences.txt.gz"


def make(folder, seconds, multilingual=True, size=600, lines=None):
    """Writes the tokenizer's files; returns it."""
    bpe = Tokenizer(models.BPE())
    bpe.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    bpe.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=size, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
                                  show_progress=False)
    if lines is None:
        with gzip.open(TEXT, "rt", encoding="utf-8") as text:
            lines = [line for _, line in zip(range(4000), text)]
    bpe.train_from_iterator([" " + line.strip() for line in lines], trainer)
    special = ["<|endoftext|>", "<|startoftranscript|>"]
    special += [f"<|{code}|>" for code in LANGUAGES] if multilingual else []
    special += ["<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>", "<|nospeech|>",
                "<|notimestamps|>"]
    bpe.add_special_tokens(special)
    stamps = [f"<|{step * 0.02:.2f}|>" for step in range(int(seconds * 50) + 1)]
    bpe.add_tokens([AddedToken(stamp, special=False) for stamp in stamps])
    bpe.save(str(folder / "tokenizer.json"))
    end = "<|endoftext|>"
    return WhisperTokenizerFast(tokenizer_object=bpe, unk_token=end, bos_token=end, eos_token=end)
