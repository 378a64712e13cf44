package io.maie.edge.asr;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Packs speech regions into windows, in order, each as full as it gets. */
public final class WindowPlan {
  private final WindowRules rules;
  private final QuietPoint quietPoint;
  private final List<SpeechWindow> windows = new ArrayList<>();

  /** The pieces of the window being filled. */
  private final List<SampleSpan> pieces = new ArrayList<>();

  private long filled;

  WindowPlan(WindowRules rules, QuietPoint quietPoint) {
    this.rules = rules;
    this.quietPoint = quietPoint;
  }

  /**
   * The windows in which the speech of a recording is to be heard. Every sample of a region is in
   * exactly one window; a region that is longer than the rules leave uncut is cut where it is
   * quietest.
   */
  public static List<SpeechWindow> of(SpeechOrder order, WindowRules rules) throws IOException {
    return new WindowPlan(rules, QuietPoint.of(order.audio())).windows(order.regions().list());
  }

  /**
   * Packs regions.
   *
   * @param regions ascending, not overlapping
   */
  List<SpeechWindow> windows(List<SpeechRegion> regions) throws IOException {
    for (SpeechRegion region : regions) {
      add(region.span());
    }
    finishWindow();
    return List.copyOf(windows);
  }

  private void add(SampleSpan region) throws IOException {
    if (!fits(region)) {
      finishWindow();
    }
    SampleSpan rest = region;
    while (rest.length() > rules.maxUncutSamples()) {
      long latest = rest.start() + rules.maxUncutSamples();
      long cut = quietPoint.in(new SampleSpan(latest - rules.maxWindowSamples() / 2, latest));
      append(new SampleSpan(rest.start(), cut));
      finishWindow();
      rest = new SampleSpan(cut, rest.end());
    }
    if (!rest.isEmpty()) {
      append(rest);
    }
  }

  private boolean fits(SampleSpan region) {
    return pieces.isEmpty()
        || filled + keptPause(region) + region.length() <= rules.maxWindowSamples();
  }

  private long pauseBefore(SampleSpan region) {
    return region.start() - pieces.get(pieces.size() - 1).end();
  }

  private long keptPause(SampleSpan region) {
    return Math.min(pauseBefore(region), rules.maxPauseSamples());
  }

  private void append(SampleSpan region) {
    if (pieces.isEmpty()) {
      pieces.add(region);
    } else if (pauseBefore(region) <= rules.maxPauseSamples()) {
      replaceLast(new SampleSpan(last().start(), region.end()));
    } else {
      long before = rules.maxPauseSamples() / 2;
      long after = rules.maxPauseSamples() - before;
      replaceLast(new SampleSpan(last().start(), last().end() + before));
      pieces.add(new SampleSpan(region.start() - after, region.end()));
    }
    filled = pieces.stream().mapToLong(SampleSpan::length).sum();
  }

  private SampleSpan last() {
    return pieces.get(pieces.size() - 1);
  }

  private void replaceLast(SampleSpan piece) {
    pieces.set(pieces.size() - 1, piece);
  }

  private void finishWindow() {
    if (!pieces.isEmpty()) {
      windows.add(new SpeechWindow(pieces));
      pieces.clear();
      filled = 0;
    }
  }
}
