package io.maie.edge.bench;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.RecognitionOptions;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.asr.TranscriptFilter;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.Engines;
import io.maie.edge.pipeline.Pipeline;
import io.maie.edge.progress.StageContext;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.result.RuntimeEnvironment;
import io.maie.edge.spool.Candidate;
import io.maie.edge.spool.Inbox;
import io.maie.edge.spool.InboxOptions;
import io.maie.edge.spool.Judges;
import io.maie.edge.spool.Outbox;
import io.maie.edge.spool.Ranking;
import io.maie.edge.spool.RecordingFolder;
import io.maie.edge.spool.SystemFileLease;
import io.maie.edge.spool.WholenessCheck;
import io.maie.edge.task.Claims;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.History;
import io.maie.edge.task.Installation;
import io.maie.edge.task.ProcessIdentity;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskIds;
import io.maie.edge.task.TaskOutcome;
import io.maie.edge.task.TaskParts;
import io.maie.edge.task.TaskPlaces;
import io.maie.edge.task.TaskRecord;
import io.maie.edge.task.TaskRunner;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.task.TaskStore;
import io.maie.edge.time.Ticker;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.vad.SpeechRegionRules;
import io.maie.edge.vad.VoiceActivityDetector;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
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
import java.util.concurrent.atomic.AtomicLong;

/**
 * What claim, hash, task file, publication and archive add to the pipeline, per file of a burst;
 * beside the same number of flushes, renames and links with nothing around them. The engines answer
 * at once, so that what remains is the daemon's own.
 */
final class OverheadBench {
  private static final int RECORDING_BYTES = 32_000;

  /**
   * Per published recording, as {@code strace -f -y -e fsync,rename,link} shows them: flushes of
   * files, flushes of folders, renames, links. Correct these when the protocol changes.
   */
  private static final int FILE_FLUSHES = 9;

  private static final int FOLDER_FLUSHES = 15;
  private static final int RENAMES = 11;
  private static final int LINKS = 3;

  /** Time that the engines took for the recording at hand; it is not the daemon's own. */
  private static final AtomicLong ENGINE_NANOS = new AtomicLong();

  private OverheadBench() {}

  static void run(int files) throws Exception {
    Path home = Files.createTempDirectory("maie-bench-overhead-");
    try {
      Path inbox = Files.createDirectories(home.resolve("inbox"));
      byte[] sound = new byte[RECORDING_BYTES];
      new Random(1).nextBytes(sound);
      for (int i = 0; i < files; i++) {
        Files.write(inbox.resolve("r%05d.wav".formatted(i)), sound);
      }
      measure(home, inbox, files);
    } finally {
      Folders.delete(home);
    }
  }

  private static void measure(Path home, Path inboxFolder, int files) throws Exception {
    TaskClock clock = new TaskClock(InstantSource.system(), Ticker.system());
    Inbox inbox =
        new Inbox(
            InboxOptions.of(inboxFolder),
            new Judges(
                file ->
                    new WholenessCheck.Verdict(WholenessCheck.Wholeness.WHOLE, "it was written whole"),
                Ranking.byArrival(),
                SystemFileLease.open()),
            clock.ticker());
    TaskStore store = new TaskStore(Files.createDirectories(home.resolve("work")), FaultPoint.disabled());
    TaskRunner runner = runner(home, inbox, store, clock);
    Claims claims =
        new Claims(
            new Claims.Parts(
                inbox, store, new TaskIds(clock.wall(), new Random(2)), FaultPoint.disabled()),
            clock.wall());
    Path bare = Files.createDirectories(home.resolve("bare"));
    Figures early = new Figures("ours, files 10 to 109", "ms");
    Figures all = new Figures("ours, all", "ms");
    Figures late = new Figures("ours, the last 100", "ms");
    Figures reference = new Figures("bare flushes, renames, links", "ms");
    int done = 0;
    while (done < files) {
      List<Candidate> ready = inbox.scan().ready();
      for (Candidate candidate : ready) {
        long start = System.nanoTime();
        Optional<TaskRecord> task = claims.claim(candidate);
        if (task.isEmpty()) {
          continue;
        }
        TaskOutcome outcome = runner.run(task.get());
        double millis = (System.nanoTime() - start - ENGINE_NANOS.get()) / 1e6;
        if (!(outcome instanceof TaskOutcome.Published)) {
          throw new IllegalStateException("expected a publication, found " + outcome);
        }
        all.add(millis);
        if (done >= 10 && done < 110) {
          early.add(millis);
        }
        if (done >= files - 100) {
          late.add(millis);
        }
        if (done % Math.max(1, files / 200) == 0) {
          reference.add(bare(bare));
        }
        done++;
      }
    }
    System.out.println(early);
    System.out.println(late);
    System.out.println(all);
    System.out.println(reference);
    System.out.printf(
        Locale.ROOT,
        "ours / bare: %.2f (bar 2)   last / first: %.2f (bar: flat)%n",
        all.median() / reference.median(),
        late.median() / early.median());
  }

  private static TaskRunner runner(Path home, Inbox inbox, TaskStore store, TaskClock clock)
      throws IOException {
    Pipeline pipeline =
        new Pipeline(
            new Engines(
                OverheadBench::decode,
                Detector::new,
                (backend, model) -> new Recognizer(),
                TranscriptFilter.disabled()),
            new SpeechRegionRules(
                0.5, Duration.ofMillis(200), Duration.ofMillis(500), null, Duration.ofMillis(30)),
            clock.ticker());
    TaskPlaces places =
        new TaskPlaces(
            inbox,
            new Outbox(Files.createDirectories(home.resolve("outbox"))),
            new RecordingFolder(Files.createDirectories(home.resolve("archive"))),
            new RecordingFolder(Files.createDirectories(home.resolve("failed"))),
            new History(Files.createDirectories(home.resolve("state"))));
    Installation installation =
        new Installation("bench", new RuntimeEnvironment("17", "none", "cpu", 1, "Linux", "any"));
    return new TaskRunner(
        new TaskParts(
            store,
            places,
            pipeline,
            installation,
            ProcessIdentity.current(),
            FaultPoint.disabled()),
        () -> TaskSettings.DEFAULTS,
        clock);
  }

  /** Hashes for real, and takes the bytes for samples. */
  private static DecodedAudio decode(Path recording, Path pcm, StageContext context)
      throws IOException {
    long start = System.nanoTime();
    byte[] bytes = Files.readAllBytes(recording);
    Files.write(pcm, bytes);
    ENGINE_NANOS.set(System.nanoTime() - start);
    return new DecodedAudio(
        pcm,
        bytes.length / 2,
        sha256(bytes),
        bytes.length,
        "raw/pcm_s16le",
        16_000,
        1,
        OptionalDouble.empty(),
        true,
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

  /** Milliseconds that the flushes, renames and links of one recording take by themselves. */
  private static double bare(Path folder) throws IOException {
    byte[] small = new byte[2_000];
    long start = System.nanoTime();
    for (int i = 0; i < FILE_FLUSHES; i++) {
      try (FileChannel file =
          FileChannel.open(
              folder.resolve("f" + i), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        file.write(ByteBuffer.wrap(small));
        file.force(true);
      }
    }
    Path name = folder.resolve("f0");
    for (int i = 1; i < RENAMES; i++) {
      name = Files.move(name, folder.resolve("g" + i), StandardCopyOption.ATOMIC_MOVE);
    }
    Files.move(name, folder.resolve("f0"), StandardCopyOption.ATOMIC_MOVE);
    for (int i = 0; i < LINKS; i++) {
      Files.createLink(folder.resolve("l" + i), folder.resolve("f" + i));
      Files.delete(folder.resolve("l" + i));
    }
    for (int i = 0; i < FOLDER_FLUSHES; i++) {
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    }
    for (int i = 0; i < FILE_FLUSHES; i++) {
      Files.delete(folder.resolve("f" + i));
    }
    return (System.nanoTime() - start) / 1e6;
  }

  private static ModelIdentity model() {
    return new ModelIdentity("none", "0", "sha256:0", "none", false, Map.of());
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
    public Recognition recognize(
        SampleSource audio,
        List<SpeechRegion> regions,
        RecognitionOptions options,
        StageContext context)
        throws ProcessingException {
      Segment segment =
          new Segment(new SampleSpan(0, audio.length()), "nothing in particular", 1, List.of());
      return new Recognition(Transcript.of(List.of(segment)), List.of());
    }

    @Override
    public ModelIdentity model() {
      return OverheadBench.model();
    }
  }
}
