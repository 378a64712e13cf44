package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transducers as they are published, whole and broken. */
final class TransducerLayoutTest {
  private static final Path PUBLISHED = Path.of("src", "test", "resources", "transducer");

  @TempDir Path models;

  @Test
  void foldersOfThreeLayoutsAreFine() throws IOException {
    for (String name : List.of("zipformer", "parakeet-tdt", "parakeet-rnnt")) {
      assertThat(look(copy(name, name)).state().isOk()).as(name).isTrue();
    }
  }

  @Test
  void theNumberOfScoresRevealsDurations() throws Exception {
    assertThat(settings("parakeet-tdt").integer("durations")).isEqualTo(5);
    assertThat(settings("parakeet-rnnt").integer("durations")).isZero();
  }

  @Test
  void aJoinerThatIsMissingIsNamed() throws IOException {
    Path folder = copy("zipformer", "model");
    Files.delete(folder.resolve("joiner.onnx"));

    assertRefused(folder, "Expected 'joiner.onnx'");
  }

  @Test
  void aDecoderOfNemoThatIsMissingIsNamed() throws IOException {
    Path folder = copy("parakeet-tdt", "model");
    Files.delete(folder.resolve("decoder_joint-model.onnx"));

    assertRefused(folder, "Expected 'decoder_joint-model.onnx'");
  }

  @Test
  void aTokenTableThatIsMissingIsNamed() throws IOException {
    Path folder = copy("parakeet-tdt", "model");
    Files.delete(folder.resolve("vocab.txt"));

    assertRefused(folder, "Expected 'vocab.txt'");
  }

  @Test
  void fewerTokensThanScoresAreRefused() throws IOException {
    assertRefused(withOneTokenLess("zipformer"), "scores of the joiner");
    assertRefused(withOneTokenLess("parakeet-rnnt"), "14 tokens beside blank in the metadata");
  }

  private Path withOneTokenLess(String name) throws IOException {
    Path folder = copy(name, "short-" + name);
    List<String> lines = Files.readAllLines(folder.resolve("tokens.txt"));
    String last = lines.remove(lines.size() - 1);
    lines.set(3, last.replaceFirst("\\d+$", "3"));
    Files.write(folder.resolve("tokens.txt"), lines);
    return folder;
  }

  @Test
  void marksOfTrainingBehindTheTokensDoNotCount() throws IOException {
    Path folder = copy("zipformer", "model");
    List<String> lines = Files.readAllLines(folder.resolve("tokens.txt"));
    lines.add("#0 " + lines.size());
    Files.write(folder.resolve("tokens.txt"), lines);

    assertThat(look(folder).state()).isEqualTo(ModelState.OK);
  }

  @Test
  void aTableWithoutBlankIsRefused() throws IOException {
    Path folder = copy("zipformer", "model");
    Path tokens = folder.resolve("tokens.txt");
    Files.writeString(tokens, Files.readString(tokens).replace("<blk>", "<nothing>"));

    assertRefused(folder, "Expected the token <blk>, found none");
  }

  @Test
  void metadataThatContradictTheGraphAreRefused() throws IOException {
    Path folder = copy("zipformer", "model");
    Path decoder = folder.resolve("decoder.onnx");
    String bytes = Files.readString(decoder, StandardCharsets.ISO_8859_1);
    Files.writeString(
        decoder,
        bytes.replace("context_size\u0012\u00012", "context_size\u0012\u00013"),
        StandardCharsets.ISO_8859_1);

    assertRefused(folder, "Expected 3 tokens of context as the metadata has it, found 2");
  }

  @Test
  void aDescriptionThatContradictsTheGraphIsRefused() throws IOException {
    Path folder = copy("parakeet-tdt", "model");
    Files.writeString(folder.resolve("config.json"), "{\"model_type\": \"nemo-conformer-rnnt\"}");

    assertRefused(folder, "scores of the joiner of a nemo-conformer-rnnt");
  }

  @Test
  void aPartOfAnotherModelIsRefused() throws IOException {
    Path folder = copy("zipformer", "model");
    Files.delete(folder.resolve("joiner.onnx"));
    Files.copy(PUBLISHED.resolve("parakeet-rnnt/joiner.onnx"), folder.resolve("joiner.onnx"));

    assertRefused(folder, "scores of the joiner");
  }

  @Test
  void anEncoderForStreamingIsRefused() throws IOException {
    Path folder = copy("zipformer", "model");
    Files.delete(folder.resolve("encoder.onnx"));
    Files.copy(
        PUBLISHED.resolve("parakeet-tdt/decoder_joint-model.onnx"), folder.resolve("encoder.onnx"));

    assertRefused(folder, "found 5 inputs, as models for streaming have");
  }

  @Test
  void aFileThatIsNoGraphIsRefused() throws IOException {
    Path folder = copy("zipformer", "model");
    Files.writeString(folder.resolve("joiner.onnx"), "<html>not found</html>");

    assertRefused(folder, "Expected an ONNX graph");
  }

  @Test
  void licenseAndLanguagesAreThoseOfTheCard() throws IOException {
    Path folder = copy("zipformer", "model");
    Files.writeString(
        folder.resolve("README.md"),
        "---\nlicense: cc-by-nc-4.0\nlanguage:\n- vi\n- 'en'\ntags:\n- asr\n---\n# A model\n");

    Manifest manifest = look(folder).folder().orElseThrow().manifest();

    assertThat(manifest.license()).isEqualTo("cc-by-nc-4.0");
    assertThat(manifest.languages()).containsExactly("vi", "en");
  }

  @Test
  void languagesAreThoseOfTheName() throws IOException {
    assertThat(languages("sherpa-onnx-zipformer-vi-2025-04-20")).containsExactly("vi");
    assertThat(languages("zipformer-bilingual-zh-en")).containsExactly("zh", "en");
    assertThat(languages("parakeet-tdt-0.6b-v2")).containsExactly("en");
    assertThat(languages("parakeet-tdt-0.6b-v3")).hasSize(25);
    assertThat(languages("mine")).isEmpty();
  }

  @Test
  void theOnlyPrecisionIsDescribedAsTheBestAvailable() throws IOException {
    assertThat(look(copy("zipformer", "model")).folder().orElseThrow().manifest().description())
        .isEqualTo("encoder.onnx: the best precision that is there");
  }

  @Test
  void eightBitsAreTakenForTheEncoderWhereThereAreSome() throws Exception {
    Path folder = copy("zipformer", "model");
    for (String part : List.of("encoder", "decoder", "joiner")) {
      Files.copy(folder.resolve(part + ".onnx"), folder.resolve(part + ".int8.onnx"));
    }

    ManifestSection settings = look(folder).folder().orElseThrow().manifest().settings();

    assertThat(settings.text("encoder")).isEqualTo("encoder.int8.onnx");
    assertThat(settings.text("predictor")).isEqualTo("decoder.onnx");
    assertThat(settings.text("compute_type")).isEqualTo("int8");
    assertThat(look(folder).folder().orElseThrow().manifest().description())
        .startsWith("encoder.int8.onnx: 8 bits take a third");
  }

  @Test
  void aCtcGraphBesideTheTransducerIsPartOfTheModel() throws Exception {
    for (String name : List.of("zipformer", "parakeet-tdt")) {
      Path folder = copy(name, name);
      Files.copy(PUBLISHED.resolve("hybrid/" + name + ".onnx"), folder.resolve("model.onnx"));

      Manifest manifest = look(folder).folder().orElseThrow().manifest();

      assertThat(manifest.settings().text("ctc")).isEqualTo("model.onnx");
      assertThat(manifest.files()).containsKey("model.onnx");
    }
  }

  @Test
  void aCtcGraphOfAnotherModelIsRefused() throws IOException {
    Path other = copy("zipformer", "other");
    Files.copy(PUBLISHED.resolve("hybrid/parakeet-tdt.onnx"), other.resolve("model.onnx"));

    assertRefused(other, "scores of the CTC graph, as many as there are tokens, found 16");
  }

  private List<String> languages(String name) throws IOException {
    return look(copy("zipformer", name)).folder().orElseThrow().manifest().languages();
  }

  private ManifestSection settings(String name) throws IOException {
    return look(copy(name, name)).folder().orElseThrow().manifest().settings();
  }

  private void assertRefused(Path folder, String sentence) {
    ModelState state = look(folder).state();
    assertThat(state.kind()).isEqualTo(ModelState.Kind.DAMAGED);
    assertThat(state.reason()).contains(sentence).contains(folder.getFileName().toString());
  }

  private InstalledModel look(Path folder) {
    return new ModelCatalog(models, new Checksums()).inspect(folder);
  }

  private Path copy(String published, String name) throws IOException {
    Path folder = Files.createDirectories(models.resolve(name));
    try (Stream<Path> files = Files.list(PUBLISHED.resolve(published))) {
      for (Path file : files.toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return folder;
  }
}
