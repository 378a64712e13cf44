package io.maie.edge.asr.whisper;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens that the decoder reads before its first own token.
 *
 * @param tokens the earlier text, if anything; start, language, task
 * @param start position of the start token
 */
record Prompt(List<Integer> tokens, int start) {

  Prompt {
    tokens = List.copyOf(tokens);
  }

  int[] ids() {
    return tokens.stream().mapToInt(i -> i).toArray();
  }

  /** The sequence of the start, in openai/whisper's words: without text from before. */
  List<Integer> sequence() {
    return tokens.subList(start, tokens.size());
  }

  /** Only the start token, after which a multilingual model names the language. */
  static Prompt start(WhisperTokens tokens) {
    return new Prompt(List.of(tokens.startOfTranscript()), 0);
  }

  /**
   * The prompt of a transcription.
   *
   * @param previous the earlier text, oldest first; only the end is used if it is too long
   * @param language one that the model knows; ignored by models that know English only
   * @param timestamps whether they are wanted
   */
  static Prompt of(
      WhisperSettings settings,
      List<Integer> previous,
      String language,
      boolean translate,
      boolean timestamps) {
    WhisperTokens tokens = settings.tokens();
    List<Integer> prompt = new ArrayList<>();
    if (!previous.isEmpty()) {
      int room = settings.shape().previousTokens();
      prompt.add(tokens.startOfPrevious());
      prompt.addAll(previous.subList(Math.max(0, previous.size() - room), previous.size()));
    }
    int start = prompt.size();
    prompt.add(tokens.startOfTranscript());
    if (tokens.multilingual()) {
      prompt.add(
          tokens.languages().getOrDefault(language, tokens.languages().values().iterator().next()));
      (translate ? tokens.translate() : tokens.transcribe()).ifPresent(prompt::add);
    }
    if (!timestamps) {
      prompt.add(tokens.noTimestamps());
    }
    return new Prompt(prompt, start);
  }
}
