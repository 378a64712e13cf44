package io.maie.edge.http;

import java.io.IOException;
import java.util.List;

/** Source of the keys of the API; made by {@code app}. */
@FunctionalInterface
public interface KeySource {

  /**
   * The keys that let clients in now, one at least.
   *
   * @throws IOException if they cannot be read, or one of them is too short
   */
  List<String> read() throws IOException;
}
