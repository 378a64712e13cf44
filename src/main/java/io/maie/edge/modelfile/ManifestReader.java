package io.maie.edge.modelfile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.audio.Waveform;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads manifests strictly: a key that is unknown, missing or of the wrong type is an error. */
final class ManifestReader {
  /** No honest manifest comes near this size. */
  private static final int MAX_BYTES = 1 << 20;

  /** Becomes a key of the manifest, and part of messages. */
  private static final Pattern FAMILY = Pattern.compile("[a-z][a-z0-9_]{0,31}");

  private static final ObjectReader JSON =
      JsonFile.MAPPER
          .readerFor(JsonNode.class)
          .with(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private ManifestReader() {}

  /** Reads {@code folder}'s manifest; its list of files may be absent, and is empty then. */
  static Manifest read(Path folder) throws ProcessingException, IOException {
    return manifest(document(folder.resolve(Manifest.FILE_NAME)));
  }

  /** The JSON object in {@code file}. */
  static ManifestSection document(Path file) throws ProcessingException, IOException {
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MAX_BYTES + 1);
    }
    if (bytes.length > MAX_BYTES) {
      throw damaged("Expected at most " + MAX_BYTES + " bytes, found more: '" + file + "'", null);
    }
    return object(bytes, file.toString());
  }

  private static ManifestSection object(byte[] json, String file) throws ProcessingException {
    JsonNode node;
    try {
      node = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw damaged("Not valid JSON: '%s': %s".formatted(file, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw damaged("Cannot be read as JSON: '%s'".formatted(file), e);
    }
    if (!(node instanceof ObjectNode object)) {
      throw damaged("Expected a JSON object: '%s'".formatted(file), null);
    }
    return ManifestSection.whole(object, file);
  }

  private static Manifest manifest(ManifestSection root) throws ProcessingException {
    if (root.integer("schema_version") != Manifest.SCHEMA_VERSION) {
      throw root.invalid("schema_version", String.valueOf(Manifest.SCHEMA_VERSION));
    }
    String family = root.text("family");
    if (!FAMILY.matcher(family).matches()) {
      throw root.invalid("family", "lower-case letters, digits and underscores");
    }
    root.requireOnly(
        "schema_version",
        "name",
        "version",
        "task",
        "family",
        "languages",
        "shipped",
        "license",
        "description",
        "sample_rate",
        "files",
        family);
    if (root.integer("sample_rate") != Waveform.SAMPLE_RATE) {
      throw root.invalid("sample_rate", String.valueOf(Waveform.SAMPLE_RATE));
    }
    return new Manifest(
        root.text("name"),
        root.textOr("version", ""),
        root.choice("task", ModelTask.class),
        family,
        root.texts("languages"),
        root.flagOr("shipped", false),
        root.textOr("license", ""),
        root.textOr("description", ""),
        Waveform.SAMPLE_RATE,
        files(root.sectionOrEmpty("files")),
        root.section(family));
  }

  /** Sizes and checksums by path. */
  static SortedMap<String, ListedFile> files(ManifestSection files) throws ProcessingException {
    SortedMap<String, ListedFile> listed = new TreeMap<>();
    for (String name : files.keys()) {
      if (!ModelFolder.isSafeName(name)) {
        throw files.invalid(name, "a relative path without '..' as key");
      }
      ManifestSection file = files.section(name);
      file.requireOnly("bytes", "sha256");
      try {
        listed.put(name, new ListedFile(file.longInteger("bytes"), file.text("sha256")));
      } catch (IllegalArgumentException e) {
        throw files.invalid(name, "a size of 0 or more and a sha256 of 64 lower-case digits", e);
      }
    }
    return listed;
  }

  private static ProcessingException damaged(String message, @Nullable Throwable cause) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        message,
        "Install the model again with 'models import'",
        cause);
  }
}
