package io.maie.edge.bench;

import io.maie.edge.asr.ChosenRecognizer;
import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.bench.DiskSequence.Step;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.Engines;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.RuntimeEnvironment;
import io.maie.edge.spool.ArrivalChecks;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.Ranking;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.spool.SystemFileLease;
import io.maie.edge.spool.WholenessCheck;
import io.maie.edge.task.Claims;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.FinishedNotes;
import io.maie.edge.task.History;
import io.maie.edge.task.Installation;
import io.maie.edge.task.ProcessIdentity;
import io.maie.edge.task.StoredResults;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskOutcome;
import io.maie.edge.task.TaskPlaces;
import io.maie.edge.task.TaskRunner;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.task.TaskStore;
import io.maie.edge.text.summary.ExtractiveEngine;
import io.maie.edge.text.summary.Summaries;
import io.maie.edge.text.template.TemplateFolders;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Measures what claim, hash, task file, publication and archive add to the pipeline, per file of a
 * burst; beside the disk calls of the same task with nothing around them, in turn. The engines
 * answer at once, so that what remains is the daemon's own.
 */
final class OverheadBench {
  private static final int RECORDING_BYTES = 32_000;

  /**
   * The recording of the burst that shows the bare sequence: its folders and history exist already.
   */
  private static final int RECORDED = 2;

  /** Time that the engines took for the recording at hand; it is not the daemon's own. */
  private static final AtomicLong ENGINE_NANOS = new AtomicLong();

  /** Processor time does not depend on what else the machine does. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private OverheadBench() {}

  /** Processes {@code files}, or as many as can be done in {@code seconds}. */
  static void run(int files, int seconds) throws Exception {
    Path home = Files.createTempDirectory("maie-bench-overhead-");
    try {
      Path ours = fill(home.resolve("ours"), files);
      Path bare = fill(home.resolve("bare"), files);
      measure(ours, bare, files, seconds);
    } finally {
      Folders.delete(home);
    }
  }

  /** The folders of the program, with a burst in the inbox. */
  private static Path fill(Path home, int files) throws IOException {
    for (String folder : List.of("inbox", "work", "outbox", "archive", "failed", "state")) {
      Files.createDirectories(home.resolve(folder));
    }
    byte[] sound = new byte[RECORDING_BYTES];
    new Random(1).nextBytes(sound);
    for (int i = 0; i < files; i++) {
      Files.write(home.resolve("inbox").resolve(name(i)), sound);
    }
    return home;
  }

  private static String name(int index) {
    return "r%05d.wav".formatted(index);
  }

  private static void measure(Path home, Path bareHome, int files, int seconds) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    TaskClock clock = new TaskClock(InstantSource.system(), Ticker.system());
    Inbox inbox =
        new Inbox(
            InboxOptions.of(home.resolve("inbox")),
            new ArrivalChecks(
                file ->
                    new WholenessCheck.Verdict(
                        WholenessCheck.Wholeness.WHOLE, "it was written whole"),
                Ranking.byArrival(),
                SystemFileLease.open()),
            clock.ticker());
    TaskStore store = new TaskStore(home.resolve("work"), FaultPoint.disabled());
    TaskRunner runner = runner(home, inbox, store, clock);
    Claims claims =
        new Claims(inbox, store, new TaskIds(clock.wall(), new Random(2)), clock.wall());
    Figures all = new Figures("ours, all", "ms");
    Figures reference = new Figures("bare, all", "ms");
    Figures processor = new Figures("ours, processor time", "ms");
    Figures ratios = new Figures("ours / bare, file by file", "");
    BareDisk bare = null;
    int done = 0;
    boolean isTimeUp = false;
    while (done < files && !isTimeUp) {
      for (Candidate candidate : inbox.scan().ready()) {
        isTimeUp = System.nanoTime() > deadline;
        if (isTimeUp) {
          break;
        }
        if (bare == null && done == RECORDED) {
          bare = record(home, bareHome, claims, runner, candidate);
          done++;
          continue;
        }
        List<Step> steps =
            bare == null ? List.of() : bare.prepare(candidate.relative().getFileName().toString());
        boolean bareFirst = done % 2 == 0;
        double bareMillis = bareFirst ? BareDisk.run(steps) : 0;
        long cpuStart = THREADS.getCurrentThreadCpuTime();
        double millis = process(claims, runner, candidate);
        double cpuMillis = (THREADS.getCurrentThreadCpuTime() - cpuStart) / 1e6;
        bareMillis = bareFirst ? bareMillis : BareDisk.run(steps);
        if (bare != null) {
          all.add(millis);
          processor.add(cpuMillis);
          reference.add(bareMillis);
          ratios.add(millis / bareMillis);
        }
        done++;
      }
    }
    compare(home, bareHome);
    Figures early = all.part(10, 100, "ours, files 10 to 109");
    Figures late = all.part(all.count() - 100, 100, "ours, the last 100");
    Figures bareEarly = reference.part(10, 100, "bare, files 10 to 109");
    Figures bareLate = reference.part(all.count() - 100, 100, "bare, the last 100");
    System.out.println(done + " of " + files + " files");
    System.out.println(early);
    System.out.println(late);
    System.out.println(processor.part(10, 100, "processor time, files 10 to 109"));
    System.out.println(processor.part(all.count() - 100, 100, "processor time, the last 100"));
    System.out.println(bareEarly);
    System.out.println(bareLate);
    System.out.println(all);
    System.out.println(reference);
    System.out.println(ratios);
    System.out.printf(
        Locale.ROOT,
        "ours / bare: %.2f (bar 2)   last / first: %.2f (bar: flat; bare %.2f)%n",
        all.median() / reference.median(),
        late.median() / early.median(),
        bareLate.median() / bareEarly.median());
  }

  /** Processes one recording and keeps what it did to the disk. */
  private static BareDisk record(
      Path home, Path bareHome, Claims claims, TaskRunner runner, Candidate candidate)
      throws Exception {
    Task[] task = new Task[1];
    DiskSequence sequence =
        DiskSequence.of(
            () -> {
              task[0] = claims.claim(candidate).orElseThrow();
              return runner.run(task[0]);
            });
    System.out.println("per file: " + sequence.counts());
    String name = candidate.relative().getFileName().toString();
    return new BareDisk(bareHome, sequence, home, task[0].id(), name);
  }

  /** Milliseconds for one recording, without those of the engines. */
  private static double process(Claims claims, TaskRunner runner, Candidate candidate)
      throws IOException {
    long start = System.nanoTime();
    Task task = claims.claim(candidate).orElseThrow();
    TaskOutcome outcome = runner.run(task);
    double millis = (System.nanoTime() - start - ENGINE_NANOS.get()) / 1e6;
    if (!(outcome instanceof TaskOutcome.Published)) {
      throw new IllegalStateException("expected a publication, found " + outcome);
    }
    return millis;
  }

  /** Both must have come to the same, but for the recordings before the bare sequence was known. */
  private static void compare(Path home, Path bareHome) throws IOException {
    for (String folder : List.of("inbox", "work", "outbox", "archive")) {
      int perFile = folder.equals("outbox") ? 2 : 1;
      int missing = folder.equals("work") ? 0 : (RECORDED + 1) * perFile;
      int sign = folder.equals("inbox") ? -1 : 1;
      int expected = count(home.resolve(folder)) - sign * missing;
      int found = count(bareHome.resolve(folder));
      if (found != expected) {
        throw new IllegalStateException(
            "expected " + expected + " files in bare/" + folder + ", found " + found);
      }
    }
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return (int) entries.filter(entry -> !entry.getFileName().toString().startsWith(".")).count();
    }
  }

  private static TaskRunner runner(Path home, Inbox inbox, TaskStore store, TaskClock clock)
      throws IOException {
    Pipeline pipeline =
        new Pipeline(
            new Engines(
                OverheadBench::decode,
                Detector::new,
                wish -> new ChosenRecognizer(new Recognizer(), List.of()),
                () -> {
                  throw new AssertionError("nobody asks who spoke");
                },
                List::of,
                TranscriptFilter.disabled(),
                new Summaries(
                    new TemplateFolders(List.of(Path.of("config", "templates"))),
                    new ExtractiveEngine(),
                    Optional.empty())),
            new SpeechRegionRules(
                0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ofMillis(30)),
            clock.ticker());
    TaskPlaces places =
        new TaskPlaces(
            inbox,
            new Outbox(Files.createDirectories(home.resolve("outbox"))),
            new RecordingFolder(Files.createDirectories(home.resolve("archive"))),
            new RecordingFolder(Files.createDirectories(home.resolve("failed"))),
            new History(Files.createDirectories(home.resolve("state"))),
            new StoredResults(home.resolve("state")),
            FinishedNotes.disabled());
    Installation installation =
        new Installation(
            "bench",
            new RuntimeEnvironment("17", "none", "cpu", 1, "Linux", "any"),
            Optional::empty);
    return new TaskRunner(
        store,
        places,
        pipeline,
        installation,
        ProcessIdentity.current(),
        () -> TaskSettings.DEFAULTS,
        clock);
  }

  /** Hashes for real, and takes the bytes for samples. */
  private static DecodedAudio decode(
      Path recording, Path pcm, SoundSelection wanted, StageContext context) throws IOException {
    long start = System.nanoTime();
    byte[] bytes = Files.readAllBytes(recording);
    Files.write(pcm, bytes);
    ENGINE_NANOS.set(System.nanoTime() - start);
    return new DecodedAudio(
        pcm,
        List.of(),
        bytes.length / 2,
        sha256(bytes),
        bytes.length,
        "raw/pcm_s16le",
        16_000,
        1,
        OptionalDouble.empty(),
        true,
        HeardSound.unchanged(bytes.length / 2),
        ChannelLevels.NONE,
        "none",
        List.of());
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static ModelIdentity model() {
    return new ModelIdentity("none", "0", "sha256:0", "none", Map.of());
  }

  /** Hears speech everywhere. */
  private static final class Detector implements VoiceActivityDetector {
    @Override
    public List<SpeechRegion> detect(
        SampleSource audio, SpeechRegionRules rules, StageContext context) {
      return List.of(new SpeechRegion(new SampleSpan(0, audio.length())));
    }

    @Override
    public ModelIdentity model() {
      return OverheadBench.model();
    }
  }

  /** Hears one sentence. */
  private static final class Recognizer implements SpeechRecognizer {
    @Override
    public Recognition recognize(SpeechOrder order) throws ProcessingException {
      Segment segment =
          new Segment(
              new SampleSpan(0, order.audio().length()), "nothing in particular", 1, List.of());
      return new Recognition(Transcript.of(List.of(segment)), List.of());
    }

    @Override
    public ModelIdentity model() {
      return OverheadBench.model();
    }
  }
}
