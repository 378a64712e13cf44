package io.maie.edge.retention;

import java.nio.file.Path;

/** Knows what must not be deleted although it looks old; asked about every item of a survey. */
@FunctionalInterface
public interface Keep {

  boolean keeps(Area area, Path path);
}
