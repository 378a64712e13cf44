package io.maie.edge.diarization;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VoiceStoreTest {
  @TempDir private Path state;

  @Test
  void aStoredVoiceComesBackAsItWas() throws Exception {
    store().put(voice("Zo\u00EB", 0.25f));
    store().put(voice("Anna", 0.5f));

    List<Voiceprint> voices = store().list();

    assertThat(voices).extracting(Voiceprint::name).containsExactly("Anna", "Zo\u00EB");
    assertThat(voices.get(0).embedding()).containsExactly(0.5f, 1f);
    assertThat(voices.get(0).modelHash()).isEqualTo("sha256:m");
  }

  @Test
  void theSameNameAgainReplacesTheVoice() throws Exception {
    store().put(voice("Anna", 0.5f));
    store().put(voice("Anna", 0.75f));

    assertThat(store().list()).hasSize(1);
    assertThat(store().list().get(0).embedding()[0]).isEqualTo(0.75f);
  }

  @Test
  void aForgottenVoiceLeavesNothing() throws Exception {
    store().put(voice("Anna", 0.5f));

    assertThat(store().forget("Anna")).isTrue();
    assertThat(store().forget("Anna")).isFalse();
    assertThat(files()).isEmpty();
  }

  @Test
  void onlyTheOwnerMayReadAVoiceAndNoFileIsNamedAfterAPerson() throws Exception {
    store().put(voice("Anna", 0.5f));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
        .isEqualTo("rw-------");
    assertThat(
            PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("voices"))))
        .isEqualTo("rwx------");
    assertThat(Files.isExecutable(state)).isTrue();
    assertThat(files().get(0).getFileName().toString()).doesNotContain("Anna");
  }

  @Test
  void aDamagedFileIsLeftOut() throws Exception {
    store().put(voice("Anna", 0.5f));
    store().put(voice("Ben", 0.5f));
    Path file = files().get(0);
    Files.write(file, new byte[] {0, 0, 0, 1, 0});

    assertThat(store().list()).hasSize(1);
  }

  @Test
  void withoutAFolderNobodyIsKnown() throws Exception {
    assertThat(store().list()).isEmpty();
    assertThat(store().forget("Anna")).isFalse();
  }

  @Test
  void aVoiceDoesNotPrintItself() {
    assertThat(voice("Anna", 0.5f)).hasToString("Voiceprint[Anna]");
  }

  private VoiceStore store() {
    return new VoiceStore(state.resolve("voices"));
  }

  private List<Path> files() throws Exception {
    try (Stream<Path> files = Files.list(state.resolve("voices"))) {
      return files.toList();
    }
  }

  private static Voiceprint voice(String name, float first) {
    return new Voiceprint(name, "sha256:m", new float[] {first, 1f});
  }
}
