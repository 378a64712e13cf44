package io.maie.edge.text.token;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The tokenizer of a language model, read from its {@code tokenizer.json}. Adds no tokens of its
 * own: what marks the beginning of a text stands in the text. Holds native memory until it is
 * closed. Used by one thread.
 */
public final class Tokenizer implements AutoCloseable {
  /** Gemma 3 has the largest, with 33 MB; a few times as much has to fit into the heap. */
  private static final long MOST_BYTES = 40L << 20;

  private final long handle;
  private boolean isClosed;

  private Tokenizer(long handle) {
    this.handle = handle;
  }

  /**
   * Opens a tokenizer.
   *
   * @param file in the format of Hugging Face's tokenizers
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it is none
   */
  public static Tokenizer open(Path file) throws ProcessingException, IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw refused(file, "it has more than " + MOST_BYTES + " bytes");
    }
    try {
      String json = Files.readString(file);
      Optional<String> fault = StrictJson.fault(json);
      if (fault.isPresent()) {
        throw refused(file, fault.get());
      }
      long handle = NativeTokenizers.functions().createTokenizerFromString(json);
      NativeTokenizers.functions().disablePadding(handle);
      NativeTokenizers.functions().disableTruncation(handle);
      return new Tokenizer(handle);
    } catch (CharacterCodingException e) {
      throw refused(file, "it is not UTF-8");
    } catch (RuntimeException e) {
      // the native library reports every fault of the file so
      throw refused(file, String.valueOf(e.getMessage()));
    }
  }

  static ProcessingException refused(Path file, String reason) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "The tokenizer '" + file + "' cannot be read: " + reason,
        "Run 'maie-edge models verify', or install the model again");
  }

  /** Ids of the tokens of {@code text}; marks such as {@code <|im_end|>} in it are special ones. */
  public long[] ids(String text) throws ProcessingException {
    requireOpen();
    try {
      long encoding = NativeTokenizers.functions().encode(handle, text, false);
      long[] ids = NativeTokenizers.functions().getTokenIds(encoding);
      NativeTokenizers.functions().deleteEncoding(encoding);
      return ids;
    } catch (RuntimeException e) {
      throw failed("split a text", e);
    }
  }

  /** Number of tokens of {@code text}. */
  public int count(String text) throws ProcessingException {
    return ids(text).length;
  }

  /** The text of tokens, without special ones. */
  public String text(List<Integer> ids) throws ProcessingException {
    requireOpen();
    long[] all = ids.stream().mapToLong(Integer::longValue).toArray();
    try {
      return all.length == 0 ? "" : NativeTokenizers.functions().decode(handle, all, true);
    } catch (RuntimeException e) {
      throw failed("join a text", e);
    }
  }

  /** The native library reports what it finds wrong with a tokenizer while it uses it so. */
  private static ProcessingException failed(String work, RuntimeException failure) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "The tokenizer cannot %s: %s".formatted(work, failure.getMessage()),
        "Run 'maie-edge models verify', or install the model again",
        failure);
  }

  private void requireOpen() {
    if (isClosed) {
      throw new IllegalStateException("a tokenizer is used after it was closed");
    }
  }

  /** Gives the native memory back; further calls do nothing. */
  @Override
  public void close() throws ProcessingException {
    if (!isClosed) {
      isClosed = true;
      NativeTokenizers.functions().deleteTokenizer(handle);
    }
  }
}
