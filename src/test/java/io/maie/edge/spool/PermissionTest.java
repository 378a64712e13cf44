package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * Files that an ordinary user may not read or move. The superuser may do anything, so where the
 * tests run as the superuser, the look is taken by a child that has given that up.
 */
final class PermissionTest {
  @TempDir Path home;
  private Path folder;

  @BeforeEach
  void prepare() throws IOException {
    Files.setAttribute(home, "unix:mode", 0755);
    folder = Files.createDirectory(home.resolve("inbox"));
    Files.setAttribute(folder, "unix:mode", 0777);
    Files.writeString(folder.resolve("fine.mp3"), "sound");
  }

  @Test
  void aFileThatMayNotBeReadSaysWhoseItIsAndWhatToDo() throws Exception {
    Path file = Files.writeString(folder.resolve("it's secret.mp3"), "sound");
    Files.setAttribute(file, "unix:mode", 0);

    String view = look();

    assertThat(view)
        .containsPattern(
            "it's secret.mp3 PERMISSION_DENIED may not be read by user \\S+: owner uid")
        .contains("mode 0000; run: chmod g+rw '", "it'\\''s secret.mp3'")
        .contains("fine.mp3 SETTLING");
  }

  @Test
  void aRecordingWhoseSidecarMayNotBeReadIsNotTaken() throws Exception {
    Path sidecar = Files.writeString(folder.resolve("fine.mp3.job.json"), "{}");
    Files.setAttribute(sidecar, "unix:mode", 0600);

    assertThat(look())
        .contains("fine.mp3 PERMISSION_DENIED its sidecar may not be read by user")
        .contains("mode 0600; run: chmod g+rw '" + sidecar + "'")
        .doesNotContain("fine.mp3 READY");
  }

  @Test
  void aRecordingWhoseFolderProfileMayNotBeReadIsNotTaken() throws Exception {
    Path profile = Files.writeString(folder.resolve("_folder.yaml"), "language: de");
    Files.setAttribute(profile, "unix:mode", 0600);

    assertThat(look())
        .contains("fine.mp3 PERMISSION_DENIED its folder profile may not be read by user")
        .contains("run: chmod g+rw '" + profile + "'")
        .doesNotContain("fine.mp3 READY");
  }

  @Test
  void aFolderThatMayNotBeWrittenIsReported() throws Exception {
    Path sub = Files.createDirectory(folder.resolve("locked"));
    Files.writeString(sub.resolve("a.mp3"), "sound");
    Files.setAttribute(sub, "unix:mode", 0555);

    String view = look();

    assertThat(view)
        .contains("locked/a.mp3 PERMISSION_DENIED its folder may not be written by user")
        .contains("fine.mp3 SETTLING");
  }

  @Test
  void aFolderThatMayNotBeListedIsReported() throws Exception {
    Path sub = Files.createDirectory(folder.resolve("closed"));
    Files.setAttribute(sub, "unix:mode", 0);

    String view = look();
    Files.setAttribute(sub, "unix:mode", 0755);

    assertThat(view)
        .contains(
            "closed PERMISSION_DENIED the folder cannot be listed: the permission is missing");
  }

  @Test
  void aFileThatMayNotBeMovedIsNotCalledReadyOnceThatWasTried() throws Exception {
    Files.setAttribute(folder, "unix:mode", 01777);
    Files.setAttribute(folder.resolve("fine.mp3"), "unix:mode", 0666);
    assumeTrue(isSuperuser(), "the owner of a folder may move what is in it");

    assertThat(look())
        .contains("fine.mp3 READY")
        .contains("fine.mp3 PERMISSION_DENIED cannot be moved: the permission is missing")
        .contains("owner uid 0", "run: chmod -t '" + folder + "'");
  }

  private String look() throws Exception {
    return isSuperuser() ? lookAsNobody() : PermissionProbe.look(folder);
  }

  private static boolean isSuperuser() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private String lookAsNobody() throws Exception {
    Path setpriv = Path.of("/usr/bin/setpriv");
    assumeTrue(Files.isExecutable(setpriv), "no setpriv to give up the rights of the superuser");
    String classPath = locationOf(Inbox.class) + ":" + locationOf(PermissionProbe.class);
    for (Class<?> library : List.of(LoggerFactory.class, Native.class)) {
      Path copy = home.resolve(library.getSimpleName() + ".jar");
      Files.copy(locationOf(library), copy);
      classPath += ":" + copy;
    }
    Path output = home.resolve("output");
    Process child =
        new ProcessBuilder(
                List.of(
                    setpriv.toString(),
                    "--reuid=65534",
                    "--regid=65534",
                    "--clear-groups",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xshare:auto",
                    "-cp",
                    classPath,
                    PermissionProbe.class.getName(),
                    folder.toString()))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static Path locationOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
