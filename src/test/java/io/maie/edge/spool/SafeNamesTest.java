package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.durable.NameProbe;
import io.maie.edge.durable.NameRules;
import io.maie.edge.testing.WindowsVolume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings whose names the outbox, the archive or the quarantine cannot hold. */
final class SafeNamesTest {
  private static final NameRules WINDOWS =
      new NameRules("\"*:<>?\\|", Character.MAX_CODE_POINT, false, false, 255);

  /** All of these are different recordings on the disk of the inbox. */
  private static final List<String> NAMES =
      List.of(
          "10:30.wav",
          "10?30.wav",
          "10_30.wav",
          "talk ",
          "talk.",
          "talk",
          "Talk",
          "NUL.wav",
          "_NUL.wav",
          "nul.wav",
          "a\nb.wav",
          "a\tb.wav",
          "\"quoted\" <b>|*.wav",
          "back\\slash.wav",
          "Straße \uD83D\uDE00.wav",
          "STRASSE \uD83D\uDE00.wav",
          "ü".repeat(125) + ".wav",
          "Ü".repeat(125) + ".wav",
          "con/aux/x.wav",
          "10:30/x.wav");

  @TempDir private Path scratch;

  @Test
  void aFolderThatHoldsEveryNameChangesNone() throws IOException {
    assertThat(NameProbe.rules(scratch)).isEqualTo(NameRules.UNIX);
    assertThat(scratch).isEmptyDirectory();
  }

  @Test
  void aVolumeOfWindowsIsRecognised() throws Exception {
    try (WindowsVolume volume = WindowsVolume.mount(scratch)) {
      NameRules rules = NameProbe.rules(volume.folder());

      assertThat(rules.refused()).contains("\"*:<>?\\|").contains("\u0001").contains("\n");
      assertThat(rules.holdsTrailingDots()).isFalse();
      assertThat(rules.holdsDeviceNames()).isFalse();
      assertThat(rules.highestCodePoint()).isEqualTo(Character.MAX_CODE_POINT);
      assertThat(rules.mostBytes()).isEqualTo(255);
      assertThat(volume.folder()).isEmptyDirectory();
    }
  }

  @Test
  void everyResultIsPublishedOnAVolumeOfWindowsAndNoneReplaced() throws Exception {
    try (WindowsVolume volume = WindowsVolume.mount(scratch)) {
      publishAllAndLookAtThem(new Outbox(volume.folder()));
    }
  }

  @Test
  void everyRecordingIsKeptOnAVolumeOfWindowsAndNoneReplaced() throws Exception {
    try (WindowsVolume volume = WindowsVolume.mount(scratch)) {
      keepAllAndLookAtThem(new RecordingFolder(volume.folder()));
    }
  }

  @Test
  void everyResultIsPublishedUnderANameThatTheFolderHolds() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("outbox"));

    publishAllAndLookAtThem(new Outbox(identity(folder)));

    assertSafe(folder);
  }

  @Test
  void everyRecordingIsKeptUnderANameThatTheFolderHolds() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("failed"));

    keepAllAndLookAtThem(new RecordingFolder(identity(folder)));

    assertSafe(folder);
  }

  @Test
  void theSafePathAppearsOnlyIfItDiffers() throws IOException {
    FolderIdentity identity = identity(Files.createDirectory(scratch.resolve("outbox")));
    Outbox outbox = new Outbox(identity);

    assertThat(outbox.safePath(Path.of("sub", "talk.wav"), ".json")).isEmpty();
    assertThat(outbox.safePath(Path.of("10:30", "talk?.wav"), ".json"))
        .contains("10_30/talk_.wav.json");
    assertThat(new RecordingFolder(identity).safePath(Path.of("nul.wav"))).contains("_nul.wav");
  }

  @Test
  void namesAreTriedOnceForOneFolder() throws IOException {
    AtomicInteger trials = new AtomicInteger();
    Path folder = Files.createDirectory(scratch.resolve("outbox"));
    FolderIdentity identity =
        new KnownFolders(
                null,
                MountTable.ofSystem(),
                tried -> {
                  trials.incrementAndGet();
                  return WINDOWS;
                })
            .output("outbox", folder);

    assertThat(identity.check()).isEmpty();
    assertThat(trials).hasValue(1);
    publishAllAndLookAtThem(new Outbox(identity));
    assertThat(identity.check()).isEmpty();

    assertThat(trials).hasValue(1);
  }

  private void publishAllAndLookAtThem(Outbox outbox) throws IOException {
    List<Path> published = new ArrayList<>();
    for (String name : NAMES) {
      Path text = Files.writeString(scratch.resolve("result.txt"), "the same");
      Path json = Files.writeString(scratch.resolve("result.json"), "about " + name);
      published.addAll(
          outbox.publish(
              Path.of(name), List.of(new Output(".txt", text), new Output(".json", json))));
      Files.delete(text);
      Files.delete(json);
    }
    for (int i = 0; i < NAMES.size(); i++) {
      assertThat(published.get(2 * i)).hasContent("the same");
      assertThat(published.get(2 * i + 1)).hasContent("about " + NAMES.get(i));
    }
    assertThat(files(outbox.folder())).hasSize(2 * NAMES.size());
  }

  private void keepAllAndLookAtThem(RecordingFolder folder) throws IOException {
    List<Path> kept = new ArrayList<>();
    for (String name : NAMES) {
      Path input = Files.writeString(scratch.resolve("input"), "sound of " + name);
      Path told = Files.writeString(scratch.resolve("told"), "reason of " + name);
      kept.add(folder.put(input, Path.of(name), List.of(new Output(".error.json", told))));
      Files.delete(told);
    }
    for (int i = 0; i < NAMES.size(); i++) {
      assertThat(kept.get(i)).hasContent("sound of " + NAMES.get(i));
      assertThat(folder.beside(kept.get(i), ".error.json")).hasContent("reason of " + NAMES.get(i));
    }
    assertThat(files(folder.folder())).hasSize(2 * NAMES.size());
  }

  private static void assertSafe(Path folder) throws IOException {
    for (Path file : files(folder)) {
      for (Path element : folder.relativize(file)) {
        assertThat(element.toString())
            .doesNotContainPattern("[\"*:<>?\\\\|]")
            .doesNotMatch("(?is)(con|nul|aux)(\\..*)?|.*[. ]");
      }
    }
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile).toList();
    }
  }

  private static FolderIdentity identity(Path folder) {
    return new KnownFolders(null, MountTable.ofSystem(), tried -> WINDOWS).output("folder", folder);
  }
}
