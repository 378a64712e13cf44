package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Assignment of companions to recordings. */
final class CompanionsTest {
  @TempDir private Path folder;

  @Test
  void thoseNamedAfterARecordingBelongToIt() throws IOException {
    put("other.ogg", "call.json", "call.de.srt", "call.ogg.md5", "call.ogg:Zone.Identifier");
    put("calls.txt", "call 2.txt", "other.txt");

    assertThat(of("call.ogg"))
        .containsExactly("call.de.srt", "call.json", "call.ogg.md5", "call.ogg:Zone.Identifier");
  }

  @Test
  void oneThatTwoRecordingsShareWaitsForTheLast() throws IOException {
    put("call.wav", "call.json", "call.ogg.md5", "call.wav.md5");
    assertThat(of("call.ogg")).containsExactly("call.ogg.md5");

    Files.delete(folder.resolve("call.wav"));
    assertThat(of("call.wav")).contains("call.json", "call.wav.md5");
  }

  @Test
  void theRecordingWithTheLongerNameInCommonCounts() throws IOException {
    put("talk.ogg", "talk.v2.srt", "talk.srt");

    assertThat(of("talk.v2.ogg")).containsExactly("talk.v2.srt");
  }

  @Test
  void thoseNamedAfterNoRecordingFollowTheLastOfTheFolder() throws IOException {
    put("audio1.m4a", "chat.txt", "playback.m3u", "recording.conf");
    assertThat(of("audio2.m4a")).isEmpty();

    Files.delete(folder.resolve("audio1.m4a"));
    assertThat(of("audio1.m4a")).containsExactly("chat.txt", "playback.m3u", "recording.conf");
  }

  @Test
  void listsOfCutsMenusAndTracesOfPlacesFollowTheirRecording() throws IOException {
    put("call.edl", "call.fcpxml", "call.ifo", "call.gpx", "call.hprj", "call.pek");

    assertThat(of("call.ogg"))
        .containsExactly(
            "call.edl", "call.fcpxml", "call.gpx", "call.hprj", "call.ifo", "call.pek");
  }

  @Test
  void parametersAndTemporaryAndHiddenFilesAreNoCompanions() throws IOException {
    put("_folder.yaml", "call.ogg.job.json", "call.json.part", ".call.json", "call.ogg.error.txt");

    assertThat(of("call.ogg")).isEmpty();
  }

  private void put(String... names) throws IOException {
    for (String name : names) {
      Files.writeString(folder.resolve(name), "text");
    }
  }

  private List<String> of(String recording) throws IOException {
    return Companions.of(folder.resolve(recording)).stream()
        .map(path -> path.getFileName().toString())
        .toList();
  }
}
