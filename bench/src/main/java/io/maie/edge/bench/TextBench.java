package io.maie.edge.bench;

import com.sun.management.ThreadMXBean;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.progress.StageContext;
import io.maie.edge.request.Cleaning;
import io.maie.edge.result.CleanedText;
import io.maie.edge.text.clean.EditDistance;
import io.maie.edge.text.clean.TranscriptCleaner;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.SummaryInput;
import io.maie.edge.text.template.Template;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.SpeakerLabel;
import io.maie.edge.transcript.Transcript;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/** Measures time and memory of the text stage for an hour of transcript without a model. */
final class TextBench {
  private static final int WORDS = 9_000;
  private static final int WORDS_PER_SEGMENT = 15;
  private static final int CHARACTERS = 50_000;
  private static final double MEBIBYTE = 1 << 20;

  /** Enough different words for a vocabulary that grows as that of people does. */
  private static final List<String> FRAMES =
      List.of(
          "We need to send the %1$s to the %2$s by Friday.",
          "So let's say the %1$s is decided, and %2$s will follow on the third of May.",
          "Um, the %1$s cost about four hundred and twenty pounds, because the %2$s was late.",
          "Can you ask Daniel about the %1$s before the %2$s arrives?",
          "I think that the %1$s depends on the %2$s, and nobody knows when.",
          "They told us that %1$s and %2$s were not in the plan of last year.");

  private TextBench() {}

  static void run(int rounds) throws Exception {
    Transcript transcript = hour();
    Template template =
        new TemplateFolders(List.of(Path.of("config", "templates")))
            .find("call_report")
            .orElseThrow()
            .template()
            .orElseThrow();
    ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    editDistance(rounds, thread);
    for (int round = 0; round < rounds; round++) {
      long allocated = thread.getCurrentThreadAllocatedBytes();
      long start = thread.getCurrentThreadCpuTime();
      sumUp(transcript, template);
      System.out.printf(
          "round %d: %.2f s of processor time, %.0f MiB allocated in all%n",
          round + 1,
          (thread.getCurrentThreadCpuTime() - start) / 1e9,
          (thread.getCurrentThreadAllocatedBytes() - allocated) / MEBIBYTE);
    }
    long before = live();
    AtomicBoolean isDone = new AtomicBoolean();
    FutureTask<Long> most = new FutureTask<>(() -> mostUntil(isDone));
    new Thread(most, "live-memory").start();
    try {
      sumUp(transcript, template);
    } finally {
      isDone.set(true);
    }
    System.out.printf(
        "%.1f MiB of live objects at most, besides the transcript (%.1f MiB with all of the"
            + " program); heap in use is more, as garbage stays until a collection%n",
        (most.get() - before) / MEBIBYTE, most.get() / MEBIBYTE);
  }

  private static void sumUp(Transcript transcript, Template template) throws Exception {
    CleanedText cleaned =
        new TranscriptCleaner(EnumSet.allOf(Cleaning.class), List.of()).clean(transcript);
    new ExtractiveEngine()
        .summarize(
            new SummaryInput(template, transcript, cleaned, Map.of()), StageContext.disabled());
  }

  /** The most bytes that were live at any collection; one follows the other. */
  private static long mostUntil(AtomicBoolean isDone) {
    long most = 0;
    do {
      most = Math.max(most, live());
    } while (!isDone.get());
    return most;
  }

  /** Bytes in use right after a collection. */
  private static long live() {
    System.gc();
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getCollectionUsage().getUsed())
        .sum();
  }

  /**
   * Distance between a transcript of 50,000 characters and one with a tenth of its words changed.
   */
  private static void editDistance(int rounds, ThreadMXBean thread) {
    Random random = new Random(2);
    StringBuilder before = new StringBuilder();
    StringBuilder after = new StringBuilder();
    while (before.length() < CHARACTERS) {
      String word = noun(random) + " ";
      before.append(word);
      after.append(random.nextInt(10) == 0 ? noun(random) + " " : word);
    }
    for (int round = 0; round < rounds; round++) {
      long start = thread.getCurrentThreadCpuTime();
      double rate = EditDistance.rateOfCharacters(before.toString(), after.toString());
      System.out.printf(
          "edit distance of %d characters: %.3f s of processor time (rate %.3f)%n",
          before.length(), (thread.getCurrentThreadCpuTime() - start) / 1e9, rate);
    }
  }

  /** Three people who talk in turn. */
  private static Transcript hour() {
    Random random = new Random(1);
    List<Segment> segments = new ArrayList<>();
    long at = 0;
    long step = 3_600L * Waveform.SAMPLE_RATE * WORDS_PER_SEGMENT / WORDS;
    for (int words = 0; words < WORDS; words += WORDS_PER_SEGMENT) {
      String frame = FRAMES.get(random.nextInt(FRAMES.size()));
      String text = frame.formatted(noun(random), noun(random));
      SpeakerLabel speaker = new SpeakerLabel("S" + (1 + segments.size() / 2 % 3), false);
      SampleSpan span = new SampleSpan(at, at + step * 9 / 10);
      segments.add(new Segment(span, text, 1, List.of()).withSpeaker(speaker, List.of()));
      at += step;
    }
    return Transcript.of(new Language("en", 1), segments);
  }

  /** A few nouns come often, most of them seldom. */
  private static String noun(Random random) {
    int rank = (int) (400 * Math.pow(random.nextDouble(), 3));
    return "topic" + (char) ('a' + rank % 26) + (char) ('a' + rank / 26);
  }
}
