package io.maie.edge.asr.whisper;

import io.maie.edge.asr.QuietPoint;
import io.maie.edge.asr.seq2seq.EncodedChunks;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.transcript.Language;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Decides in which languages the chunks of a recording are heard. Not thread-safe. */
final class LanguagePlan {
  /** A language that is less likely is not tried. */
  private static final double LEAST_SHARE = 0.03;

  /** No more others are tried than these. */
  private static final int MOST_OTHERS = 3;

  /** The uncertainty of the place at which the language changes: 1.5 s. */
  private static final int UNSURE_SAMPLES = Waveform.SAMPLE_RATE * 3 / 2;

  private final WhisperEngine engine;
  private final boolean translate;
  private final PromptHistory context;
  private final Optional<Language> given;
  private final LanguageDetector teller;
  private final LanguageMemory memory = new LanguageMemory();

  /**
   * A plan.
   *
   * @param context the earlier text that the decoder reads
   * @throws ProcessingException {@code LANGUAGE_UNSUPPORTED} if the model does not know a language
   *     that was asked for
   */
  LanguagePlan(WhisperEngine engine, RequestCheck check, PromptHistory context)
      throws ProcessingException {
    this.engine = engine;
    this.context = context;
    translate = check.options().translate();
    given = Optional.ofNullable(check.language());
    teller = new LanguageDetector(engine.decoder(), engine.settings().shape(), check.candidates());
  }

  LanguageMemory memory() {
    return memory;
  }

  /**
   * The sound of a chunk.
   *
   * @param joints frames at which pauses were cut out, ascending
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Sound(float[] samples, List<Integer> joints) {

    Sound {
      joints = List.copyOf(joints);
    }

    int length() {
      return samples.length;
    }
  }

  /**
   * A chunk, and how to hear it.
   *
   * @param samples shorter than the chunk was if the language changes
   * @param changes whether another language follows
   * @param tries the chosen language, then others that may be right
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Chunk(float[] samples, boolean changes, List<LanguageTry> tries) {

    Chunk {
      tries = List.copyOf(tries);
    }
  }

  /**
   * Plans how each chunk is heard. Chunks in which the language changes are cut there and encoded
   * again.
   *
   * @param encoded the chunks
   */
  List<Chunk> told(List<Sound> chunks, EncodedChunks encoded) throws ProcessingException {
    if (given.isPresent()) {
      List<LanguageTry> only = List.of(attempt(given.get()));
      return chunks.stream().map(chunk -> new Chunk(chunk.samples(), false, only)).toList();
    }
    List<LanguageOdds> odds = new ArrayList<>();
    List<float[]> cut = new ArrayList<>();
    for (int i = 0; i < chunks.size(); i++) {
      Sound chunk = chunks.get(i);
      LanguageDetector.Told told = teller.tell(encoded.one(i), chunk);
      float[] samples =
          told.changesAtPause()
              ? Arrays.copyOf(chunk.samples(), told.change())
              : until(told.change(), chunk.samples());
      if (samples.length < chunk.length()) {
        engine.decoder().rest();
        engine.encoder().encodeAgain(samples, i);
      }
      odds.add(told.odds());
      cut.add(samples);
    }
    LanguageOdds together = LanguageOdds.mean(odds);
    List<Chunk> all = new ArrayList<>();
    for (int i = 0; i < cut.size(); i++) {
      float[] samples = cut.get(i);
      double seconds = (double) samples.length / Waveform.SAMPLE_RATE;
      Language language = memory.choose(odds.get(i), together, seconds);
      boolean changes = samples.length < chunks.get(i).length();
      all.add(new Chunk(samples, changes, tries(language, odds.get(i))));
    }
    return all;
  }

  /** A chunk up to the quietest place near a change; all of it if little would be left. */
  private static float[] until(int change, float[] samples) {
    if (samples.length - change < UNSURE_SAMPLES || change < UNSURE_SAMPLES) {
      return samples;
    }
    int from = change - UNSURE_SAMPLES;
    int to = Math.min(samples.length, change + UNSURE_SAMPLES);
    return Arrays.copyOf(samples, QuietPoint.quietest(samples, from, to));
  }

  private List<LanguageTry> tries(Language chosen, LanguageOdds odds) {
    List<LanguageTry> tries = new ArrayList<>();
    tries.add(attempt(chosen));
    for (String code : odds.ranked()) {
      Language other = odds.of(code);
      boolean isTried = !code.equals(chosen.code()) && other.probability() >= LEAST_SHARE;
      if (isTried && tries.size() <= MOST_OTHERS) {
        tries.add(attempt(other));
      }
    }
    return tries;
  }

  private LanguageTry attempt(Language language) {
    List<Integer> previous = context.previous(language.code());
    Prompt prompt = Prompt.of(engine.settings(), previous, language.code(), translate, true);
    return new LanguageTry(language, prompt);
  }
}
