package io.maie.edge.app;

import io.maie.edge.audio.container.Completeness;
import io.maie.edge.audio.container.ContainerCheck;
import io.maie.edge.spool.WholenessCheck;
import java.io.IOException;
import java.nio.file.Path;

/** Answers the spool's question about wholeness with what the containers say. */
final class ContainerWholeness implements WholenessCheck {
  private final ContainerCheck containers = new ContainerCheck();

  @Override
  public Verdict check(Path file) throws IOException {
    Completeness found = containers.check(file);
    Wholeness wholeness =
        switch (found.state()) {
          case WHOLE -> Wholeness.WHOLE;
          case INCOMPLETE -> Wholeness.INCOMPLETE;
          case GROWING -> Wholeness.GROWING;
          case CANNOT_TELL -> Wholeness.CANNOT_TELL;
        };
    return new Verdict(wholeness, found.explanation());
  }
}
