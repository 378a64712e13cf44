package io.maie.edge.text.token;

import ai.djl.huggingface.tokenizers.jni.TokenizersLibrary;
import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Hugging Face's library of tokenizers, of which only the native functions are used: the Java
 * classes around them unpack to the home folder, look for graphics processors and report to their
 * makers (docs/decisions/0225-tokenizer-and-chat-template.md).
 */
final class NativeTokenizers {
  /** Names the folder of the unpacked library; the launcher of the program sets it. */
  private static final String FOLDER = "maie.tokenizers.path";

  private static final String FILE = "libtokenizers.so";

  /** The reason for which the library does not load; empty if it did. */
  private static final String FAULT = load();

  private NativeTokenizers() {}

  /**
   * The functions; the library loads when they are first asked for.
   *
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} if it does not load
   */
  static TokenizersLibrary functions() throws ProcessingException {
    if (!FAULT.isEmpty()) {
      throw new ProcessingException(
          FailureCode.MODEL_LOAD_ERROR,
          "Expected the native library of tokenizers to load on %s/%s, found: %s"
              .formatted(System.getProperty("os.name"), System.getProperty("os.arch"), FAULT),
          "Use 64-bit Linux with glibc 2.34 or newer on x86 or ARM, or text.engine: extractive");
    }
    return TokenizersLibrary.LIB;
  }

  private static String load() {
    try {
      String folder = System.getProperty(FOLDER);
      if (folder == null) {
        loadFromClassPath();
      } else {
        System.load(Path.of(folder).resolve(FILE).toAbsolutePath().toString());
      }
      return "";
    } catch (LinkageError | IOException e) {
      // native code is loaded here: a library that does not load is an Error, and yet only a
      // fault of this installation
      return e.toString();
    }
  }

  private static void loadFromClassPath() throws IOException {
    String processor = System.getProperty("os.arch").equals("aarch64") ? "aarch64" : "x86_64";
    String resource = "/native/lib/linux-" + processor + "/cpu/" + FILE;
    try (InputStream library = TokenizersLibrary.class.getResourceAsStream(resource)) {
      if (library == null) {
        throw new IOException("no library " + resource + " on the class path");
      }
      Path unpacked = Files.createTempFile("maie-tokenizers", ".so");
      try {
        Files.copy(library, unpacked, StandardCopyOption.REPLACE_EXISTING);
        System.load(unpacked.toString());
      } finally {
        // what is mapped stays
        Files.delete(unpacked);
      }
    }
  }
}
