package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.maie.edge.testing.ExternalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script by which the installed service gets at what senders keep to themselves. */
final class OpenInboxTest {
  private static final int PERMISSIONS = 07777;

  @TempDir private Path home;
  private Path inbox;

  @BeforeEach
  void makeInbox() throws IOException {
    inbox = Files.createDirectory(home.resolve("inbox"));
  }

  @Test
  void closedFoldersAndFilesAreOpenedToTheGroup() throws IOException {
    Path folder = made(Files.createDirectories(inbox.resolve("from a phone/deeper")), 0700);
    Path file = made(Files.writeString(folder.resolve("it's a talk.wav"), "sound"), 0600);
    made(folder.resolveSibling(""), 0500);

    open();

    assertThat(mode(folder)).isEqualTo(02770);
    assertThat(mode(folder.resolveSibling(""))).isEqualTo(02570);
    assertThat(mode(file)).isEqualTo(0660);
  }

  @Test
  void aFileThatIsOpenAlreadyIsNotTouched() throws IOException {
    Path file = made(Files.writeString(inbox.resolve("a.wav"), "sound"), 0660);
    Object before = Files.getAttribute(file, "unix:ctime");

    open();

    assertThat(Files.getAttribute(file, "unix:ctime")).isEqualTo(before);
  }

  @Test
  void uploadsInProgressKeepTheirModes() throws IOException {
    Path part = made(Files.writeString(inbox.resolve(".a.wav.Xy12"), "so"), 0600);
    Path parts = made(Files.createDirectory(inbox.resolve(".rsync-partial")), 0700);

    open();

    assertThat(mode(part)).isEqualTo(0600);
    assertThat(mode(parts)).isEqualTo(0700);
  }

  @Test
  void linksLeadToNoChangeElsewhere() throws IOException {
    Path secret = made(Files.writeString(home.resolve("secret"), "x"), 0600);
    Path secrets = made(Files.createDirectory(home.resolve("secrets")), 0700);
    Path below = made(Files.writeString(secrets.resolve("x.wav"), "x"), 0600);
    Files.createSymbolicLink(inbox.resolve("a.wav"), secret);
    Files.createSymbolicLink(inbox.resolve("b"), secrets);
    Files.createLink(inbox.resolve("c.wav"), secret);

    open();

    assertThat(mode(secret)).isEqualTo(0600);
    assertThat(mode(secrets)).isEqualTo(0700);
    assertThat(mode(below)).isEqualTo(0600);
  }

  @Test
  void theRequestIsTakenAway() throws IOException {
    Path request = Files.createFile(home.resolve("access-wanted"));

    run(inbox.toString(), group(), request.toString());

    assertThat(request).doesNotExist();
  }

  private void open() throws IOException {
    run(inbox.toString(), group());
  }

  private static void run(String inbox, String group, String... more) {
    Path script = Path.of(System.getProperty("basedir", "."), "systemd", "open-inbox");
    assumeTrue(Files.isExecutable(script), "no checkout");
    List<String> command = new java.util.ArrayList<>(List.of(script.toString(), inbox, group));
    command.addAll(List.of(more));
    ExternalProgram.run(command);
  }

  private String group() throws IOException {
    return Files.readAttributes(inbox, PosixFileAttributes.class).group().getName();
  }

  private static Path made(Path path, int mode) throws IOException {
    Files.setAttribute(path, "unix:mode", mode);
    return path;
  }

  private static int mode(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & PERMISSIONS;
  }
}
