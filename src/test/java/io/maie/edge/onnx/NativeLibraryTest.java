package io.maie.edge.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NativeLibraryTest {

  /** A library that reaches hosts by name calls this function of the C library. */
  private static final String RESOLVER = "getaddrinfo";

  @ParameterizedTest
  @ValueSource(strings = {"linux-x64", "linux-aarch64"})
  void onnxRuntimeKnowsNoWayToResolveAName(String platform) throws IOException {
    String library = symbolsOf("/ai/onnxruntime/native/" + platform + "/libonnxruntime.so");

    // proves that names of imported functions are found at all
    assertThat(library.contains("pthread_create")).isTrue();
    assertThat(library.contains(RESOLVER)).isFalse();
  }

  private static String symbolsOf(String resource) throws IOException {
    try (InputStream library = OrtEnvironment.class.getResourceAsStream(resource)) {
      assertThat(library).as(resource).isNotNull();
      return new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
