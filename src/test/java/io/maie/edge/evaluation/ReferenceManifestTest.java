package io.maie.edge.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReferenceManifestTest {
  @TempDir private Path folder;

  @Test
  void columnsAreFoundByNameAndOthersIgnored() throws IOException {
    write(
        """
        file\tspeaker\tlanguage\tcondition\twer\treference\tderived_from
        a.flac\tann\tde\tread\tyes\tEr sagte "ja".\t

        b.flac\tbob\ten\tfar\tno\tNo.\ta.flac
        """);

    assertThat(ReferenceManifest.read(folder))
        .containsExactly(
            new ReferenceClip("a.flac", "de", "read", "Er sagte \"ja\".", true, false),
            new ReferenceClip("b.flac", "en", "far", "No.", false, true));
  }

  @Test
  void fileAndReferenceAreEnough() throws IOException {
    write("reference\tfile\nHello.\ta.wav\n");

    assertThat(ReferenceManifest.read(folder))
        .containsExactly(new ReferenceClip("a.wav", "en", "", "Hello.", true, false));
  }

  @Test
  void aMissingColumnAndATornLineAreNamed() throws IOException {
    write("name\treference\n");
    assertThatIOException()
        .isThrownBy(() -> ReferenceManifest.read(folder))
        .withMessageContaining("'file' and 'reference', found [name, reference]");
    write("file\treference\na.wav\n");
    assertThatIOException()
        .isThrownBy(() -> ReferenceManifest.read(folder))
        .withMessageContaining("line 2");
  }

  private void write(String text) throws IOException {
    Files.writeString(folder.resolve(ReferenceManifest.FILE_NAME), text);
  }
}
