package io.maie.edge.asr.whisper;

import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.seq2seq.ChunkOutcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Context of the decoder: words to expect, always; the prompt of the sender, before anything was
 * said; the text so far, if chunks are to know of each other.
 */
final class PromptHistory {
  /** Above it the text is a guess that should not lead what follows; as openai/whisper. */
  private static final double MAX_TEMPERATURE = 0.5;

  /**
   * A sentence in simplified characters, so that what is heard does not depend on the script that
   * it is to be written in.
   */
  private static final String SENTENCE =
      "\u4ee5\u4e0b\u662f\u666e\u901a\u8bdd\u7684\u53e5\u5b50\u3002";

  private static final String MANDARIN = "zh";

  private final HanScript script;
  private final List<Integer> sentence;
  private final List<Integer> vocabulary;
  private final boolean chained;

  /** The most tokens of a prompt that come from earlier text. */
  private final int room;

  private List<Integer> said;

  PromptHistory(
      ByteLevelTokenizer tokenizer,
      WhisperSettings settings,
      RecognitionOptions asked,
      boolean chained) {
    room = settings.shape().previousTokens();
    List<Integer> words = encode(tokenizer, String.join(", ", asked.vocabulary()));
    vocabulary = words.subList(0, Math.min(words.size(), room / 2));
    said = encode(tokenizer, asked.initialPrompt() == null ? "" : asked.initialPrompt());
    this.chained = chained;
    script = asked.asksFor("zh-Hant") ? HanScript.TRADITIONAL : HanScript.SIMPLIFIED;
    sentence = encode(tokenizer, SENTENCE);
  }

  private static List<Integer> encode(ByteLevelTokenizer tokenizer, String text) {
    return text.isBlank()
        ? List.of()
        : Arrays.stream(tokenizer.encode(" " + text.strip())).boxed().toList();
  }

  private static List<Integer> last(List<Integer> tokens, int count) {
    return tokens.subList(Math.max(0, tokens.size() - count), tokens.size());
  }

  /** Returns whether the next prompt is for one window alone. */
  boolean isOfOneTrackOnly() {
    return chained || !said.isEmpty();
  }

  /**
   * Tokens, oldest first.
   *
   * @param language that is spoken; Mandarin comes in the script of what it was told before
   */
  List<Integer> previous(String language) {
    List<Integer> all = new ArrayList<>();
    if (language.equals(MANDARIN) && said.isEmpty()) {
      all.addAll(sentence);
    }
    all.addAll(vocabulary);
    all.addAll(last(said, room - vocabulary.size()));
    return all;
  }

  /** The same result, Mandarin in the script that is asked for. */
  ChunkOutcome written(ChunkOutcome step) {
    return step.language() != null && step.language().code().equals(MANDARIN)
        ? step.withSegments(step.segments().stream().map(script::written).toList())
        : step;
  }

  /** Silence changes nothing, as in openai/whisper: the sender's prompt waits for speech. */
  void add(ChunkOutcome step) {
    if (step.silent()) {
      return;
    }
    if (!chained || step.temperature() > MAX_TEMPERATURE) {
      said = List.of();
    } else {
      List<Integer> longer = new ArrayList<>(said);
      longer.addAll(step.context());
      said = List.copyOf(last(longer, room));
    }
  }
}
