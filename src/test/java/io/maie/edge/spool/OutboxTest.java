package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.testing.OtherFileSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutboxTest {
  @TempDir Path home;
  private Path folder;
  private Path work;
  private Outbox outbox;

  @BeforeEach
  void prepare() throws IOException {
    folder = Files.createDirectory(home.resolve("out böx"));
    work = Files.createDirectory(home.resolve("work"));
    outbox = new Outbox(folder);
  }

  @Test
  void documentsTakeTheFullNameOfTheRecording() throws IOException {
    List<Path> published = outbox.publish(Path.of("sub", "talk 1.wav"), outputs("a"));

    assertThat(published)
        .containsExactly(
            folder.resolve("sub/talk 1.wav.txt"), folder.resolve("sub/talk 1.wav.json"));
    assertThat(published.get(1)).hasContent("json a");
  }

  @Test
  void allDocumentsOfOneRecordingCarryTheSameNumber() throws IOException {
    outbox.publish(Path.of("talk.wav"), outputs("first"));
    Files.delete(folder.resolve("talk.wav.txt"));

    List<Path> published = outbox.publish(Path.of("talk.wav"), outputs("second"));

    assertThat(published)
        .containsExactly(folder.resolve("talk.wav~2.txt"), folder.resolve("talk.wav~2.json"));
    assertThat(folder.resolve("talk.wav.json")).hasContent("json first");
  }

  @Test
  void recordingsThatDifferInCaseOrExtensionHaveTheirOwnResults() throws IOException {
    for (String name : List.of("x.wav", "x.mp3", "X.wav", "x.wav")) {
      outbox.publish(Path.of(name), outputs(name + names().size()));
    }

    assertThat(names().stream().filter(name -> name.endsWith(".json")))
        .containsExactlyInAnyOrder("x.wav.json", "x.mp3.json", "X.wav.json", "x.wav~2.json");
  }

  @Test
  void aPublicationThatWasCutOffIsCompleted() throws IOException {
    List<Output> outputs = outputs("a");
    outbox.publish(Path.of("talk.wav"), outputs.subList(0, 1));

    List<Path> published = outbox.publish(Path.of("talk.wav"), outputs);
    outbox.publish(Path.of("talk.wav"), outputs);

    assertThat(published).contains(folder.resolve("talk.wav.json"));
    assertThat(names()).containsExactly("talk.wav.json", "talk.wav.txt");
  }

  @Test
  void anOutboxOnAnotherFileSystemGetsCopiesWithoutLeftovers() throws IOException {
    Path there = OtherFileSystem.folder();
    try {
      List<Output> outputs = outputs("a");
      // left by a copy that a crash cut off
      Files.writeString(DurableFiles.temporaryFor(outputs.get(1).file(), there), "json");
      List<Path> published = new Outbox(there).publish(Path.of("talk.wav"), outputs);

      assertThat(published.get(0)).hasContent("txt a");
      assertThat(published.get(1)).hasContent("json a");
      try (Stream<Path> entries = Files.list(there)) {
        assertThat(entries).hasSize(2);
      }
    } finally {
      OtherFileSystem.delete(there);
    }
  }

  @Test
  void composedAndDecomposedNamesHaveTheirOwnResults() throws IOException {
    String composed = "Müller.wav";
    outbox.publish(Path.of(composed), outputs("c"));
    outbox.publish(Path.of(Normalizer.normalize(composed, Normalizer.Form.NFD)), outputs("d"));

    assertThat(names()).contains("Müller.wav.json", "Müller.wav~2.json");
  }

  @Test
  void namesThatAreNoTextOrTooLongArePublished() throws IOException {
    Path latin = Path.of(URI.create("file:///Gespr%E4ch.wav")).getFileName();
    String longest = "ü".repeat(125) + ".wav";

    outbox.publish(latin, outputs("a"));
    outbox.publish(Path.of(longest), outputs("b"));

    assertThat(names()).anyMatch(name -> name.matches("Gespr_ch~[0-9a-f]{8}\\.wav\\.json"));
    assertThat(names()).allMatch(name -> name.getBytes(StandardCharsets.UTF_8).length <= 255);
    assertThat(names()).hasSize(4);
  }

  @Test
  void hostileNamesStayInTheOutbox() {
    assertThatThrownBy(() -> outbox.publish(Path.of("../../etc/x.wav"), outputs("a")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(home.resolve("etc")).doesNotExist();
  }

  @Test
  void aLinkInPlaceOfASubFolderIsNotFollowed() throws IOException {
    Path outside = Files.createDirectory(home.resolve("outside"));
    Files.createSymbolicLink(folder.resolve("sub"), outside);

    assertThat(outbox.publish(Path.of("sub/a.wav"), outputs("a")))
        .allMatch(document -> document.startsWith(folder.resolve("sub~2")));
    assertThat(outside).isEmptyDirectory();
  }

  @Test
  void anOutboxThatIsGoneIsNotMadeAgain() {
    Path gone = home.resolve("not mounted");

    for (String name : List.of("talk.wav", "sub/talk.wav")) {
      assertThatThrownBy(() -> new Outbox(gone).publish(Path.of(name), List.of()))
          .isInstanceOf(NoSuchFileException.class);
    }
    assertThat(gone).doesNotExist();
  }

  @Test
  void aFailureInTheMiddleLeavesNoTemporary() throws IOException {
    List<Output> outputs = outputs("a");
    Files.delete(outputs.get(1).file());

    assertThatThrownBy(() -> outbox.publish(Path.of("a.wav"), outputs))
        .isInstanceOf(IOException.class);
    assertThat(names()).noneMatch(name -> name.endsWith(".tmp"));
  }

  private List<Output> outputs(String content) throws IOException {
    return List.of(
        new Output(".txt", Files.writeString(work.resolve(content + ".txt"), "txt " + content)),
        new Output(".json", Files.writeString(work.resolve(content + ".json"), "json " + content)));
  }

  private List<String> names() throws IOException {
    if (Files.notExists(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
