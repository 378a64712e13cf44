package io.maie.edge.spool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contents and life of the ledger. */
final class LedgerTest {
  private static final FileSignature STATE = new FileSignature(1, 2, 3, 4, 5);
  private static final Ledger.Content CONTENT = new Ledger.Content(STATE, "0".repeat(64));

  @TempDir private Path home;

  @Test
  void theOldestAreForgottenBeyondTheLimitAndTheFileStaysSmall() throws IOException {
    Path file = home.resolve("ledger");
    Ledger ledger = new Ledger(file, home, 10);
    for (int i = 0; i < 1_500; i++) {
      ledger.take(home.resolve(i + ".wav"), CONTENT);
    }

    Ledger again = new Ledger(file, home, 10);
    again.refresh();
    assertThat(again.knows(home.resolve("1499.wav"), STATE)).isTrue();
    assertThat(again.knows(home.resolve("1490.wav"), STATE)).isTrue();
    assertThat(again.knows(home.resolve("1489.wav"), STATE)).isFalse();
    assertThat(Files.readAllLines(file)).hasSizeLessThan(1_100);
  }

  @Test
  void anotherProcessIsHeard() throws IOException {
    Path recording = home.resolve("t\u00E4g\t1\n.wav");
    Ledger one = new Ledger(home.resolve("ledger"), home, 10);
    Ledger other = new Ledger(home.resolve("ledger"), home, 10);
    one.take(recording, CONTENT);
    other.refresh();
    assertThat(other.knows(recording, STATE)).isTrue();

    other.forget(recording);
    one.refresh();

    assertThat(one.knows(recording, STATE)).isFalse();
  }
}
