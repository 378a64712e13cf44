package io.maie.edge.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The voices of known persons. */
public interface Voices {

  /**
   * Stores the voice of a person; one of the same name is replaced.
   *
   * @param files recordings of that person alone, 10 s of speech or more together
   */
  void enroll(String name, List<Path> files) throws CommandException, IOException;

  /** Names, and whether the voice can be compared with the installed model. */
  Map<String, Boolean> list() throws CommandException, IOException;

  /** Forgets a voice; false if there was none. */
  boolean forget(String name) throws IOException;

  /** The names of the known speakers of a recording, by their ids; empty for an unknown speaker. */
  Map<String, String> who(Path file) throws CommandException, IOException;
}
