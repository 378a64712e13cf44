package io.maie.edge.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knows Anna, Ben by another model, and two by samples; hears Anna and a stranger everywhere. */
final class FakeVoices implements Voices {
  @Override
  public void enroll(String name, List<Path> files) throws CommandException {
    if (files.size() < 2) {
      throw new CommandException(ExitCode.FAILED, "Too little of " + name, "use a longer sample");
    }
  }

  @Override
  public Map<String, Standing> list() {
    Map<String, Standing> names = new LinkedHashMap<>();
    names.put("Anna", Standing.STORED);
    names.put("Ben", Standing.OF_ANOTHER_MODEL);
    names.put("Cleo", Standing.SAMPLED);
    names.put("Dan", Standing.UNUSABLE);
    return names;
  }

  @Override
  public boolean forget(String name) {
    return list().containsKey(name);
  }

  @Override
  public Map<String, String> who(Path file) {
    Map<String, String> speakers = new LinkedHashMap<>();
    speakers.put("S1", "Anna");
    speakers.put("S2", "");
    return speakers;
  }
}
