"""openai/whisper as the reference of seeking through long audio, of decisions to decode again and of word times.

It is not installed but imported from a checkout, and told the micro model's chunk length and vocabulary. Features are
transformers', chunk by chunk, as ours are: its own are of the whole recording and differ in what they are cut off at.
"""

import sys

import numpy as np
import torch

from whisper import models, train

HOP = 160


def modules(checkout):
    """openai's package, which has the same name as ours here."""
    ours = {name: module for name, module in sys.modules.items() if name == "whisper" or name.startswith("whisper.")}
    for name in ours:
        del sys.modules[name]
    sys.path.insert(0, str(checkout))
    try:
        import whisper.decoding as decoding
        import whisper.model as model
        import whisper.timing as timing
        import whisper.tokenizer as tokenizer
        import whisper.transcribe  # noqa: F401
        import whisper.utils as utils

        return decoding, model, tokenizer, sys.modules["whisper.transcribe"], utils, timing
    finally:
        sys.path.remove(str(checkout))
        for name in [name for name in sys.modules if name == "whisper" or name.startswith("whisper.")]:
            del sys.modules[name]
        sys.modules.update(ours)


NAMES = (("model.", ""), ("encoder.embed_positions.weight", "encoder.positional_embedding"),
         ("decoder.embed_positions.weight", "decoder.positional_embedding"), ("embed_tokens", "token_embedding"),
         ("layers.", "blocks."), ("self_attn_layer_norm", "attn_ln"), ("encoder_attn_layer_norm", "cross_attn_ln"),
         ("final_layer_norm", "mlp_ln"), ("self_attn", "attn"), ("encoder_attn", "cross_attn"), ("q_proj", "query"),
         ("k_proj", "key"), ("v_proj", "value"), ("out_proj", "out"), ("fc1", "mlp.0"), ("fc2", "mlp.2"),
         ("encoder.layer_norm", "encoder.ln_post"), ("decoder.layer_norm", "decoder.ln"))


def converted(model, openai_model):
    c = model.config
    whisper = openai_model.Whisper(openai_model.ModelDimensions(
        c.num_mel_bins, c.max_source_positions, c.d_model, c.encoder_attention_heads, c.encoder_layers, c.vocab_size,
        c.max_target_positions, c.d_model, c.decoder_attention_heads, c.decoder_layers))
    state = {}
    for key, value in model.state_dict().items():
        if key != "proj_out.weight":
            for theirs, ours in NAMES:
                key = key.replace(theirs, ours)
            state[key] = value
    whisper.load_state_dict(state)
    return whisper.eval()


def tokenizers(tokenizer, openai_tokenizer):
    """Makes openai's tokenizers over our vocabulary."""
    import tiktoken

    printable = [b for b in range(256) if 33 <= b <= 126 or 161 <= b <= 172 or 174 <= b <= 255]
    others = [b for b in range(256) if b not in printable]
    to_byte = {chr(b): b for b in printable} | {chr(256 + i): b for i, b in enumerate(others)}
    vocabulary = tokenizer.get_vocab()
    end = vocabulary["<|endoftext|>"]
    ranks = {bytes(to_byte[c] for c in text): i for text, i in vocabulary.items() if i < end}
    encoding = tiktoken.Encoding(
        "micro", pat_str=r"""'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+""",
        mergeable_ranks=ranks, special_tokens={text: i for text, i in vocabulary.items() if i >= end})

    def get(multilingual, *, num_languages=8, language=None, task=None):
        return openai_tokenizer.Tokenizer(encoding=encoding, num_languages=num_languages,
                                          language=language or "en", task=task or "transcribe")

    return get


def prepare(checkout, tokenizer, samples):
    decoding, model, openai_tokenizer, transcribe, utils, _ = modules(checkout)
    get = tokenizers(tokenizer, openai_tokenizer)
    decoding.get_tokenizer = transcribe.get_tokenizer = get
    decoding.CHUNK_LENGTH = train.SECONDS
    transcribe.N_SAMPLES, transcribe.N_FRAMES = train.SECONDS * train.RATE, train.SECONDS * 100
    model.Whisper.is_multilingual, model.Whisper.num_languages = True, 8
    extractor = models.extractor(80, train.SECONDS)

    def numbers(audio, bands, padding):
        """In place of a spectrogram the number of each frame."""
        return torch.arange((len(audio) + padding) // HOP)[None].float()

    def features(numbers, length):
        first, last = int(numbers[0, 0]), int(numbers[0, min(length, numbers.shape[1]) - 1]) + 1
        heard = samples[first * HOP:last * HOP]
        return extractor(heard, sampling_rate=train.RATE, return_tensors="pt").input_features[0]

    transcribe.log_mel_spectrogram, transcribe.pad_or_trim = numbers, features
    return decoding, model, transcribe, utils


def long_form(prepared, model, samples):
    """What transcribe() makes of a recording, greedily, with and without what was said before."""
    _, openai_model, transcribe, _ = prepared
    whisper = converted(model, openai_model)
    never = list(model.generation_config.suppress_tokens)
    made = []
    for condition in (False, True):
        for prompt in (None, "call one two three four."):
            result = transcribe.transcribe(
                whisper, samples, temperature=0, condition_on_previous_text=condition, initial_prompt=prompt,
                suppress_tokens=never, fp16=False, verbose=None)
            segments = [dict(seek=s["seek"], start=round(s["start"], 3), end=round(s["end"], 3), text=s["text"],
                             tokens=s["tokens"], avg_logprob=s["avg_logprob"], no_speech_prob=s["no_speech_prob"],
                             compression_ratio=s["compression_ratio"]) for s in result["segments"]]
            made.append(dict(options=dict(condition=condition, prompt=prompt), language=result["language"], segments=segments))
    return made


def alignments(checkout, model, tokenizer, features, seconds, cases):
    """When find_alignment() has each token begin and the last one end, of what was said to each sound in English."""
    _, openai_model, openai_tokenizer, _, _, timing = modules(checkout)
    sys.modules["whisper.model"] = openai_model  # timing.py imports it when it is called
    whisper = converted(model, openai_model)
    heads = torch.zeros_like(whisper.alignment_heads.to_dense())
    for layer, head in model.generation_config.alignment_heads:
        heads[layer, head] = True
    whisper.alignment_heads = heads.to_sparse()
    english = tokenizers(tokenizer, openai_tokenizer)(True)
    # words of one token each, so that every time is seen
    english.split_to_word_tokens = lambda tokens: ([str(token) for token in tokens], [[token] for token in tokens])
    made = []
    for said in cases:
        text = [token for token in said["tokens"] if token < english.eot]
        if (said["name"], said["beams"]) != ("en stamps", 1) or not text:
            continue
        frames = int(seconds[said["sound"]] * 100)
        found = timing.find_alignment(whisper, english, text, features[said["sound"]][0], frames)
        made.append(dict(sound=said["sound"], prompt=list(english.sot_sequence), text=text, frames=frames,
                         seconds=[round(float(t), 3) for t in (*(word.start for word in found), found[-1].end)]))
    return made


def searched(prepared, model, features):
    """openai's greedy search over the model's logits, rounded to 16 bits: they are kept for who repeats it."""
    decoding, openai_model, _, _ = prepared
    whisper, rows = converted(model, openai_model), []
    original = decoding.PyTorchInference.logits

    def rounded(self, tokens, audio):
        logits = original(self, tokens, audio).half().float()
        if not rows:
            rows.append(logits[0, 0])
        rows.append(logits[0, -1])
        return logits

    decoding.PyTorchInference.logits = rounded
    try:
        result = decoding.decode(whisper, features, decoding.DecodingOptions(
            language="en", fp16=False, suppress_tokens=list(model.generation_config.suppress_tokens)))
    finally:
        decoding.PyTorchInference.logits = original
    return dict(tokens=result.tokens, avg_logprob=result.avg_logprob, no_speech_prob=result.no_speech_prob,
                compression_ratio=result.compression_ratio, text=result.text, rows=len(rows)), torch.stack(rows).half().numpy()


def decisions(prepared):
    """What transcribe() does with a chunk by its scores alone: whether it decodes again, whether it passes it over."""
    decoding, _, transcribe, utils = prepared

    class Scripted:
        """A model that says one thing with given scores, and something good when it is asked again."""

        dims = type("Dims", (), dict(n_mels=80, n_audio_ctx=train.FRAMES, n_text_ctx=train.TOKENS))
        device, is_multilingual, num_languages = torch.device("cpu"), True, 8

        def __init__(self, scores):
            self.scores, self.calls = scores, 0

        def decode(self, segment, options):
            self.calls += 1
            scores = self.scores if self.calls == 1 else dict(avg_logprob=-0.1, no_speech_prob=0.0, compression_ratio=1.0)
            return decoding.DecodingResult(
                audio_features=None, language="en", tokens=[300], text="x", temperature=options.temperature, **scores)

    rows = []
    for avg_logprob in (-5.0, -1.0000001, -1.0, -0.9999999, -0.3):
        for no_speech_prob in (0.0, 0.5999999, 0.6, 0.6000001, 0.95):
            for compression_ratio in (0.8, 2.3999999, 2.4, 2.4000001, 7.0):
                scores = dict(avg_logprob=avg_logprob, no_speech_prob=no_speech_prob, compression_ratio=compression_ratio)
                silence = np.zeros(train.RATE, np.float32)
                again = Scripted(scores)
                transcribe.transcribe(again, silence, language="en", temperature=(0.0, 0.5), fp16=False, verbose=None)
                once = transcribe.transcribe(Scripted(scores), silence, language="en", temperature=0.0, fp16=False, verbose=None)
                rows.append(scores | dict(again=again.calls > 1, skipped=not once["segments"]))
    texts = ["a", "no no no no no no no no no no", "What is the weather today?", "la " * 60, "日本語のテスト" * 9, "Zoë"]
    return dict(rows=rows, ratios=[dict(text=text, ratio=utils.compression_ratio(text)) for text in texts])
