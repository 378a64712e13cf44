"""A small random model with Whisper's whole vocabulary, and texts in many scripts, for the golden files.

    python -m whisper.full TOKENIZER_JSON             (in the folder src/test/python)

The vocabulary itself is not committed. An embedding of 51,865 rows would be too large for a test, so each row is the
sum of one of 997 and one of 53, in the graph as in the model.
"""

import json
import pathlib
import shutil
import sys
import warnings

import numpy as np
import torch
from transformers import WhisperForConditionalGeneration
from transformers import WhisperTokenizerFast

from whisper import golden, models, published
from whisper.graph import tiled

FOLDER = published.TARGET / "full"
SIZE, TILE, WIDTH = 51865, 997, 32
TEXTS = golden.TEXTS + [
    "Straße, façade, Ærøskøbing, İstanbul, ĳsje", "Tiếng Việt có dấu: đường, nghiêng, khuỷu", "ελληνικά και ἀρχαῖα",
    "العربية ١٢٣ والفارسی", "עברית עם נִקּוּד", "हिन्दी में परीक्षण", "தமிழ் உரை", "ไทยไม่มีช่องว่าง", "ქართული ენა", "Հայերեն",
    "አማርኛ ጽሑፍ", "中文，简体与繁體。", "カタカナとﾊﾝｶｸ", "한글 조합: 가힣", "👩‍👩‍👧‍👦 🇻🇳 ✈️", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 𐍈", "e\u0301 vs é", "a\u00a0b\u2003c\u200bd\ufeff",
    "tab\tnew\nline\r\n  end  ", "3.14159e-10 1,000,000 ½ ² Ⅷ", "C:\\path\\file.txt https://example.org/?q=a&b=c#d", "I'm we'll they've SHE'D o'clock 'twas",
    "<b>not special</b> <|nothing|>", "…—–‐−", "x" * 60, "ha" * 40, " leading", "trailing ", "\u0000\u0007 control"]


def make(vocabulary):
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    tokenizer = WhisperTokenizerFast(tokenizer_file=vocabulary)
    ids = tokenizer.get_vocab()
    assert len(ids) in (SIZE, SIZE - 1501), len(ids)
    torch.manual_seed(6)
    config = models.configuration(ids, 4, 80, WIDTH, 1, 1, 2, 48, SIZE, True)
    model = WhisperForConditionalGeneration(config).eval()
    models.randomize(model, ids)
    draw = np.random.default_rng(6)
    fine, coarse = (draw.normal(0, 2.6 / WIDTH**0.5, (n, WIDTH)).astype(np.float16).astype(np.float32)
                    for n in (TILE, -(-SIZE // TILE)))
    with torch.no_grad():
        model.model.decoder.embed_tokens.weight.copy_(torch.from_numpy(tiled(fine, coarse, SIZE)))
    special = ("<|startoftranscript|>", "<|translate|>", "<|transcribe|>", "<|startoflm|>", "<|startofprev|>")
    suppress = sorted([1, 2, 7, 8, 9, 10, 14, 25] + [ids[t] for t in special])
    no_stamps = ids["<|notimestamps|>"]
    model.generation_config = models.generation(ids, 48, True, suppress, [220, ids["<|endoftext|>"]], [[0, 0], [0, 1]])
    models.describe(FOLDER, model, 4)
    models.export(FOLDER, model, names=golden.MERGED, tiles=(fine, coarse))
    extractor = models.extractor(80, 4)
    features = [extractor(r.astype(np.float32) / 32768, sampling_rate=golden.RATE, return_tensors="pt").input_features
                for r in golden.sounds()]
    ids.setdefault("<|nospeech|>", ids.get("<|nocaptions|>", no_stamps - 1))
    prompt = golden.heads(model, ids)["en"]
    made = dict(onnxruntime_prompt=prompt, onnxruntime_bands=80, onnxruntime_features="multilingual/log-mel-1.f32")
    made["onnxruntime"] = [published.greedy(FOLDER, "", features[1].numpy(), prompt, golden.as_transformers(model, prompt))]
    made["cases"] = list(golden.cases(model, ids, features, tokenizer))
    made["texts"] = [dict(text=text, ids=tokenizer.backend_tokenizer.encode(text, add_special_tokens=False).ids) for text in TEXTS]
    for text in made["texts"]:
        assert tokenizer.backend_tokenizer.decode(text["ids"], skip_special_tokens=False) == text["text"], text
    (FOLDER / "golden.json").write_text(json.dumps(made, ensure_ascii=False) + "\n")
    print([len(c["tokens"]) for c in made["cases"]], made["onnxruntime"][0]["tokens"], made["onnxruntime"][0]["lead"])


if __name__ == "__main__":
    warnings.filterwarnings("ignore")
    torch.set_num_threads(1)
    make(sys.argv[1])
