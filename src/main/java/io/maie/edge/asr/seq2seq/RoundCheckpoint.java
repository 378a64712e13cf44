package io.maie.edge.asr.seq2seq;

import static java.util.Objects.requireNonNull;

import io.maie.edge.progress.Checkpoint;
import io.maie.edge.transcript.Language;
import io.maie.edge.transcript.Segment;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the segments of each round of decoding, so that a restart continues behind it. A round is
 * saved once; rounds of another model, other settings or other windows are ignored.
 */
public final class RoundCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(RoundCheckpoint.class);
  private static final int FORMAT = 6;

  private final Checkpoint checkpoint;
  private final String family;
  private final String fingerprint;
  private int rounds;

  /**
   * A view on {@code checkpoint}.
   *
   * @param family of the model; begins the names under which rounds are kept
   * @param fingerprint equal if and only if the rounds would come out the same
   */
  public RoundCheckpoint(Checkpoint checkpoint, String family, String fingerprint) {
    this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
    this.family = requireNonNull(family, "family is null");
    this.fingerprint = requireNonNull(fingerprint, "fingerprint is null");
  }

  /** Result of one round. */
  public record Round(List<ChunkOutcome> steps) {

    public Round {
      steps = List.copyOf(steps);
    }
  }

  /** The rounds that are finished, in order. */
  public List<Round> load() throws IOException {
    List<Round> finished = new ArrayList<>();
    Optional<Round> round = read(rounds);
    while (round.isPresent()) {
      finished.add(round.get());
      rounds++;
      round = read(rounds);
    }
    return finished;
  }

  /** Keeps the next round. */
  public void add(Round round) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(FORMAT);
    SegmentBytes.write(fingerprint, out);
    out.writeInt(round.steps().size());
    for (ChunkOutcome step : round.steps()) {
      write(step, out);
    }
    checkpoint.save(name(rounds), bytes.toByteArray());
    rounds++;
  }

  private String name(int round) {
    return family + "-" + round;
  }

  private Optional<Round> read(int index) throws IOException {
    Optional<byte[]> bytes = checkpoint.load(name(index));
    if (bytes.isEmpty()) {
      return Optional.empty();
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.get()))) {
      if (in.readInt() != FORMAT || !SegmentBytes.text(in).equals(fingerprint)) {
        return Optional.empty();
      }
      int count = in.readInt();
      List<ChunkOutcome> steps = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        steps.add(step(in));
      }
      return Optional.of(new Round(steps));
    } catch (IOException | IllegalArgumentException | NegativeArraySizeException e) {
      LOG.warn("Reading a checkpoint failed; recognition continues without it", e);
      return Optional.empty();
    }
  }

  private static void write(@Nullable Language language, DataOutputStream out) throws IOException {
    out.writeBoolean(language != null);
    if (language != null) {
      out.writeUTF(language.code());
      out.writeDouble(language.probability());
    }
  }

  private static @Nullable Language language(DataInputStream in) throws IOException {
    return in.readBoolean() ? new Language(in.readUTF(), in.readDouble()) : null;
  }

  private static void write(ChunkOutcome step, DataOutputStream out) throws IOException {
    out.writeInt(step.track());
    out.writeLong(step.samples());
    out.writeDouble(step.temperature());
    out.writeBoolean(step.silent());
    out.writeBoolean(step.isSkipped());
    out.writeLong(step.steps());
    write(step.language(), out);
    out.writeInt(step.segments().size());
    for (Segment segment : step.segments()) {
      SegmentBytes.write(segment, out);
    }
    out.writeInt(step.context().size());
    for (int token : step.context()) {
      out.writeInt(token);
    }
  }

  private static ChunkOutcome step(DataInputStream in) throws IOException {
    int track = in.readInt();
    long samples = in.readLong();
    double temperature = in.readDouble();
    boolean silent = in.readBoolean();
    boolean isSkipped = in.readBoolean();
    long steps = in.readLong();
    @Nullable Language language = language(in);
    List<Segment> segments = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      segments.add(SegmentBytes.read(in));
    }
    List<Integer> context = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      context.add(in.readInt());
    }
    return new ChunkOutcome(
        track, samples, segments, context, temperature, silent, language, steps, isSkipped);
  }
}
