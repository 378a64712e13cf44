package io.maie.edge.task;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.maie.edge.durable.FileNames;
import io.maie.edge.spool.FileSignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * State of a recording when it came in.
 *
 * @param name its file name as text, composed Unicode
 * @param path the same below the inbox, with {@code /} between folders
 * @param rawNameHex the bytes of its file name, if they were not text; else null
 * @param rawPathHex the bytes of its path below the inbox, if they are not those of {@code path};
 *     else null
 * @param signature its state when it was claimed
 * @param intake the way by which it came in; null in a document of an earlier version = {@link
 *     Intake#FOLDER}
 * @param request the id of the request that brought it; null if it came by a folder
 */
public record TaskSource(
    String name,
    String path,
    @Nullable String rawNameHex,
    @Nullable String rawPathHex,
    FileSignature signature,
    @JsonProperty("door") Intake intake,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String request) {

  private static final HexFormat HEX = HexFormat.of();

  public TaskSource {
    requireNonNull(name, "name is null");
    requireNonNull(path, "path is null");
    requireNonNull(signature, "signature is null");
    intake = intake == null ? Intake.FOLDER : intake;
  }

  static TaskSource of(Path relative, FileSignature signature, Intake intake) {
    List<String> elements = new ArrayList<>();
    List<String> raw = new ArrayList<>();
    for (Path element : relative) {
      elements.add(FileNames.text(element));
      raw.add(HEX.formatHex(FileNames.rawBytes(element)));
    }
    String path = String.join("/", elements);
    String rawPath = String.join(HEX.formatHex(bytes("/")), raw);
    String rawNameHex = FileNames.isText(relative) ? null : raw.get(raw.size() - 1);
    String rawPathHex = rawPath.equals(HEX.formatHex(bytes(path))) ? null : rawPath;
    return new TaskSource(
        FileNames.text(relative), path, rawNameHex, rawPathHex, signature, intake, null);
  }

  TaskSource with(FileSignature newSignature) {
    return new TaskSource(name, path, rawNameHex, rawPathHex, newSignature, intake, request);
  }

  TaskSource withRequest(String id) {
    return new TaskSource(name, path, rawNameHex, rawPathHex, signature, intake, id);
  }

  /**
   * The original place in {@code inbox}, byte for byte, with {@code suffix} behind the name:
   * people's programs name companions by the bytes that they see.
   */
  Path in(Path inbox, String suffix) {
    byte[] raw = rawPathHex == null ? bytes(path) : HEX.parseHex(rawPathHex);
    byte[] all = Arrays.copyOf(raw, raw.length + suffix.length());
    System.arraycopy(bytes(suffix), 0, all, raw.length, suffix.length());
    return FileNames.resolve(inbox, all);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The path below the inbox, and below every folder that mirrors it. */
  Path relative() {
    return Path.of(path);
  }
}
