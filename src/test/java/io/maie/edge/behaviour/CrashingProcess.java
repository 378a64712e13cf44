package io.maie.edge.behaviour;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.Stage;
import io.maie.edge.spool.Candidate;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.Task;
import io.maie.edge.task.TaskClock;
import io.maie.edge.task.TaskOutcome;
import io.maie.edge.task.TaskSettings;
import io.maie.edge.testing.ManualTicker;
import io.maie.edge.testing.ScratchSpool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One life of a process that recovers, drains the inbox, and vanishes at a step if told to: {@code
 * CrashingProcess HOME SCENARIO [STEP]}.
 */
final class CrashingProcess {
  /** The exit status of a process that vanished where it should. */
  static final int VANISHED = 42;

  private static final int MOST_ROUNDS = 20;

  private final Path home;
  private final ManualTicker time = new ManualTicker();
  private final ScratchSpool spool;

  /** Samples of a recording that end the process when their window is heard. */
  static final List<Long> FATAL_SAMPLES = List.of(70_000L, 150_000L);

  /** The same, in a recording of forty seconds. */
  static final long LATE_SAMPLE = 608_000;

  /** Groups of diarized windows and voices that end the process when they have been kept. */
  static final List<String> FATAL_GROUPS = List.of("classes-0", "voices-0");

  /** Outcome of the recording if nobody interferes. */
  enum Scenario {
    SUCCESS,
    FAILURE,
    /** It grows while it is processed for the first time. */
    CHANGE,
    /** The process is killed in certain windows of speech, whenever they are heard. */
    WINDOWS,
    /** The process is killed near the end of a recording, whenever that is heard. */
    LATE_WINDOW,
    /** The heap is used up while the recording is heard for the first time. */
    HEAP,
    /** The process is killed while speech is looked for. */
    STAGE,
    /** Real models tell speakers apart. */
    SPEAKERS,
    /** The same, killed when the first half of the windows and the first voices have been kept. */
    KILLED_SPEAKERS
  }

  CrashingProcess(Path home, Scenario scenario, FaultPoint faults) throws IOException {
    this.home = home;
    this.spool = new ScratchSpool(home, new TaskClock(time, time), TaskSettings.DEFAULTS, faults);
    switch (scenario) {
      case SUCCESS -> {}
      case FAILURE -> spool.engines.on(Stage.DECODE, context -> refuse());
      case CHANGE -> spool.engines.on(Stage.ASR, context -> growOnce());
      case WINDOWS -> hearWithFatalWindows(FATAL_SAMPLES);
      case LATE_WINDOW -> hearWithFatalWindows(List.of(LATE_SAMPLE));
      case HEAP -> spool.engines.on(Stage.ASR, context -> useUpTheHeapOnce());
      case STAGE ->
          spool.engines.on(
              Stage.VAD,
              context -> {
                context.checkpoint().begin("sound from sample 0");
                KilledRecognizer.killItself();
              });
      case SPEAKERS -> tellSpeakersApart(List.of());
      case KILLED_SPEAKERS -> tellSpeakersApart(FATAL_GROUPS);
    }
  }

  public static void main(String[] arguments) throws IOException {
    FaultPoint faults =
        arguments.length < 3
            ? FaultPoint.disabled()
            : step -> {
              if (step.label().equals(arguments[2])) {
                Runtime.getRuntime().halt(VANISHED);
              }
            };
    new CrashingProcess(Path.of(arguments[0]), Scenario.valueOf(arguments[1]), faults).live();
  }

  ScratchSpool spool() {
    return spool;
  }

  /** Recovers, then processes until nothing is left. */
  void live() throws IOException {
    if (spool.inbox.recover(spool.recordings).isPresent()) {
      throw new IllegalStateException("the inbox cannot be used");
    }
    for (Task task : spool.recovery.recover()) {
      // whatever is made again tells of another time
      time.advance(Duration.ofMinutes(1));
      TaskOutcome outcome = spool.runner.run(task);
      if (outcome instanceof TaskOutcome.Deferred) {
        // a sidecar that was not claimed yet has to settle again
        time.advance(Duration.ofSeconds(30));
        outcome = spool.runner.run(outcome.task());
      }
      if (outcome instanceof TaskOutcome.Deferred) {
        throw new IllegalStateException("a task waits: " + outcome);
      }
    }
    for (int round = 0; round < MOST_ROUNDS; round++) {
      spool.inbox.scan();
      time.advance(Duration.ofSeconds(30));
      List<Candidate> ready = spool.inbox.scan().ready();
      for (Candidate candidate : ready) {
        Optional<Task> task = spool.claims.claim(candidate);
        task.ifPresent(spool.runner::run);
      }
    }
  }

  private void hearWithFatalWindows(List<Long> samples) throws IOException {
    try {
      spool.engines.hearingBy(new KilledRecognizer(samples));
    } catch (ProcessingException e) {
      throw new IOException(e);
    }
  }

  private void tellSpeakersApart(List<String> fatalGroups) throws IOException {
    try {
      spool.engines.tellingApartBy(new KilledDiarizer(fatalGroups));
    } catch (ProcessingException e) {
      throw new IOException(e);
    }
  }

  private static void refuse() throws ProcessingException {
    throw new ProcessingException(FailureCode.NO_AUDIO_STREAM, "scripted failure");
  }

  private void useUpTheHeapOnce() throws IOException {
    Path marker = home.resolve("had-no-heap");
    if (Files.notExists(marker)) {
      Files.createFile(marker);
      List<long[]> hoard = new ArrayList<>();
      while (hoard.size() < Integer.MAX_VALUE) {
        hoard.add(new long[1_000_000]);
      }
    }
  }

  private void growOnce() throws IOException {
    Path marker = home.resolve("has-grown");
    if (Files.notExists(marker)) {
      Files.createFile(marker);
      Path input =
          home.resolve("work")
              .resolve(spool.runner.running().orElseThrow().task().id())
              .resolve("input.wav");
      Files.write(input, new byte[100]);
    }
  }
}
