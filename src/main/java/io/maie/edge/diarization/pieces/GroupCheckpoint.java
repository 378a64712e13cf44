package io.maie.edge.diarization.pieces;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Checkpoint;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps finished groups of one stage, so that a restart continues behind them. A group is saved
 * once; groups of another fingerprint are ignored.
 */
final class GroupCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(GroupCheckpoint.class);
  private static final int FORMAT = 1;

  private final Checkpoint checkpoint;
  private final String prefix;
  private final String fingerprint;
  private int groups;

  /**
   * A view on {@code checkpoint}.
   *
   * @param prefix begins the names of the groups: letters
   * @param fingerprint equal if and only if the groups would come out the same
   */
  GroupCheckpoint(Checkpoint checkpoint, String prefix, String fingerprint) {
    this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
    this.prefix = requireNonNull(prefix, "prefix is null");
    this.fingerprint = requireNonNull(fingerprint, "fingerprint is null");
  }

  /** The groups that are finished, in order. */
  List<byte[]> load() throws IOException {
    List<byte[]> finished = new ArrayList<>();
    Optional<byte[]> group = read();
    while (group.isPresent()) {
      finished.add(group.get());
      groups++;
      group = read();
    }
    return finished;
  }

  /** Keeps the next group. */
  void add(byte[] group) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(FORMAT);
    out.writeUTF(fingerprint);
    out.writeInt(group.length);
    out.write(group);
    checkpoint.save(name(), bytes.toByteArray());
    groups++;
  }

  private Optional<byte[]> read() throws IOException {
    Optional<byte[]> bytes = checkpoint.load(name());
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.get()))) {
      if (in.readInt() != FORMAT || !in.readUTF().equals(fingerprint)) {
        return Optional.empty();
      }
      int length = in.readInt();
      byte[] group = in.readAllBytes();
      return group.length == length ? Optional.of(group) : Optional.empty();
    } catch (IOException e) {
      LOG.warn("Reading a checkpoint failed; diarization continues without it", e);
      return Optional.empty();
    }
  }

  private String name() {
    return prefix + "-" + groups;
  }
}
