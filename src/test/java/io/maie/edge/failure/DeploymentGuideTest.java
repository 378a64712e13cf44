package io.maie.edge.failure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DeploymentGuideTest {
  private static final Path GUIDE = Path.of("docs/EDGE_DEPLOYMENT_GUIDE.md");

  @Test
  void everyFailureCodeHasItsSectionAndNoOther() throws IOException {
    List<String> codes = Arrays.stream(FailureCode.values()).map(FailureCode::name).toList();

    try (Stream<String> lines = Files.lines(GUIDE)) {
      List<String> sections =
          lines
              .filter(line -> line.matches("### [A-Z_]+"))
              .map(line -> line.substring("### ".length()))
              .toList();
      assertThat(sections).containsExactlyInAnyOrderElementsOf(codes);
    }
  }
}
