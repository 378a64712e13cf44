package io.maie.edge.modelfile;

import io.maie.edge.durable.DurableFiles;
import io.maie.edge.durable.GroupAccess;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The decoders of one installed model: those of 32-bit floats, and beside them those whose weights
 * were rounded to 8 bits block by block, named {@code *_q8.onnx}.
 *
 * <p>File contract: a rounded decoder is written under a temporary name, flushed and renamed, and
 * the lock names it after. A decoder leaves the lock before it is deleted. After a crash the model
 * has one decoder or both, each whole.
 */
public final class DecoderRounding {
  /** The graphs that spend the time of a decoder, of 32-bit floats. */
  private static final Pattern FLOATS =
      Pattern.compile("(onnx/)?decoder_(model|model_merged|with_past_model)\\.onnx");

  private static final Pattern ROUNDED =
      Pattern.compile("(onnx/)?decoder_(model|model_merged|with_past_model)_q8\\.onnx");

  private static final Pattern PUBLISHED_BYTES =
      Pattern.compile("(onnx/)?decoder_model(_merged)?_(int8|quantized|uint8)\\.onnx");

  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final Checksums checksums;

  /**
   * The decoders of a model.
   *
   * @param folder the model, in the layout in which it is published
   */
  public DecoderRounding(Path folder, Checksums checksums) {
    this.folder = folder;
    this.checksums = checksums;
  }

  /** Writes the rounded form of a graph. */
  @FunctionalInterface
  public interface Rounder {
    /**
     * Rounds {@code floats}.
     *
     * @throws IOException if the file cannot be read, or has nothing to round
     */
    void write(Path floats, OutputStream target) throws IOException;
  }

  /** Returns whether the model has a decoder whose precision can be chosen. */
  public boolean exist() throws IOException {
    return !floats().isEmpty() || !rounded().isEmpty() || hasPublishedBytes();
  }

  /** Decoders of 32-bit floats, by their paths inside the folder. */
  public List<String> floats() throws IOException {
    return Files.exists(folder.resolve(Manifest.FILE_NAME))
        ? List.of()
        : FilesOnDisk.names(folder).stream().filter(FLOATS.asMatchPredicate()).toList();
  }

  /** Rounded decoders, by their paths inside the folder. */
  public List<String> rounded() throws IOException {
    return FilesOnDisk.names(folder).stream().filter(ROUNDED.asMatchPredicate()).toList();
  }

  /**
   * Rounds every decoder of floats.
   *
   * @throws IOException if the disk is full, or the graphs have nothing to round; nothing is left
   */
  public void round(Rounder rounder) throws ProcessingException, IOException {
    try {
      for (String name : floats()) {
        write(rounder, folder.resolve(name), folder.resolve(rounded(name)));
      }
    } catch (IOException e) {
      drop(rounded());
      throw e;
    }
    pin();
  }

  private static void write(Rounder rounder, Path floats, Path rounded) throws IOException {
    Path temporary = DurableFiles.temporaryFor(rounded, floats.resolveSibling(""));
    try {
      Files.deleteIfExists(temporary);
      try (FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
        OutputStream target =
            new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER_BYTES);
        rounder.write(floats, target);
        target.flush();
        GroupAccess.grant(temporary);
        channel.force(true);
      }
      DurableFiles.rename(temporary, rounded);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /**
   * The model with its decoder of floats, whatever this machine prefers.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it has none
   */
  public ModelFolder modelOfFloats() throws ProcessingException, IOException {
    return model(Precision.FP32);
  }

  /**
   * The model with its rounded decoder, whatever this machine prefers.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it has none
   */
  public ModelFolder modelOfRounded() throws ProcessingException, IOException {
    return model(Precision.Q8);
  }

  private ModelFolder model(Precision precision) throws ProcessingException, IOException {
    GraphPreference exactly = GraphPreference.CPU.withVariant(precision.label());
    ExpectedFiles expected = ExpectedFiles.of(folder, checksums);
    for (ModelLayout layout : List.of(new WhisperLayout(exactly), new MoonshineLayout(exactly))) {
      Optional<ModelFolder> found = layout.read(folder, expected);
      if (found.isPresent()) {
        return found.get();
      }
    }
    throw new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected a Whisper or Moonshine model in '%s', found another".formatted(folder),
        "Only their decoders are rounded");
  }

  /** Deletes the rounded decoders. */
  public void dropRounded() throws ProcessingException, IOException {
    drop(rounded());
  }

  /**
   * Deletes the decoders of floats that were rounded.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if one was not
   */
  public void dropFloats() throws ProcessingException, IOException {
    List<String> floats = floats();
    if (rounded().size() != floats.size()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a rounded decoder for each of %s in '%s', found fewer"
              .formatted(floats, folder),
          "Round them first: maie-edge models prepare");
    }
    drop(floats);
  }

  /** Returns whether there is a decoder of 8 bits as it was published. */
  public boolean hasPublishedBytes() throws IOException {
    return FilesOnDisk.names(folder).stream().anyMatch(PUBLISHED_BYTES.asMatchPredicate());
  }

  /**
   * Deletes the decoders of floats beside published ones of 8 bits.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if there are none such
   */
  public void dropPublishedFloats() throws ProcessingException, IOException {
    if (!hasPublishedBytes()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected a published decoder of 8 bits in '%s', found none".formatted(folder),
          "Pull the model with its graphs of 8 bits");
    }
    drop(floats());
  }

  private void drop(List<String> names) throws ProcessingException, IOException {
    ExpectedFiles expected = ExpectedFiles.of(folder, checksums);
    if (expected.exist()) {
      TreeMap<String, ListedFile> kept = new TreeMap<>(expected.besides(new TreeMap<>()));
      kept.keySet().removeAll(names);
      lock().withFiles(kept).write(folder);
    }
    for (String name : names) {
      Files.deleteIfExists(folder.resolve(name));
    }
    DurableFiles.forceDirectory(folder);
  }

  /** Names all files in the lock, if there is one. */
  private void pin() throws ProcessingException, IOException {
    ExpectedFiles expected = ExpectedFiles.of(folder, checksums);
    if (expected.exist()) {
      lock().withFiles(FilesOnDisk.list(folder, expected)).write(folder);
    }
  }

  private ModelLock lock() throws ProcessingException, IOException {
    return ModelLock.read(folder).orElseThrow(() -> new IOException("The lock vanished"));
  }

  private static String rounded(String floats) {
    return floats.replaceFirst("\\.onnx$", Precision.Q8.suffix() + ".onnx");
  }
}
