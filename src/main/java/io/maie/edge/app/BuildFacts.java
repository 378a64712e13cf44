package io.maie.edge.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Properties;

/**
 * Facts that the build wrote down about itself.
 *
 * @param version such as {@code 1.2.0}
 * @param builtAt no right clock shows less
 */
record BuildFacts(String version, Instant builtAt) {
  private static final String RESOURCE = "/build.properties";

  static BuildFacts read() {
    Properties facts = new Properties();
    try (InputStream in = BuildFacts.class.getResourceAsStream(RESOURCE)) {
      facts.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("the program's own " + RESOURCE + " cannot be read", e);
    }
    return new BuildFacts(
        facts.getProperty("version"), Instant.parse(facts.getProperty("built_at")));
  }
}
