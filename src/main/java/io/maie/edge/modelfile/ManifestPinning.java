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

  /** Lists {@code files} in {@code folder}'s manifest unless it lists files already. */
  static void pin(Path folder, Map<String, ListedFile> files) throws IOException {
    Path path = folder.resolve(Manifest.FILE_NAME);
    ObjectNode manifest = (ObjectNode) JsonFile.MAPPER.readTree(Files.readAllBytes(path));
    if (!manifest.path("files").isEmpty()) {
      return;
    }
    ObjectNode listed = manifest.putObject("files");
    files.forEach(
        (name, file) ->
            listed.putObject(name).put("bytes", file.bytes()).put("sha256", file.sha256()));
    DurableFiles.writeAtomically(
        path, JsonFile.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(manifest));
  }
}
