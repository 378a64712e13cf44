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

  /** The names of known persons, and what is known of their voices. */
  Map<String, Standing> list() throws CommandException, IOException;

  /** The facts about a voice. */
  enum Standing {
    /** It is stored. */
    STORED,
    /** It is stored, and cannot be compared with the installed model. */
    OF_ANOTHER_MODEL,
    /** It is heard from samples in the folder of voices. */
    SAMPLED,
    /** There are samples that could not be used; the reason stands beside them. */
    UNUSABLE
  }

  /** Forgets a voice; false if there was none. */
  boolean forget(String name) throws IOException;

  /** The names of the known speakers of a recording, by their ids; empty for an unknown speaker. */
  Map<String, String> who(Path file) throws CommandException, IOException;
}
