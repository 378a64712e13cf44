package io.maie.edge.asr;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.SpeechRegions;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.testing.ScriptedCheckpoint;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class SecondHearingTest {
  private static final SampleSource AUDIO =
      SampleSource.of(Waveform.of(new float[60 * Waveform.SAMPLE_RATE]));

  private final List<List<SpeechRegion>> heard = new ArrayList<>();
  private final List<RecognitionOptions> asked = new ArrayList<>();

  @Test
  void speechThatGotNoWordIsHeardAgainAlone() throws Exception {
    List<Segment> segments =
        recognize(
            List.of(region(1, 20), region(30, 40)),
            regions -> regions.size() == 2 ? List.of(say(1, 20, "first")) : said(regions));
    assertThat(heard).hasSize(2);
    assertThat(heard.get(1)).containsExactly(region(30.1, 39.9));
    assertThat(segments).extracting(Segment::text).containsExactly("first", "again");
  }

  @Test
  void wordsOfTheSecondHearingStandBetweenTheirNeighbours() throws Exception {
    Segment both =
        new Segment(
            span(1, 20),
            "Before, after.",
            0.9,
            List.of(new Word(span(1, 5), "Before", 0.9), new Word(span(15, 20), "after", 0.9)));
    List<Segment> segments =
        recognize(
            List.of(region(1, 20), region(30, 31)),
            regions -> regions.size() == 2 ? List.of(both) : said(regions));
    assertThat(segments).extracting(Segment::text).containsExactly("Before,", "again", "after.");
    assertThat(segments).extracting(Segment::span).isSorted();
  }

  @Test
  void aSegmentThatClaimsMoreThanItsWordsGivesWay() throws Exception {
    Segment late =
        new Segment(span(1, 20), "Late.", 0.9, List.of(new Word(span(15, 20), "Late", 0.9)));
    List<Segment> segments =
        recognize(
            List.of(region(1, 20), region(30, 31)),
            regions -> regions.size() == 2 ? List.of(late) : said(regions));
    assertThat(segments).extracting(Segment::text).containsExactly("again", "Late.");
    assertThat(segments.get(1).span()).isEqualTo(span(15, 20));
  }

  @Test
  void theRestOfAStretchIsHeardOnceMore() throws Exception {
    List<Segment> segments =
        recognize(
            List.of(region(0, 30), region(40, 41)),
            regions -> {
              long start = regions.get(0).span().start();
              return List.of(
                  new Segment(
                      new SampleSpan(start, start + 8L * Waveform.SAMPLE_RATE),
                      "part",
                      0.9,
                      List.of()));
            });
    assertThat(segments).hasSize(4);
    assertThat(heard).hasSize(4);
  }

  @Test
  void aStretchThatStaysEmptyIsHeardAgainOnlyOnce() throws Exception {
    assertThat(recognize(List.of(region(0, 10), region(20, 30)), regions -> List.of())).isEmpty();
    assertThat(heard).hasSize(3);
  }

  @Test
  void thePromptOfTheSenderBeginsTheRecordingOnly() throws Exception {
    recognize(List.of(region(0, 10), region(20, 30)), regions -> List.of());
    assertThat(asked)
        .extracting(RecognitionOptions::initialPrompt)
        .containsExactly("prompt", null, null);
    assertThat(asked).extracting(RecognitionOptions::vocabulary).containsOnly(List.of("words"));
  }

  @Test
  void aRecordingInWhichSpeechWasNotLookedForIsHeardOnce() throws Exception {
    new SecondHearing(new Scripted(regions -> List.of()))
        .recognize(
            new SpeechOrder(
                AUDIO,
                SpeechRegions.unsearched(AUDIO),
                RecognitionOptions.DEFAULTS,
                StageContext.disabled()));
    assertThat(heard).hasSize(1);
  }

  @Test
  void speechFromBeginningToEndIsHeardAgainToo() throws Exception {
    recognize(List.of(region(0, 60)), regions -> List.of());
    assertThat(heard).hasSize(2);
  }

  @Test
  void aStretchThatCrashedTheProgramTwiceIsNotHeardAgain() throws Exception {
    ScriptedCheckpoint checkpoint =
        new ScriptedCheckpoint()
            .crashedIn("again-485600-window 30.350-39.650 s")
            .crashedIn("again-485600-window 30.350-39.650 s");

    Recognition all =
        new SecondHearing(new Scripted(regions -> List.of()))
            .recognize(
                new SpeechOrder(
                    AUDIO,
                    SpeechRegions.found(List.of(region(0, 10), region(30, 40))),
                    RecognitionOptions.DEFAULTS,
                    checkpoint.context()));

    assertThat(heard).hasSize(2);
    assertThat(heard.get(1)).containsExactly(region(0.1, 9.9));
    assertThat(all.skipped()).containsExactly(span(30.35, 39.65));
  }

  @Test
  void speechThatTheFirstHearingLeftOutIsNotHeardAgain() throws Exception {
    SpeechRecognizer first =
        new Scripted(regions -> List.of(say(1, 20, "first"))) {
          @Override
          public Recognition recognize(SpeechOrder order) {
            Recognition all = super.recognize(order);
            return new Recognition(all.transcript(), List.of(span(30, 40)), List.of());
          }
        };

    Recognition all =
        new SecondHearing(first)
            .recognize(
                new SpeechOrder(
                    AUDIO,
                    SpeechRegions.found(List.of(region(1, 20), region(30, 40))),
                    RecognitionOptions.DEFAULTS,
                    StageContext.disabled()));

    assertThat(heard).hasSize(1);
    assertThat(all.skipped()).containsExactly(span(30, 40));
  }

  private List<Segment> recognize(
      List<SpeechRegion> regions, Function<List<SpeechRegion>, List<Segment>> script)
      throws Exception {
    RecognitionOptions options = new RecognitionOptions(null, false, "prompt", List.of("words"));
    return new SecondHearing(new Scripted(script))
        .recognize(
            new SpeechOrder(AUDIO, SpeechRegions.found(regions), options, StageContext.disabled()))
        .transcript()
        .segments();
  }

  private static List<Segment> said(List<SpeechRegion> regions) {
    return List.of(new Segment(regions.get(0).span(), "again", 0.9, List.of()));
  }

  private static Segment say(double start, double end, String text) {
    return new Segment(span(start, end), text, 0.9, List.of());
  }

  private static SpeechRegion region(double start, double end) {
    return new SpeechRegion(span(start, end));
  }

  private static SampleSpan span(double start, double end) {
    return new SampleSpan(
        Math.round(start * Waveform.SAMPLE_RATE), Math.round(end * Waveform.SAMPLE_RATE));
  }

  /** Says what a script says, and remembers what it was asked. */
  private class Scripted implements SpeechRecognizer {
    private final Function<List<SpeechRegion>, List<Segment>> script;

    Scripted(Function<List<SpeechRegion>, List<Segment>> script) {
      this.script = script;
    }

    @Override
    public Recognition recognize(SpeechOrder order) {
      heard.add(order.regions().list());
      asked.add(order.options());
      return new Recognition(Transcript.of(script.apply(order.regions().list())), List.of());
    }

    @Override
    public ModelIdentity model() {
      return new ModelIdentity("scripted", "1", "sha256:" + "1".repeat(64), "fp32", Map.of());
    }
  }
}
