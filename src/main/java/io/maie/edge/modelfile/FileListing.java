package io.maie.edge.modelfile;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files of a model that there are: on disk, or in a hub's listing.
 *
 * @param names of all files, with slashes
 * @param where they are, for messages: {@code the repository 'x'}
 */
public record FileListing(Set<String> names, String where) {
  public FileListing {
    names = Collections.unmodifiableSet(new TreeSet<>(names));
  }

  boolean has(String name) {
    return names.contains(name);
  }
}
