package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.FileSignature;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a recording was in the inbox.
 *
 * @param name its file name as text, composed Unicode
 * @param path the same below the inbox, with {@code /} between folders
 * @param rawNameHex the bytes of its file name, if they were not text; else null
 * @param signature its state when it was claimed
 */
public record TaskSource(
    String name, String path, @Nullable String rawNameHex, FileSignature signature) {

  public TaskSource {
    requireNonNull(name, "name is null");
    requireNonNull(path, "path is null");
    requireNonNull(signature, "signature is null");
  }

  static TaskSource of(Path relative, FileSignature signature) {
    List<String> elements = new ArrayList<>();
    for (Path element : relative) {
      elements.add(FileNames.text(element));
    }
    String rawNameHex =
        FileNames.isText(relative) ? null : HexFormat.of().formatHex(FileNames.rawBytes(relative));
    return new TaskSource(
        FileNames.text(relative), String.join("/", elements), rawNameHex, signature);
  }

  /** The path below the inbox, and below every folder that mirrors it. */
  Path relative() {
    return Path.of(path);
  }
}
