package io.maie.edge.modelfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.onnx.graph.BlockRounding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DecoderRoundingTest {
  private static final Path DECODER = Path.of("src/test/resources/onnx/blocks/decoder.onnx");
  private static final String FLOATS = "onnx/decoder_model_merged.onnx";
  private static final String ROUNDED = "onnx/decoder_model_merged_q8.onnx";

  @TempDir private Path folder;

  private final Checksums checksums = new Checksums();

  @BeforeEach
  void layOut() throws Exception {
    Files.createDirectory(folder.resolve("onnx"));
    Files.copy(DECODER, folder.resolve(FLOATS));
    Files.copy(DECODER, folder.resolve("onnx/encoder_model.onnx"));
    new ModelLock(
            ModelOrigin.imported("/somewhere", Instant.EPOCH),
            FilesOnDisk.list(folder, ExpectedFiles.of(folder, checksums)))
        .write(folder);
  }

  @Test
  void aRoundedDecoderLiesBesideItsOriginalAndIsPinned() throws Exception {
    decoders().round(BlockRounding::write);

    assertThat(decoders().floats()).containsExactly(FLOATS);
    assertThat(decoders().rounded()).containsExactly(ROUNDED);
    assertThat(pinned()).contains(FLOATS, ROUNDED);
    assertThat(Files.size(folder.resolve(ROUNDED))).isLessThan(Files.size(folder.resolve(FLOATS)));
  }

  @Test
  void theOriginalIsRemovedOnlyAfterRounding() throws Exception {
    assertThatThrownBy(() -> decoders().dropFloats()).isInstanceOf(ProcessingException.class);

    decoders().round(BlockRounding::write);
    decoders().dropFloats();

    assertThat(folder.resolve(FLOATS)).doesNotExist();
    assertThat(pinned()).contains(ROUNDED).doesNotContain(FLOATS);
  }

  @Test
  void aRoundedDecoderThatIsNotWantedLeavesNoTrace() throws Exception {
    decoders().round(BlockRounding::write);
    decoders().dropRounded();

    assertThat(folder.resolve("onnx")).isDirectoryNotContaining("glob:**q8*");
    assertThat(pinned()).contains(FLOATS).doesNotContain(ROUNDED);
  }

  @Test
  void aFailureToRoundLeavesTheModelAsItWas() throws Exception {
    assertThatThrownBy(
            () ->
                decoders()
                    .round(
                        (floats, target) -> {
                          target.write(1);
                          throw new IOException("the disk is full");
                        }))
        .hasMessage("the disk is full");

    assertThat(FilesOnDisk.names(folder))
        .containsExactlyInAnyOrder(FLOATS, "onnx/encoder_model.onnx", ModelLock.FILE_NAME);
  }

  @Test
  void floatsAreKeptWhereNoDecoderOfBytesWasPublished() {
    assertThatThrownBy(() -> decoders().dropPublishedFloats())
        .isInstanceOf(ProcessingException.class);
    assertThat(folder.resolve(FLOATS)).exists();
  }

  @Test
  void aModelWithAManifestIsLeftAsItSays() throws Exception {
    Files.writeString(folder.resolve(Manifest.FILE_NAME), "{}");
    assertThat(decoders().floats()).isEmpty();
  }

  private DecoderRounding decoders() {
    return new DecoderRounding(folder, checksums);
  }

  private List<String> pinned() throws Exception {
    return List.copyOf(ModelLock.read(folder).orElseThrow().files().keySet());
  }
}
