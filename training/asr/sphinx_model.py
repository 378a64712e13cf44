"""Reads the general English trigram that Debian packages as `pocketsphinx-en-us` (BSD licence) from sphinxbase's binary trie."""

import numpy as np

PATH = "/usr/share/pocketsphinx/model/en-us/en-us.lm.bin"
_MAGIC, _QUANTUM_BITS, _LOG10 = b"Trie Language Model", 16, np.log10(1.0001)  # its logarithms are to base 1.0001


def _bits(value):
    return int(value).bit_length()


def _field(memory, entries, stride, offset, width):
    """A bit field (at most 32 bits) of every entry of a packed array, least significant bit first."""
    position = np.arange(entries, dtype=np.int64) * stride + offset
    byte = position >> 3
    word = np.zeros(entries, np.uint64)
    for k in range(6):
        word |= memory[byte + k].astype(np.uint64) << np.uint64(8 * k)
    return ((word >> (position & 7).astype(np.uint64)) & np.uint64((1 << width) - 1)).astype(np.int64)


def read(path=PATH):
    """(words, unigram log10 and back-off, bigrams, trigrams); n-grams are (ids of words in speaking order, log10[, back-off log10])."""
    data = np.fromfile(path, dtype=np.uint8)
    if data[:len(_MAGIC)].tobytes() != _MAGIC:
        raise ValueError(f"{path} is no binary trie of sphinxbase")
    at = len(_MAGIC)
    order = int(data[at])
    counts = data[at + 1:at + 1 + 4 * order].view("<u4").astype(int) if (at + 1) % 4 == 0 else np.frombuffer(data[at + 1:at + 1 + 4 * order].tobytes(), "<u4").astype(int)
    at += 1 + 4 * order + 4  # the quantization's type follows the counts
    take = lambda count, kind: np.frombuffer(data[at:at + count * np.dtype(kind).itemsize].tobytes(), kind)
    tables = take((order * 2 - 3) << _QUANTUM_BITS, "<f4").reshape(-1, 1 << _QUANTUM_BITS)
    at += tables.nbytes
    unigrams = take(counts[0] + 1, np.dtype([("probability", "<f4"), ("backoff", "<f4"), ("next", "<u4")]))
    at += unigrams.nbytes
    word_bits, pointer_bits = _bits(counts[0]), _bits(counts[2])
    stride2, stride3 = word_bits + 2 * _QUANTUM_BITS + pointer_bits, word_bits + _QUANTUM_BITS
    size2, size3 = (((1 + n) * s + 7) // 8 + 8 for n, s in ((counts[1], stride2), (counts[2], stride3)))
    memory2, memory3 = data[at:at + size2], data[at + size2:at + size2 + size3]
    at += size2 + size3
    length = int(take(1, "<u4")[0])
    words = data[at + 4:at + 4 + length].tobytes().split(b"\0")[:counts[0]]
    # The trie is kept backwards: below a word lie the words before it. The header counts a few more bigrams than there are.
    bigrams = int(unigrams["next"][-1])
    next2 = _field(memory2, bigrams + 1, stride2, word_bits + 2 * _QUANTUM_BITS, pointer_bits)
    trigrams = int(next2[-1])
    first2 = _field(memory2, bigrams, stride2, 0, word_bits)
    second2 = np.repeat(np.arange(counts[0]), np.diff(unigrams["next"].astype(np.int64)))
    backoff2 = tables[1][_field(memory2, bigrams, stride2, word_bits, _QUANTUM_BITS)]
    probability2 = tables[0][_field(memory2, bigrams, stride2, word_bits + _QUANTUM_BITS, _QUANTUM_BITS)]
    first3 = _field(memory3, trigrams, stride3, 0, word_bits)
    probability3 = tables[2][_field(memory3, trigrams, stride3, word_bits, _QUANTUM_BITS)]
    below = np.repeat(np.arange(bigrams), np.diff(next2))
    return ([w.decode("utf-8", "replace") for w in words], (unigrams["probability"][:-1] * _LOG10, unigrams["backoff"][:-1] * _LOG10),
            (first2, second2, probability2 * _LOG10, backoff2 * _LOG10), (first3, first2[below], second2[below], probability3 * _LOG10))
