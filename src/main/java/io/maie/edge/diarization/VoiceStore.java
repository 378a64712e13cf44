package io.maie.edge.diarization;

import static java.util.Objects.requireNonNull;

import io.maie.edge.durable.DurableFiles;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The known voices, one file each, readable by the owner alone. Names stand in the files, not in
 * their names.
 */
public final class VoiceStore {
  private static final Logger LOG = LoggerFactory.getLogger(VoiceStore.class);
  private static final String SUFFIX = ".voice";
  private static final int FORMAT = 1;

  private final Path folder;

  /**
   * A store.
   *
   * @param folder made when the first voice comes
   */
  public VoiceStore(Path folder) {
    this.folder = requireNonNull(folder, "folder is null");
  }

  /** All voices, by name. A file that cannot be read is left out, with a warning in the log. */
  public List<Voiceprint> list() throws IOException {
    List<Voiceprint> voices = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return voices;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        read(file).ifPresent(voices::add);
      }
    }
    voices.sort(Comparator.comparing(Voiceprint::name));
    return voices;
  }

  /** Keeps a voice; one of the same name is replaced. */
  public void put(Voiceprint voice) throws IOException {
    if (!Files.isDirectory(folder)) {
      DurableFiles.createDirectories(requireNonNull(folder.toAbsolutePath().getParent()));
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    }
    Path fresh = DurableFiles.temporaryIn(folder);
    DurableFiles.write(fresh, bytes(voice));
    try {
      Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rw-------"));
      DurableFiles.rename(fresh, file(voice.name()));
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  /**
   * Forgets a voice.
   *
   * @return whether there was one of that name
   */
  public boolean forget(String name) throws IOException {
    boolean there = Files.deleteIfExists(file(name));
    if (there) {
      DurableFiles.forceDirectory(folder);
    }
    return there;
  }

  private Path file(String name) {
    UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    return folder.resolve(id + SUFFIX);
  }

  private static byte[] bytes(Voiceprint voice) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(FORMAT);
    out.writeUTF(voice.name());
    out.writeUTF(voice.modelHash());
    out.writeInt(voice.embedding().length);
    for (float value : voice.embedding()) {
      out.writeFloat(value);
    }
    return bytes.toByteArray();
  }

  private static Optional<Voiceprint> read(Path file) {
    try (DataInputStream in =
        new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file)))) {
      if (in.readInt() != FORMAT) {
        throw new IOException("unknown format");
      }
      String name = in.readUTF();
      String modelHash = in.readUTF();
      int dimensions = in.readInt();
      if (dimensions < 1 || in.available() != dimensions * Float.BYTES) {
        throw new IOException("unexpected length");
      }
      float[] embedding = new float[dimensions];
      for (int i = 0; i < dimensions; i++) {
        embedding[i] = in.readFloat();
      }
      return Optional.of(new Voiceprint(name, modelHash, embedding));
    } catch (IOException e) {
      LOG.warn("A stored voice cannot be read; it is left out file={}", file.getFileName(), e);
      return Optional.empty();
    }
  }
}
