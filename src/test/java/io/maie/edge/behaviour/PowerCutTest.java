package io.maie.edge.behaviour;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.maie.edge.behaviour.CrashingProcess.Scenario;
import io.maie.edge.durable.Disk;
import io.maie.edge.durable.Disk.Call;
import io.maie.edge.task.FaultPoint;
import io.maie.edge.task.FinishedNotes;
import io.maie.edge.testing.DiskRecorder;
import io.maie.edge.testing.DiskRecorder.Told;
import io.maie.edge.testing.ForgetfulDisk;
import io.maie.edge.testing.ForgetfulDisk.State;
import io.maie.edge.testing.ScratchSpool;
import io.maie.edge.testing.ShippedSchema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The power goes between any two disk calls of a task, and what was not flushed is lost in several
 * ways; the next start must put everything right.
 */
final class PowerCutTest {
  private static final String NAME = "Gespräch 1.wav";
  private static final byte[] SOUND = {1, 2, 3, 4, 5, 6};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SIDECAR =
      "{\"metadata\": {\"case\": 7}}".getBytes(StandardCharsets.UTF_8);
  private static final ShippedSchema SCHEMA = ShippedSchema.result();
  private static final List<String> FOLDERS =
      List.of("inbox", "work", "outbox", "archive", "failed", "state");

  @TempDir private Path scratch;

  @Test
  void aPowerCutOnTheWayToTheOutboxLosesNothingAndDoublesNothing() throws IOException {
    int states = 0;
    for (State state : statesAfterPowerCuts(Scenario.SUCCESS)) {
      ScratchSpool spool = liveOn(state, scratch.resolve("s" + states++), Scenario.SUCCESS);

      assertThat(spool.files("outbox")).containsExactly(NAME + ".json", NAME + ".txt");
      assertThatJsonIsComplete(spool.home.resolve("outbox/" + NAME + ".json"));
      assertThat(spool.home.resolve("outbox/" + NAME + ".txt")).isNotEmptyFile();
      assertThat(spool.files("archive")).containsExactly(NAME);
      assertThat(spool.home.resolve("archive").resolve(NAME)).hasBinaryContent(SOUND);
      assertNoLeftovers(spool, "failed");
    }
    assertThat(states).isGreaterThan(20);
  }

  @Test
  void aPowerCutOnTheWayToQuarantineLosesNothingAndDoublesNothing() throws IOException {
    int states = 0;
    for (State state : statesAfterPowerCuts(Scenario.FAILURE)) {
      ScratchSpool spool = liveOn(state, scratch.resolve("s" + states++), Scenario.FAILURE);

      assertThat(spool.files("failed"))
          .containsExactly(NAME, NAME + ".error.json", NAME + ".error.txt");
      assertThat(spool.home.resolve("failed").resolve(NAME)).hasBinaryContent(SOUND);
      assertThat(spool.home.resolve("failed/" + NAME + ".error.txt")).isNotEmptyFile();
      assertNoLeftovers(spool, "outbox");
    }
    assertThat(states).isGreaterThan(20);
  }

  /** A file with a second name elsewhere is copied, and so is one on another file system. */
  @Test
  void aPowerCutDuringAClaimByCopyLosesNothingAndDoublesNothing() throws IOException {
    List<Told> calls =
        calls(
            Scenario.SUCCESS,
            home -> Files.createLink(home.resolve("second name"), home.resolve("inbox/" + NAME)));
    assertThat(calls).anyMatch(told -> told.path().toString().contains(".maie-claimed"));
    // what lies in the folder of a claim names the place of the home
    Path home = scratch.resolve("first");
    int states = 0;
    for (State state : states(calls)) {
      states++;
      Disk.deleteTree(home);
      ScratchSpool spool = liveOn(state, home, Scenario.SUCCESS);

      assertThat(spool.files("outbox")).containsExactly(NAME + ".json", NAME + ".txt");
      assertThat(spool.files("archive")).containsExactly(NAME);
      assertThat(spool.home.resolve("archive").resolve(NAME)).hasBinaryContent(SOUND);
      assertThat(spool.home.resolve("inbox/.maie-claimed")).doesNotExist();
      assertNoLeftovers(spool, "failed");
    }
    assertThat(states).isGreaterThan(20);
  }

  @Test
  void aPowerCutLosesNoSidecar() throws IOException {
    String sidecar = NAME + ".job.json";
    List<Told> calls =
        calls(
            Scenario.SUCCESS, home -> Files.write(home.resolve("inbox").resolve(sidecar), SIDECAR));
    int states = 0;
    for (State state : states(calls, List.of(NAME, sidecar))) {
      ScratchSpool spool = liveOn(state, scratch.resolve("p" + states++), Scenario.SUCCESS);

      assertThat(spool.files("archive")).containsExactly(NAME, sidecar);
      assertThat(spool.home.resolve("archive").resolve(NAME)).hasBinaryContent(SOUND);
      assertThat(spool.home.resolve("archive").resolve(sidecar)).hasBinaryContent(SIDECAR);
      JsonNode result = JSON.readTree(spool.home.resolve("outbox/" + NAME + ".json").toFile());
      assertThat(result.at("/parameters/metadata/case").asInt()).isEqualTo(7);
      assertNoLeftovers(spool, "failed");
    }
    assertThat(states).isGreaterThan(20);
  }

  /** After a power cut, a JSON in the outbox has its other documents beside it, all complete. */
  @Test
  void theJsonIsThereLastAlsoAfterAPowerCut() throws IOException {
    int states = 0;
    int seen = 0;
    for (State state : statesAfterPowerCuts(Scenario.SUCCESS)) {
      Path fresh = scratch.resolve("j" + states++);
      state.restore(scratch.resolve("first"), fresh);
      Path json = fresh.resolve("outbox/" + NAME + ".json");
      if (Files.exists(json)) {
        seen++;
        assertThat(fresh.resolve("outbox/" + NAME + ".txt")).isNotEmptyFile();
        assertThatJsonIsComplete(json);
      }
    }
    assertThat(seen).isGreaterThan(5);
  }

  /** The attempt is on the disk before the engines start, and the recording is ours by then. */
  @Test
  void claimAndAttemptAreFlushedBeforeTheEnginesStart() throws IOException {
    List<Told> calls = calls(Scenario.SUCCESS);
    List<String> before =
        calls.stream()
            .takeWhile(told -> told.call() != Call.OVERWRITE)
            .map(told -> told.call() + " " + told.target().getFileName())
            .toList();

    String task = String.valueOf(calls.get(0).path().getFileName());
    assertThat(before)
        .containsSubsequence(
            "RENAME task.json",
            "FLUSH_FOLDER " + task,
            "FLUSH " + NAME,
            "RENAME input.wav",
            "FLUSH_FOLDER " + task,
            "FLUSH_FOLDER inbox",
            "RENAME task.json",
            "FLUSH_FOLDER " + task);
  }

  /** A call before which nothing had changed since the last one of its kind is waste. */
  @Test
  void unchangedFilesAreFlushedOnce() throws IOException {
    Set<Path> flushed = new LinkedHashSet<>();
    for (Told told : calls(Scenario.SUCCESS)) {
      if (isFlush(told)) {
        assertThat(flushed.add(told.path())).as("flushed again: %s", told.path()).isTrue();
      } else {
        Stream.of(told.path(), told.target())
            .flatMap(path -> Stream.of(path, path.getParent()))
            .forEach(flushed::remove);
      }
    }
  }

  /**
   * Each flush is left out once. Those without which all is still put right are there for what the
   * model does not hold: see docs/decisions/0070.
   */
  @Test
  void withoutItsFlushesAPowerCutWouldDoHarm() throws IOException {
    List<Told> calls = calls(Scenario.SUCCESS);
    Set<State> right = states(calls);
    List<String> harmful = new ArrayList<>();
    List<String> harmless = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      if (isFlush(calls.get(i))) {
        List<Told> without = new ArrayList<>(calls);
        without.remove(i);
        Set<State> states = states(without);
        states.removeAll(right);
        (areAllPutRight(states, "w" + i) ? harmless : harmful).add(label(calls, i));
      }
    }

    assertThat(harmful)
        .containsExactly(
            "work",
            "temporary of task.json",
            "task after RENAME task.json",
            NAME,
            "temporary of task.json",
            "result.txt",
            "result.json",
            "temporary of task.json",
            "task after RENAME task.json",
            "outbox after LINK " + NAME + ".json",
            "archive after RENAME " + NAME);
    assertThat(harmless)
        .containsExactly(
            "task after RENAME input.wav",
            "inbox",
            "task after RENAME task.json",
            "stored.result.srt",
            "stored.result.vtt",
            "stored.result.rttm",
            "stored.result.md",
            "stored.result.html",
            "state",
            "results",
            "stored result",
            "outbox after LINK " + NAME + ".txt",
            "state",
            "temporary of a note",
            "finished",
            "history.jsonl",
            "state");
  }

  private static boolean isFlush(Told told) {
    return told.call() == Call.FLUSH || told.call() == Call.FLUSH_FOLDER;
  }

  /** Target of the flush at {@code index}, in words that do not change from run to run. */
  private static String label(List<Told> calls, int index) {
    Path path = calls.get(index).path();
    String name = String.valueOf(path.getFileName());
    Told before = calls.get(index - 1);
    String after = " after " + before.call() + " " + before.target().getFileName();
    return switch (name) {
      case "outbox", "archive" -> name + after;
      default -> {
        if (name.endsWith(".tmp")) {
          boolean isNote = path.resolveSibling("").endsWith(FinishedNotes.FOLDER);
          Path target = calls.get(index + 1).target().getFileName();
          yield "temporary of " + (isNote ? "a note" : String.valueOf(target));
        }
        boolean isTask = "work".equals(String.valueOf(path.resolveSibling("").getFileName()));
        boolean isStored = "results".equals(String.valueOf(path.resolveSibling("").getFileName()));
        yield isTask ? "task" + after : isStored ? "stored result" : name;
      }
    };
  }

  private boolean areAllPutRight(Set<State> states, String label) throws IOException {
    int tried = 0;
    for (State state : states) {
      if (!isPutRight(state, scratch.resolve(label + "-" + tried++))) {
        return false;
      }
    }
    return true;
  }

  private boolean isPutRight(State state, Path fresh) throws IOException {
    ScratchSpool spool = liveOn(state, fresh, Scenario.SUCCESS);
    Path json = fresh.resolve("outbox/" + NAME + ".json");
    Path text = fresh.resolve("outbox/" + NAME + ".txt");
    Path archived = fresh.resolve("archive").resolve(NAME);
    return spool.files("outbox").size() == 2
        && Files.exists(json)
        && Files.exists(text)
        && Files.size(json) > 0
        && Files.size(text) > 0
        && spool.files("archive").size() == 1
        && Files.exists(archived)
        && Files.size(archived) == SOUND.length
        && spool.files("failed").isEmpty()
        && spool.files("inbox").isEmpty()
        && spool.files("work").isEmpty();
  }

  /** Something that a sender does in the home. */
  private interface Sending {
    void in(Path home) throws IOException;
  }

  private List<Told> calls(Scenario scenario) throws IOException {
    return calls(scenario, home -> {});
  }

  private List<Told> calls(Scenario scenario, Sending more) throws IOException {
    Path home = Files.createDirectory(scratch.resolve("first"));
    CrashingProcess process = new CrashingProcess(home, scenario, FaultPoint.disabled());
    // an inbox that has been looked at before
    process.spool().inbox.scan();
    Files.write(home.resolve("inbox").resolve(NAME), SOUND);
    more.in(home);
    try (DiskRecorder recorder = new DiskRecorder()) {
      process.live();
      return recorder.calls();
    }
  }

  private Set<State> statesAfterPowerCuts(Scenario scenario) throws IOException {
    return states(calls(scenario));
  }

  private Set<State> states(List<Told> calls) {
    return states(calls, List.of(NAME));
  }

  /**
   * The states of all instants.
   *
   * @param sent files in the inbox, in the order in which they are claimed; what their sender has
   *     not flushed is lost only once they are ours
   */
  private Set<State> states(List<Told> calls, List<String> sent) {
    Path inbox = scratch.resolve("first").resolve("inbox");
    List<ForgetfulDisk> disks = new ArrayList<>();
    for (int claimed = 0; claimed <= sent.size(); claimed++) {
      disks.add(disk(sent, claimed));
    }
    Set<State> states = new LinkedHashSet<>(disks.get(0).statesAfterPowerCut());
    int claimed = 0;
    for (Told told : calls) {
      disks.forEach(disk -> disk.apply(told));
      boolean isNext =
          claimed < sent.size()
              && told.call() == Call.RENAME
              && told.path().equals(inbox.resolve(sent.get(claimed)));
      claimed += isNext ? 1 : 0;
      states.addAll(disks.get(claimed).statesAfterPowerCut());
    }
    assertThat(claimed).isEqualTo(sent.size());
    return states;
  }

  /** A disk on which the first {@code claimed} of the files in the inbox have just arrived. */
  private ForgetfulDisk disk(List<String> sent, int claimed) {
    Path home = scratch.resolve("first");
    ForgetfulDisk disk = new ForgetfulDisk();
    FOLDERS.forEach(folder -> disk.hasFolder(home.resolve(folder)));
    for (int i = 0; i < sent.size(); i++) {
      byte[] bytes = sent.get(i).equals(NAME) ? SOUND : SIDECAR;
      String content = new String(bytes, StandardCharsets.ISO_8859_1);
      Path file = home.resolve("inbox").resolve(sent.get(i));
      if (i < claimed) {
        disk.receives(file, content);
      } else {
        disk.hasFile(file, content);
      }
    }
    return disk;
  }

  private ScratchSpool liveOn(State state, Path fresh, Scenario scenario) throws IOException {
    state.restore(scratch.resolve("first"), fresh);
    CrashingProcess next = new CrashingProcess(fresh, scenario, FaultPoint.disabled());
    next.live();
    return next.spool();
  }

  private static void assertThatJsonIsComplete(Path json) throws IOException {
    assertThat(JSON.readTree(json.toFile()).path("status").asText()).isEqualTo("COMPLETE");
    SCHEMA.accepts(Files.readAllBytes(json));
  }

  private static void assertNoLeftovers(ScratchSpool spool, String empty) throws IOException {
    assertThat(spool.files("inbox")).isEmpty();
    assertThat(spool.files(empty)).isEmpty();
    List<String> left = new ArrayList<>(spool.files("work"));
    assertThat(left).isEmpty();
    assertThat(spool.places.history().recent(100_000)).hasSize(1);
  }
}
