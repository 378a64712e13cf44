package io.maie.edge.http;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server of the API on loopback, over a home of its own, for each test. */
abstract class ApiScenario {
  @TempDir Path home;

  ScratchApi api;

  @BeforeEach
  void startApi() throws IOException {
    api = ScratchApi.start(home, ScratchApi.options());
  }

  @AfterEach
  void stopApi() {
    api.close();
  }
}
