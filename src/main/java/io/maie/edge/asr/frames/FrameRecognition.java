package io.maie.edge.asr.frames;

import io.maie.edge.asr.ModelInUse;
import io.maie.edge.asr.Preview;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.SkippedStretches;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechWindow;
import io.maie.edge.asr.TranscriptCheck;
import io.maie.edge.asr.UnusedOptions;
import io.maie.edge.asr.WindowPlan;
import io.maie.edge.asr.WindowRules;
import io.maie.edge.asr.WindowSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Manifest;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.Warning;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SoundTags;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Recognises a recording window by window, with any model of windows. Plans the windows, keeps
 * checkpoints, maps times to the recording, and collects segments, language and warnings.
 *
 * @param manifest of the model that {@code identity} names
 * @param frameSamples samples between two frames of the model
 * @param usesVocabulary whether the search prefers words that are asked for
 */
public record FrameRecognition(
    ModelIdentity identity,
    Manifest manifest,
    int frameSamples,
    WindowRules rules,
    boolean usesVocabulary) {

  /** Recognises the recording through {@code ear}. */
  public Recognition recognize(SpeechOrder order, WindowRecognizer ear)
      throws ProcessingException, TaskStoppedException, IOException {
    List<SpeechWindow> windows = WindowPlan.of(order, rules);
    WindowCheckpoint checkpoint =
        new WindowCheckpoint(order.context().checkpoint(), fingerprint(order, windows));
    SkippedStretches skipped = SkippedStretches.of(windows, order.context().checkpoint());
    List<KeptWindow> finished = checkpoint.load();
    Hearing hearing = new Hearing(order, ear, windows, skipped);
    for (int i = 0; i < finished.size(); i++) {
      hearing.take(finished.get(i), windows.get(i));
    }
    while (finished.size() < windows.size()) {
      int first = finished.size();
      List<KeptWindow> kept = hearing.from(first);
      finished.addAll(kept);
      checkpoint.add(kept);
      for (int i = first; i < finished.size(); i++) {
        hearing.take(finished.get(i), windows.get(i));
      }
    }
    skipped.end();
    order.context().tick(1);
    return hearing.recognition(finished);
  }

  private static List<Segment> segments(KeptWindow kept, SpeechWindow window) {
    SoundTags tags = new SoundTags(kept.tags().emotion(), kept.tags().event());
    return Utterances.of(kept.words(), window).stream()
        .map(segment -> segment.withTags(tags))
        .toList();
  }

  /** Hears the windows of a recording, one by one or in batches. */
  private final class Hearing {
    private final SpeechOrder order;
    private final WindowRecognizer ear;
    private final List<SpeechWindow> windows;
    private final SkippedStretches skipped;

    Hearing(
        SpeechOrder order,
        WindowRecognizer ear,
        List<SpeechWindow> windows,
        SkippedStretches skipped) {
      this.order = order;
      this.ear = ear;
      this.windows = windows;
      this.skipped = skipped;
    }

    /** Notes a window that was heard or left out, and shows its text. */
    void take(KeptWindow kept, SpeechWindow window) {
      if (kept.isSkipped()) {
        skipped.add(window);
      }
      Preview.show(segments(kept, window), order.context().progress());
    }

    /** Puts the windows together, all of which were heard or left out. */
    Recognition recognition(List<KeptWindow> finished) {
      List<Segment> segments = new ArrayList<>();
      for (int i = 0; i < finished.size(); i++) {
        segments.addAll(segments(finished.get(i), windows.get(i)));
      }
      ServedLanguage served = new ServedLanguage(manifest, order.options());
      Transcript transcript =
          SpokenLanguage.of(finished)
              .or(served::language)
              .map(language -> Transcript.of(language, segments))
              .orElseGet(() -> Transcript.of(segments));
      List<Warning> warnings =
          new ArrayList<>(
              new UnusedOptions(identity.name(), order.options(), usesVocabulary).warnings());
      warnings.addAll(new TranscriptCheck(identity.name(), segments, false).warnings());
      return new Recognition(transcript, skipped.list(), warnings);
    }

    private WindowSource source(SpeechWindow window) {
      return new WindowSource(window, order.audio());
    }

    /** Hears the window {@code first}, and those of its batch that follow it. */
    List<KeptWindow> from(int first) throws ProcessingException, TaskStoppedException, IOException {
      double before = (double) first / windows.size();
      order.context().tick(before);
      int batch = skipped.isCareful() ? 1 : ear.batch();
      // batches begin at the same windows after a restart: each window has the same neighbours
      int end = Math.min(windows.size(), first + batch - first % batch);
      double share = (double) (end - first) / windows.size();
      WindowRecognizer.Steps steps =
          heard -> order.context().tick(before + Math.min(heard, 1) * share);
      List<SpeechWindow> next = windows.subList(first, end);
      if (next.size() == 1) {
        return List.of(
            skipped.begin(next.get(0))
                ? kept(ear.hear(source(next.get(0)), steps), next.get(0))
                : KeptWindow.SKIPPED);
      }
      skipped.beginAll(
          new SampleSpan(next.get(0).span().start(), windows.get(end - 1).span().end()));
      List<HeardWindow> heard = ear.hearAll(next.stream().map(this::source).toList(), steps);
      List<KeptWindow> kept = new ArrayList<>();
      for (int i = 0; i < next.size(); i++) {
        kept.add(kept(heard.get(i), next.get(i)));
      }
      return kept;
    }
  }

  private KeptWindow kept(HeardWindow heard, SpeechWindow window) {
    return new KeptWindow(words(heard, window), heard.tags(), false);
  }

  private List<Word> words(HeardWindow heard, SpeechWindow window) {
    List<Word> words = new ArrayList<>();
    for (DecodedWord word : heard.words()) {
      words.add(new Word(span(word, window), word.text(), word.probability()));
    }
    return List.copyOf(words);
  }

  /** Frames may reach a little beyond the window, whose last one is not full. */
  private SampleSpan span(DecodedWord word, SpeechWindow window) {
    long start = Math.min((long) word.firstFrame() * frameSamples, window.length() - 1);
    long end = Math.min((long) word.endFrame() * frameSamples, window.length());
    return window.withinPiece(new SampleSpan(start, Math.max(end, start + 1)));
  }

  private String fingerprint(SpeechOrder order, List<SpeechWindow> windows) {
    List<String> preferred = usesVocabulary ? order.options().vocabulary() : List.of();
    return ModelInUse.fingerprint(
        identity, windows, preferred, String.valueOf(order.options().language()));
  }
}
