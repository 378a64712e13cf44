package io.maie.edge.asr.hallucination;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.Warning;
import io.maie.edge.result.WarningCode;
import io.maie.edge.transcript.RemovalRule;
import io.maie.edge.transcript.RemovedSegment;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AcousticRepeatsTest {
  private static final int SYLLABLE = Waveform.SAMPLE_RATE / 8;

  @Test
  void anUtteranceSaidAgainAtAnotherSpeedRepeats() throws IOException {
    float[] audio = joined(utterance(1, 16, 1.0), utterance(1, 16, 1.2), utterance(1, 16, 0.85));

    assertThat(repeats(audio, 16 * SYLLABLE, 16 * 6 * SYLLABLE / 5)).isTrue();
  }

  @Test
  void continuingSpeechCountsAsNoRepetition() throws IOException {
    for (int seed = 1; seed <= 20; seed++) {
      float[] audio =
          joined(
              utterance(3 * seed, 16, 1), utterance(3 * seed + 1, 16, 1), utterance(-seed, 16, 1));

      assertThat(repeats(audio, 16 * SYLLABLE, 16 * SYLLABLE)).as("seed %d", seed).isFalse();
    }
  }

  @Test
  void silenceAndStretchesBeyondTheRecordingDoNotRepeat() throws IOException {
    float[] silence = new float[3 * 16 * SYLLABLE];

    assertThat(repeats(silence, 16 * SYLLABLE, 16 * SYLLABLE)).isFalse();
    assertThat(repeats(new float[10], 16 * SYLLABLE, 16 * SYLLABLE)).isFalse();
  }

  @Test
  void aSentenceThatSomebodyRepeatsStaysInTheTranscript() throws IOException {
    float[] once = utterance(7, 12, 1);
    float[] audio = joined(once, once, once, once);

    Recognition filtered = filter(audio, "Ten of clubs. ".repeat(4).strip());

    assertThat(filtered.removed()).isEmpty();
    assertThat(filtered.warnings()).isEmpty();
  }

  @Test
  void aLoopOverContinuingSpeechIsRemovedWithAWarning() throws IOException {
    float[] audio =
        joined(utterance(7, 12, 1), utterance(8, 12, 1), utterance(9, 12, 1), utterance(10, 12, 1));

    Recognition filtered = filter(audio, "Ten of clubs. ".repeat(4).strip());

    assertThat(filtered.removed())
        .extracting(RemovedSegment::rule)
        .containsExactly(RemovalRule.REPETITION);
    assertThat(filtered.warnings())
        .extracting(Warning::code)
        .containsExactly(WarningCode.ALL_TEXT_REMOVED);
  }

  @Test
  void segmentsThatSayTheSameStayWhereTheSoundRepeats() throws IOException {
    float[] once = utterance(5, 12, 1);
    float[][] said = new float[10][];
    Arrays.fill(said, once);
    List<Segment> segments = new ArrayList<>();
    for (int i = 0; i < said.length; i++) {
      SampleSpan span = new SampleSpan((long) i * once.length, (i + 1L) * once.length);
      segments.add(new Segment(span, "Push.", 0.9, List.of()));
    }

    Recognition spoken = filter(joined(said), segments);
    Recognition invented = filter(new float[10 * once.length], segments);

    assertThat(spoken.transcript().segments()).isEqualTo(segments);
    assertThat(invented.transcript().segments()).containsExactly(segments.get(0));
  }

  private static Recognition filter(float[] audio, String text) throws IOException {
    String[] words = text.split(" ", -1);
    int length = audio.length / words.length;
    List<Word> timed = new ArrayList<>();
    for (int i = 0; i < words.length; i++) {
      timed.add(new Word(new SampleSpan((long) i * length, (i + 1L) * length), words[i], 0.9));
    }
    SampleSpan span = new SampleSpan(0, audio.length);
    return filter(audio, List.of(new Segment(span, text, 0.9, timed)));
  }

  private static Recognition filter(float[] audio, List<Segment> segments) throws IOException {
    SampleSource sound = SampleSource.of(Waveform.of(audio));
    return new HallucinationFilter(HallucinationOptions.DEFAULTS, ShippedPatterns.read())
        .apply(
            new Recognition(Transcript.of(segments), List.of()),
            new SpeechOrder(
                sound,
                SpeechRegions.unsearched(sound),
                RecognitionOptions.DEFAULTS,
                StageContext.disabled()));
  }

  private static boolean repeats(float[] audio, int firstEnd, int secondLength) throws IOException {
    SampleSpan first = new SampleSpan(0, firstEnd);
    SampleSpan second = new SampleSpan(firstEnd, firstEnd + secondLength);
    SampleSpan third = new SampleSpan(second.end(), Math.max(second.end() + 1, audio.length));
    return new AcousticRepeats(SampleSource.of(Waveform.of(audio)))
        .areIn(List.of(first, second, third));
  }

  /** Syllables of two random formants each over a little noise; equal for equal seeds. */
  private static float[] utterance(int seed, int syllables, double stretch) {
    Random voice = new Random(seed);
    Random noise = new Random(seed * 31L + Math.round(100 * stretch));
    int length = (int) (SYLLABLE * stretch);
    float[] samples = new float[syllables * length];
    for (int s = 0; s < syllables; s++) {
      double low = 200 + 700 * voice.nextDouble();
      double high = 1_000 + 2_500 * voice.nextDouble();
      for (int i = 0; i < length; i++) {
        double time = (double) i / Waveform.SAMPLE_RATE;
        double loud = Math.sin(Math.PI * i / length);
        double tone = Math.sin(2 * Math.PI * low * time) + Math.sin(2 * Math.PI * high * time);
        samples[s * length + i] = (float) (0.2 * loud * tone + 0.01 * noise.nextGaussian());
      }
    }
    return samples;
  }

  private static float[] joined(float[]... parts) {
    int length = 0;
    for (float[] part : parts) {
      length += part.length;
    }
    float[] all = new float[length];
    int filled = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, filled, part.length);
      filled += part.length;
    }
    return all;
  }
}
