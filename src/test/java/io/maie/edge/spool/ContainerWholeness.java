package io.maie.edge.spool;

import io.maie.edge.audio.container.Completeness;
import io.maie.edge.audio.container.ContainerCheck;
import java.io.IOException;
import java.nio.file.Path;

/** The real check of containers, as the program plugs it in. */
final class ContainerWholeness implements WholenessCheck {
  private final ContainerCheck check = new ContainerCheck();

  @Override
  public Verdict check(Path file) throws IOException {
    Completeness found = check.check(file);
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
