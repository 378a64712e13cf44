package io.maie.edge.spool;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.FileNames;
import io.maie.edge.durable.FirstFreeName;
import io.maie.edge.durable.HeldFolder;
import io.maie.edge.durable.NameSeries;
import io.maie.edge.durable.Publication;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The way of recordings back into the inbox. */
record WayBack(Path inbox) {

  /**
   * Returns a recording to the inbox under its name, or a numbered one if that is taken.
   *
   * @param source the path that it had there
   * @throws IOException also if {@code source} does not lie below the inbox, or a link on its way
   *     leads out
   */
  Path put(Path recording, Path source) throws IOException {
    Path folder = Claimer.folderOf(source);
    DurableFiles.createDirectoriesBelow(inbox, DurableFiles.wayBelow(inbox, folder));
    try (HeldFolder into = HeldFolder.below(inbox, folder)) {
      Path there = into.run(held -> moveInto(recording, Claimer.nameIn(held, source)));
      return Claimer.nameIn(folder, there);
    }
  }

  private static Path moveInto(Path recording, Path source) throws IOException {
    NameSeries names = NameSeries.of(FileNames.text(source));
    return FirstFreeName.take(
        source,
        number -> {
          Path target = number == 1 ? source : source.resolveSibling(names.name(number));
          return Publication.moveIfFree(recording, target) ? Optional.of(target) : Optional.empty();
        });
  }
}
