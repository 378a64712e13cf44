package io.maie.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.cli.ImportOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.file.PathUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports of folders of transducers, ChunkFormer and SenseVoice that something is wrong with. */
final class BrokenModelFoldersTest {
  private static final Path PUBLISHED = Path.of("src", "test", "resources");
  private static final String ZIPFORMER = "transducer/zipformer";
  private static final String TDT = "transducer/parakeet-tdt";
  private static final String RNNT = "transducer/parakeet-rnnt";
  private static final String CHUNKFORMER = "chunkformer/tiny";
  private static final String SENSEVOICE = "sensevoice/tiny";

  @TempDir private Path temporary;
  private ScratchImports imports;
  private Path source = Path.of("");

  @BeforeEach
  void makeFolders() throws IOException {
    imports = ScratchImports.in(temporary);
    source = temporary.resolve("published");
  }

  @ParameterizedTest
  @ValueSource(strings = {ZIPFORMER, TDT, RNNT, CHUNKFORMER, SENSEVOICE})
  void aWholeFolderComesIn(String published) throws Exception {
    copy(published);
    imports.assertTaken(source, "model");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("files")
  void everyMissingOrIrregularFileIsReported(String published, String file) throws Exception {
    copy(published);
    Files.delete(source.resolve(file));
    assertRefused("absent");
    Files.createDirectory(source.resolve(file));
    assertRefused("a folder");
    Files.delete(source.resolve(file));
    Files.createFile(source.resolve(file));
    assertRefused("empty");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("graphs")
  void aTruncatedGraphIsRefused(String published, String graph) throws Exception {
    byte[] bytes = Files.readAllBytes(PUBLISHED.resolve(published).resolve(graph));
    for (int kept : new int[] {bytes.length / 3, bytes.length * 9 / 10, bytes.length - 1}) {
      copy(published);
      Files.write(source.resolve(graph), Arrays.copyOf(bytes, kept));
      assertRefused("the first %d of %d bytes".formatted(kept, bytes.length));
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("tables")
  void aWrongTokenTableIsRefused(String published, String table) throws Exception {
    List<String> lines = Files.readAllLines(PUBLISHED.resolve(published).resolve(table));
    byte[] text = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_16);
    Map<String, List<String>> wrong =
        Map.of(
            "one token less", lines.subList(0, lines.size() - 1),
            "a token twice", with(lines, 4, lines.get(3)),
            "a token more", with(lines, -1, "more " + lines.size()),
            "a gap", with(lines, 4, lines.get(4).replaceFirst(" \\d+$", " 999")));
    for (Map.Entry<String, List<String>> each : wrong.entrySet()) {
      if (!each.getValue().equals(lines)) {
        copy(published);
        Files.write(source.resolve(table), each.getValue());
        assertRefused(each.getKey());
      }
    }
    copy(published);
    Files.write(source.resolve(table), text);
    assertRefused("UTF-16");
    Files.write(source.resolve(table), "<blk> 0\n\u00e9 1\n".getBytes(StandardCharsets.ISO_8859_1));
    assertRefused("Latin-1");
  }

  private static List<String> with(List<String> lines, int at, String line) {
    List<String> changed = new ArrayList<>(lines);
    if (at < 0) {
      changed.add(line);
    } else {
      changed.set(at, line);
    }
    return changed;
  }

  @ParameterizedTest(name = "{0}: {1} with {2}")
  @MethodSource("texts")
  void aNumberThatContradictsTheOtherFilesIsRefused(
      String published, String file, String before, String after) throws Exception {
    copy(published);
    Path path = source.resolve(file);
    String text = Files.readString(path, StandardCharsets.ISO_8859_1);
    assertThat(text).contains(before);
    Files.writeString(path, text.replace(before, after), StandardCharsets.ISO_8859_1);
    assertRefused(after);
  }

  static Stream<Arguments> texts() {
    return Stream.of(
        Arguments.of(
            ZIPFORMER, "decoder.onnx", "context_size\u0012\u00012", "context_size\u0012\u00013"),
        Arguments.of(
            ZIPFORMER, "decoder.onnx", "context_size\u0012\u00012", "context_size\u0012\u0001x"),
        Arguments.of(
            ZIPFORMER, "decoder.onnx", "vocab_size\u0012\u000217", "vocab_size\u0012\u000218"),
        Arguments.of(RNNT, "encoder.onnx", "vocab_size\u0012\u000215", "vocab_size\u0012\u000216"),
        Arguments.of(RNNT, "encoder.onnx", "per_feature", "xxx_feature"),
        Arguments.of(TDT, "config.json", "128", "80"),
        Arguments.of(TDT, "config.json", "-tdt", "-ctc"),
        Arguments.of(TDT, "config.json", "128", "\"many\""),
        Arguments.of(TDT, "config.json", "{", "["),
        Arguments.of(CHUNKFORMER, "chunkformer.json", "\"chunk\": 4", "\"chunk\": 5"),
        Arguments.of(CHUNKFORMER, "chunkformer.json", "\"chunk\": 4", "\"chunk\": \"4\""),
        Arguments.of(CHUNKFORMER, "chunkformer.json", "\"size\": 32", "\"size\": 48"),
        Arguments.of(CHUNKFORMER, "chunkformer.json", "\"size\": 32", "\"length\": 32"),
        Arguments.of(CHUNKFORMER, "chunkformer.json", "{", "{{"));
  }

  @ParameterizedTest(name = "{0}: {1} of {2}")
  @MethodSource("mixtures")
  void aGraphOfAnotherModelIsRefused(String published, String file, String other) throws Exception {
    copy(published);
    Files.copy(PUBLISHED.resolve(other), source.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    assertRefused(other);
  }

  static Stream<Arguments> mixtures() {
    return Stream.of(
        Arguments.of(ZIPFORMER, "joiner.onnx", RNNT + "/joiner.onnx"),
        Arguments.of(ZIPFORMER, "decoder.onnx", RNNT + "/decoder.onnx"),
        Arguments.of(ZIPFORMER, "encoder.onnx", RNNT + "/encoder.onnx"),
        Arguments.of(ZIPFORMER, "encoder.onnx", CHUNKFORMER + "/encoder.onnx"),
        Arguments.of(ZIPFORMER, "encoder.onnx", ZIPFORMER + "/joiner.onnx"),
        Arguments.of(RNNT, "joiner.onnx", ZIPFORMER + "/joiner.onnx"),
        Arguments.of(RNNT, "decoder.onnx", ZIPFORMER + "/decoder.onnx"),
        Arguments.of(RNNT, "decoder.onnx", RNNT + "/joiner.onnx"),
        Arguments.of(TDT, "decoder_joint-model.onnx", RNNT + "/joiner.onnx"),
        Arguments.of(TDT, "encoder-model.onnx", RNNT + "/encoder.onnx"),
        Arguments.of(CHUNKFORMER, "joiner.onnx", ZIPFORMER + "/joiner.onnx"),
        Arguments.of(CHUNKFORMER, "predictor.onnx", RNNT + "/decoder.onnx"),
        Arguments.of(CHUNKFORMER, "stem.onnx", CHUNKFORMER + "/ctc.onnx"),
        Arguments.of(CHUNKFORMER, "encoder.onnx", CHUNKFORMER + "/joiner.onnx"),
        Arguments.of(SENSEVOICE, "model.onnx", ZIPFORMER + "/encoder.onnx"));
  }

  static Stream<Arguments> files() {
    return Stream.concat(graphs(), tables());
  }

  static Stream<Arguments> graphs() {
    return Stream.of(
            Map.entry(ZIPFORMER, List.of("encoder.onnx", "decoder.onnx", "joiner.onnx")),
            Map.entry(RNNT, List.of("encoder.onnx", "decoder.onnx", "joiner.onnx")),
            Map.entry(TDT, List.of("encoder-model.onnx", "decoder_joint-model.onnx")),
            Map.entry(
                CHUNKFORMER,
                List.of("stem.onnx", "encoder.onnx", "ctc.onnx", "predictor.onnx", "joiner.onnx")),
            Map.entry(SENSEVOICE, List.of("model.onnx")))
        .flatMap(
            model -> model.getValue().stream().map(file -> Arguments.of(model.getKey(), file)));
  }

  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of(ZIPFORMER, "tokens.txt"),
        Arguments.of(RNNT, "tokens.txt"),
        Arguments.of(TDT, "vocab.txt"),
        Arguments.of(CHUNKFORMER, "tokens.txt"),
        Arguments.of(SENSEVOICE, "tokens.txt"));
  }

  private void copy(String published) throws IOException {
    if (Files.exists(source)) {
      PathUtils.deleteDirectory(source);
    }
    PathUtils.copyDirectory(PUBLISHED.resolve(published), source);
  }

  private void assertRefused(String damage) {
    imports.assertRefused(new ImportOrder(source, "model", null), damage, "");
  }
}
