package io.maie.edge.spool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * User and groups by which the system judges this process, see proc(5).
 *
 * @param user the effective user id
 * @param group the effective group id
 * @param others further groups
 */
record ProcessIds(int user, int group, Set<Integer> others) {
  private static final Path STATUS = Path.of("/proc/self/status");

  /** Place of the effective id among real, effective, saved and file system id. */
  private static final int EFFECTIVE = 1;

  ProcessIds {
    others = Set.copyOf(others);
  }

  static ProcessIds ofThisProcess() throws IOException {
    List<String> lines = Files.readAllLines(STATUS);
    return new ProcessIds(
        numbers(lines, "Uid:").get(EFFECTIVE),
        numbers(lines, "Gid:").get(EFFECTIVE),
        Set.copyOf(numbers(lines, "Groups:")));
  }

  boolean isUser(int id) {
    return user == id;
  }

  boolean isInGroup(int id) {
    return group == id || others.contains(id);
  }

  private static List<Integer> numbers(List<String> lines, String name) throws IOException {
    for (String line : lines) {
      if (line.startsWith(name)) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : line.substring(name.length()).strip().split("\\s+", -1)) {
          if (!word.isEmpty()) {
            numbers.add(Integer.valueOf(word));
          }
        }
        return numbers;
      }
    }
    throw new IOException("expected a line '" + name + "' in " + STATUS);
  }
}
