package io.maie.edge.modelfile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.durable.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes sizes and checksums into a manifest that has none, so that later damage is noticed. */
final class ManifestPinning {
  private ManifestPinning() {}

  /**
   * Lists {@code files} in {@code folder}'s manifest unless it lists files already.
   *
   * @param license to write there; empty = unchanged
   */
  static void pin(Path folder, Map<String, ListedFile> files, String license) throws IOException {
    Path path = folder.resolve(Manifest.FILE_NAME);
    ObjectNode manifest = (ObjectNode) JsonFile.MAPPER.readTree(Files.readAllBytes(path));
    if (!manifest.path("files").isEmpty() && license.isEmpty()) {
      return;
    }
    if (!license.isEmpty()) {
      manifest.put("license", license);
    }
    if (manifest.path("files").isEmpty()) {
      ObjectNode listed = manifest.putObject("files");
      files.forEach(
          (name, file) ->
              listed.putObject(name).put("bytes", file.bytes()).put("sha256", file.sha256()));
    }
    DurableFiles.writeAtomically(
        path, JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
  }
}
