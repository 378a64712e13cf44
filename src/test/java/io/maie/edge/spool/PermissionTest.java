package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Native;
import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
        .containsPattern(
            "mode 0000; run: (chgrp .* && )?chmod [ug]\\+rw '.*/it'\\\\''s secret.mp3'")
        .contains("fine.mp3 SETTLING");
  }

  @Test
  void aRecordingWhoseSidecarMayNotBeReadIsNotTaken() throws Exception {
    Path sidecar = Files.writeString(folder.resolve("fine.mp3.job.json"), "{}");
    Files.setAttribute(sidecar, "unix:mode", 0600);

    assertThat(look())
        .contains("fine.mp3 PERMISSION_DENIED its sidecar may not be read by user")
        .containsPattern("mode 0600; run: chgrp .* && chmod g\\+rw '" + sidecar + "'")
        .doesNotContain("fine.mp3 READY");
  }

  @Test
  void aRecordingWhoseFolderProfileMayNotBeReadIsNotTaken() throws Exception {
    Path profile = Files.writeString(folder.resolve("_folder.yaml"), "language: de");
    Files.setAttribute(profile, "unix:mode", 0600);

    assertThat(look())
        .contains("fine.mp3 PERMISSION_DENIED its folder profile may not be read by user")
        .containsPattern("run: chgrp .* && chmod g\\+rw '" + profile + "'")
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

  /** Each command leaves "fine.mp3" out of reach of the other user. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "chmod 600 fine.mp3",
        "chgrp 65534 fine.mp3 && chmod 604 fine.mp3",
        "chown 65534 fine.mp3 && chmod 044 fine.mp3",
        "setfacl -m u:65534:--- fine.mp3",
        "setfacl -m g:65534:--- fine.mp3",
        "chattr +i fine.mp3",
        "chattr +a fine.mp3",
        "chattr +a .",
        "chattr +i .",
        "chmod 755 .",
        "setfacl -m u:65534:r-x .",
        "chmod 1777 . && chmod 644 fine.mp3",
        "echo '{}' > fine.mp3.job.json && chmod 600 fine.mp3.job.json",
        "echo '{}' > fine.mp3.job.json && setfacl -m u:65534:--- fine.mp3.job.json",
      })
  void theCommandThatAReasonNamesGivesAccess(String obstacle) throws Exception {
    assumeTrue(isSuperuser(), "only the superuser can put these obstacles up");
    for (String program : List.of("setfacl", "chattr")) {
      ExternalProgram.require(program);
    }
    Path sub = Files.createDirectory(folder.resolve("sub"));
    Path recording = sub.resolve("fine.mp3");
    Files.move(folder.resolve("fine.mp3"), recording);
    Files.setAttribute(sub, "unix:mode", 0777);
    try {
      inShell(obstacle, sub);
      String view = look();
      assertThat(view).contains("sub/fine.mp3 PERMISSION_DENIED");
      inShell(
          view.substring(view.lastIndexOf("run: ") + 5).lines().findFirst().orElseThrow(), home);

      assertThat(look()).doesNotContain("PERMISSION_DENIED");
      assertThat(recording).doesNotExist();
    } finally {
      inShell("chattr -i -a sub; chattr -f -i -a sub/* || true", folder);
    }
  }

  @Test
  void theCommandThatOpensAFolderIsNamed() throws Exception {
    assumeTrue(isSuperuser(), "only the superuser can put this obstacle up");
    Path sub = Files.createDirectory(folder.resolve("closed"));
    Path recording = Files.writeString(sub.resolve("a.mp3"), "sound");
    Files.setAttribute(sub, "unix:mode", 0700);
    String view = look();
    assertThat(view).contains("closed PERMISSION_DENIED");

    inShell(view.substring(view.lastIndexOf("run: ") + 5).lines().findFirst().orElseThrow(), home);

    assertThat(look()).doesNotContain("PERMISSION_DENIED");
    assertThat(recording).doesNotExist();
  }

  private static void inShell(String command, Path where) {
    ExternalProgram.run(List.of("sh", "-c", "cd '" + where + "' && " + command));
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
      Files.copy(locationOf(library), copy, StandardCopyOption.REPLACE_EXISTING);
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
