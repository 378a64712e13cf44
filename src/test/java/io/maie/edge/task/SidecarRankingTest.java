package io.maie.edge.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.spool.Arrival;
import io.maie.edge.spool.Ranking.Rank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SidecarRankingTest {
  @TempDir private Path inbox;
  private final SidecarRanking ranking = new SidecarRanking(() -> TaskSettings.DEFAULTS);

  @Test
  void theSidecarOutranksTheFolderAndTheFolderTheDefaults() throws IOException {
    Path profile = file("_folder.yaml", "priority: 3\n");
    Path sidecar = file("a.wav.job.json", "{\"priority\": 7}");

    assertThat(rank(null, null).priority()).isZero();
    assertThat(rank(null, profile).priority()).isEqualTo(3);
    assertThat(rank(sidecar, profile).priority()).isEqualTo(7);
  }

  @Test
  void aFaultySidecarDoesNotHoldItsRecording() throws IOException {
    Path sidecar = file("a.wav.job.json", "{broken");

    assertThat(rank(sidecar, null)).isEqualTo(Rank.of(0));
  }

  @Test
  void aRequiredSidecarIsWaitedForWithAReason() throws IOException {
    Path profile = file("_folder.yaml", "sidecar: required\n");
    Path sidecar = file("a.wav.job.json", "{}");

    assertThat(rank(null, profile).hold())
        .hasValueSatisfying(reason -> assertThat(reason).contains("a.wav.job.json"));
    assertThat(rank(sidecar, profile).hold()).isEmpty();
  }

  @Test
  void recordingsInTheFolderUrgentGoFirst_unlessTheySayOtherwise() throws IOException {
    Path sidecar = file("a.wav.job.json", "{\"priority\": -1}");

    assertThat(rankAt("Urgent/a.wav", null).priority()).isEqualTo(SidecarRanking.URGENT_PRIORITY);
    assertThat(rankAt("Urgent/a.wav", sidecar).priority()).isEqualTo(-1);
    assertThat(rankAt("notes/urgent/a.wav", null).priority()).isZero();
    assertThat(rankAt("urgent", null).priority()).isZero();
  }

  private Rank rankAt(String relative, @Nullable Path sidecar) {
    Path path = Path.of(relative);
    return ranking.rank(
        new Arrival(inbox.resolve(path), path, Optional.ofNullable(sidecar), Optional.empty()));
  }

  private Rank rank(@Nullable Path sidecar, @Nullable Path profile) {
    return ranking.rank(
        new Arrival(
            inbox.resolve("a.wav"),
            Path.of("a.wav"),
            Optional.ofNullable(sidecar),
            Optional.ofNullable(profile)));
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(inbox.resolve(name), content);
  }
}
