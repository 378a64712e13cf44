package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** Writes small model folders for tests. */
final class ModelFolders {
  static final String MODEL_FILE = "model.onnx";

  private ModelFolders() {}

  /** A model as a catalogue of its parent folder sees it. */
  static InstalledModel look(Path folder) {
    Path models = folder.resolveSibling("");
    return new ModelCatalog(models, new Checksums()).inspect(folder);
  }

  /** Asserts that a catalogue calls {@code folder} damaged, with {@code sentence} in the reason. */
  static void assertRefused(Path folder, String sentence) {
    ModelState state = look(folder).state();
    assertThat(state.kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(state.reason()).contains(sentence);
  }

  /** A whole CTC model whose one file holds {@code bytes} bytes. */
  static Path write(Path models, String name, boolean shipped, int bytes) throws IOException {
    return write(models, name, "asr", "ctc", shipped, bytes);
  }

  /** A whole CTC model that was added and knows {@code language} alone. */
  static Path writeFor(Path models, String name, String language, int bytes) throws IOException {
    Path folder = write(models, name, false, bytes);
    Path manifest = folder.resolve(Manifest.FILE_NAME);
    String text = Files.readString(manifest);
    Files.writeString(
        manifest, text.replace("\"languages\": [\"en\"]", "\"languages\": [\"" + language + "\"]"));
    return folder;
  }

  static Path writeVad(Path models, String name) throws IOException {
    return write(models, name, "vad", "silero", false, 10);
  }

  /** A detector as it ships. */
  static Path writeShippedVad(Path models, String name) throws IOException {
    return write(models, name, "vad", "silero", true, 10);
  }

  private static Path write(
      Path models, String name, String task, String family, boolean shipped, int bytes)
      throws IOException {
    Path folder = Files.createDirectories(models.resolve(name));
    byte[] content = new byte[bytes];
    Files.write(folder.resolve(MODEL_FILE), content);
    Files.writeString(
        folder.resolve(Manifest.FILE_NAME),
        """
        {"schema_version": 1, "name": "%s", "version": "1", "task": "%s", "family": "%s",
         "languages": ["en"], "shipped": %s, "license": "Apache-2.0", "description": "a test",
         "sample_rate": 16000,
         "files": {"%s": {"bytes": %d, "sha256": "%s"}},
         "%s": {"model": "%s"}}
        """
            .formatted(
                name,
                task,
                family,
                shipped,
                MODEL_FILE,
                bytes,
                sha256(content),
                family,
                MODEL_FILE),
        StandardCharsets.UTF_8);
    return folder;
  }

  /** A Whisper model as a hub lays it out, in 8 bits and in 32. */
  static Path writeWhisper(Path models, String name) throws IOException {
    Path folder = models.resolve(name);
    Files.createDirectories(folder.resolve("onnx"));
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"whisper\"}");
    for (String description :
        List.of("generation_config.json", "preprocessor_config.json", "tokenizer.json")) {
      Files.writeString(folder.resolve(description), "{}");
    }
    for (String graph : List.of("encoder_model", "decoder_model_merged")) {
      Files.write(folder.resolve("onnx/" + graph + "_int8.onnx"), new byte[1000]);
      Files.write(folder.resolve("onnx/" + graph + ".onnx"), new byte[4000]);
    }
    return folder;
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
