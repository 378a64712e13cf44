package io.maie.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real recordings and models that lie beside the repository on development and CI machines. */
public final class SharedMaterial {
  private static final Path FOLDER = Path.of("..", "shared").toAbsolutePath().normalize();

  private SharedMaterial() {}

  /**
   * The file {@code first/more}; the calling test is skipped, with a reason, where it is absent.
   */
  public static Path require(String first, String... more) {
    Path file = FOLDER.resolve(Path.of(first, more));
    assumeTrue(Files.exists(file), () -> "no shared material at " + file);
    return file;
  }
}
