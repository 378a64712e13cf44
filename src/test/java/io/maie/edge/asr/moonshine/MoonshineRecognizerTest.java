package io.maie.edge.asr.moonshine;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.onnx.OnnxOptions;
import io.maie.edge.onnx.OnnxRuntime;
import io.maie.edge.progress.Cancellation;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.progress.Progress;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.ScriptedCheckpoint;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Word;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shipped model hears a sentence that a person said. */
final class MoonshineRecognizerTest {
  private static final int RATE = Waveform.SAMPLE_RATE;

  @TempDir private Path scratch;

  private final OnnxRuntime runtime = new OnnxRuntime(OnnxOptions.DEFAULTS, Ticker.system());
  private float[] sentence = {};

  @BeforeEach
  void decode() throws Exception {
    Path recording = Path.of("src", "main", "dist", "samples", "kennedy.flac");
    sentence = RecordedSamples.unrounded(recording, scratch.resolve("sentence.raw"));
  }

  @AfterEach
  void close() {
    runtime.close();
  }

  @Test
  void aSentenceIsHeardWithTimedWordsAndConfidence() throws Exception {
    Recognition recognition = recognize(sentence, RecognitionOptions.DEFAULTS, disabled());
    assertThat(recognition.transcript().text())
        .containsIgnoringCase("ask not what your country can do for you");
    assertThat(recognition.transcript().language().orElseThrow().code()).isEqualTo("en");
    assertThat(recognition.warnings()).isEmpty();
    long before = 0;
    for (Segment segment : recognition.transcript().segments()) {
      assertThat(segment.confidence()).isBetween(0.5, 1.0);
      for (Word word : segment.words()) {
        assertThat(word.estimated()).isFalse();
        assertThat(word.span().start()).isGreaterThanOrEqualTo(before - RATE / 10);
        assertThat(word.span().end()).isLessThanOrEqualTo(sentence.length);
        before = word.span().start();
      }
    }
  }

  @Test
  void silenceBeforeSpeechLosesNoWordAndMovesItsTimes() throws Exception {
    int lead = 2 * RATE;
    float[] late = new float[lead + sentence.length];
    System.arraycopy(sentence, 0, late, lead, sentence.length);
    Recognition plain = recognize(sentence, RecognitionOptions.DEFAULTS, disabled());
    Recognition moved = recognize(late, RecognitionOptions.DEFAULTS, disabled());
    assertThat(moved.transcript().text()).isEqualTo(plain.transcript().text());
    assertThat(firstWord(moved).span().start() - firstWord(plain).span().start())
        .isBetween(lead - 800L, lead + 800L);
  }

  @Test
  void silenceHasNoSegments() throws Exception {
    assertThat(
            recognize(new float[5 * RATE], RecognitionOptions.DEFAULTS, disabled())
                .transcript()
                .segments())
        .isEmpty();
  }

  @Test
  void wordsThatAPersonSaysEightTimesAreHeardEightTimes() throws Exception {
    int from = 32 * RATE / 10;
    int length = 125 * RATE / 100;
    int round = length + RATE / 20;
    float[] repeated = new float[8 * round];
    for (int i = 0; i < 8; i++) {
      System.arraycopy(sentence, from, repeated, i * round, length);
    }
    String text = recognize(repeated, RecognitionOptions.DEFAULTS, disabled()).transcript().text();
    assertThat(text.split("\\bnot\\b", -1)).as(text).hasSize(8 + 1);
  }

  @Test
  void finishedWindowsAreRememberedAcrossRuns() throws Exception {
    Kept kept = new Kept();
    StageContext context = new StageContext(Progress.disabled(), Cancellation.disabled(), kept);
    Recognition first = recognize(sentence, RecognitionOptions.DEFAULTS, context);
    assertThat(kept.values).isNotEmpty();
    Recognition second = recognize(sentence, RecognitionOptions.DEFAULTS, context);
    assertThat(second.transcript().segments()).isEqualTo(first.transcript().segments());
  }

  @Test
  void aWindowThatCrashedTheProgramTwiceIsLeftOut() throws Exception {
    float[] twice = new float[2 * sentence.length];
    System.arraycopy(sentence, 0, twice, 0, sentence.length);
    System.arraycopy(sentence, 0, twice, sentence.length, sentence.length);
    ScriptedCheckpoint first = new ScriptedCheckpoint();
    recognize(twice, RecognitionOptions.DEFAULTS, first.context());
    List<String> steps = first.begun();
    assertThat(steps).hasSizeGreaterThan(2).endsWith("");

    ScriptedCheckpoint crashed =
        new ScriptedCheckpoint().crashedIn(steps.get(0)).crashedIn(steps.get(0));
    Recognition rest = recognize(twice, RecognitionOptions.DEFAULTS, crashed.context());

    assertThat(crashed.begun()).isEqualTo(steps.subList(1, steps.size()));
    assertThat(rest.skipped()).hasSize(1);
    long end = rest.skipped().get(0).end();
    assertThat(rest.transcript().segments())
        .isNotEmpty()
        .allMatch(segment -> segment.span().start() >= end);
    Recognition again = recognize(twice, RecognitionOptions.DEFAULTS, crashed.context());
    assertThat(again.skipped()).isEqualTo(rest.skipped());
    assertThat(again.transcript().segments()).isEqualTo(rest.transcript().segments());
  }

  @Test
  void unsupportedOptionsGiveWarnings() throws Exception {
    RecognitionOptions asked = new RecognitionOptions("en", true, "Names.", List.of("Kennedy"));
    assertThat(recognize(new float[RATE], asked, disabled()).warnings())
        .extracting(Warning::code)
        .containsExactly(
            WarningCode.FEATURE_UNAVAILABLE,
            WarningCode.FEATURE_UNAVAILABLE,
            WarningCode.FEATURE_UNAVAILABLE);
  }

  private static Word firstWord(Recognition recognition) {
    return recognition.transcript().segments().get(0).words().get(0);
  }

  private static StageContext disabled() {
    return StageContext.disabled();
  }

  private Recognition recognize(float[] samples, RecognitionOptions asked, StageContext context)
      throws Exception {
    return MoonshineRecognizer.open(ShippedMoonshine.folder(), MoonshineOptions.DEFAULTS, runtime)
        .recognize(
            new SpeechOrder(
                SampleSource.of(Waveform.of(samples)),
                SpeechRegions.found(List.of(new SpeechRegion(new SampleSpan(0, samples.length)))),
                asked,
                context));
  }

  /** Checkpoints in memory. */
  private static final class Kept implements Checkpoint {
    final Map<String, byte[]> values = new HashMap<>();

    @Override
    public Optional<byte[]> load(String name) {
      return Optional.ofNullable(values.get(name));
    }

    @Override
    public void save(String name, byte[] value) {
      values.put(name, value);
    }
  }
}
