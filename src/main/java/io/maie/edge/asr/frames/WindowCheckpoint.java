package io.maie.edge.asr.frames;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.SampleSpan;
import io.maie.edge.progress.Checkpoint;
import io.maie.edge.transcript.Word;
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
 * Keeps the words of finished windows, so that a restart continues behind them. Windows are saved
 * in groups, each once, so that a long recording writes no more than it has words; groups of
 * another model, other settings or other windows are ignored.
 */
final class WindowCheckpoint {
  private static final Logger LOG = LoggerFactory.getLogger(WindowCheckpoint.class);

  /** Fewest windows per group: about a minute of speech, lost at most by a crash. */
  private static final int GROUP = 4;

  private static final int FORMAT = 3;

  private final Checkpoint checkpoint;
  private final String fingerprint;

  /** The windows of the group that is not full yet. */
  private final List<KeptWindow> pending = new ArrayList<>();

  private int groups;

  /**
   * A view on {@code checkpoint}.
   *
   * @param fingerprint equal if and only if the words would come out the same
   */
  WindowCheckpoint(Checkpoint checkpoint, String fingerprint) {
    this.checkpoint = requireNonNull(checkpoint, "checkpoint is null");
    this.fingerprint = requireNonNull(fingerprint, "fingerprint is null");
  }

  /** The windows that are finished, in order. */
  List<KeptWindow> load() throws IOException {
    List<KeptWindow> windows = new ArrayList<>();
    Optional<byte[]> group = checkpoint.load(name(groups));
    while (group.isPresent() && append(group.get(), windows)) {
      groups++;
      group = checkpoint.load(name(groups));
    }
    return windows;
  }

  /**
   * Keeps the next windows, those that were heard at once in one group; without delay if one was
   * left out, which must not be tried again.
   */
  void add(List<KeptWindow> windows) throws IOException {
    pending.addAll(windows);
    if (pending.size() >= GROUP || windows.stream().anyMatch(KeptWindow::isSkipped)) {
      checkpoint.save(name(groups), encode(pending));
      groups++;
      pending.clear();
    }
  }

  private static String name(int group) {
    return "windows-" + group;
  }

  private byte[] encode(List<KeptWindow> windows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(FORMAT);
    out.writeUTF(fingerprint);
    out.writeInt(windows.size());
    for (KeptWindow window : windows) {
      out.writeBoolean(window.isSkipped());
      out.writeUTF(window.tags().language());
      out.writeUTF(window.tags().emotion());
      out.writeUTF(window.tags().event());
      out.writeInt(window.words().size());
      for (Word word : window.words()) {
        out.writeLong(word.span().start());
        out.writeLong(word.span().end());
        out.writeUTF(word.text());
        out.writeDouble(word.probability());
      }
    }
    return bytes.toByteArray();
  }

  /** Adds a group; false, with nothing added, if it cannot be used. */
  private boolean append(byte[] group, List<KeptWindow> windows) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(group))) {
      if (in.readInt() != FORMAT || !in.readUTF().equals(fingerprint)) {
        return false;
      }
      List<KeptWindow> read = new ArrayList<>();
      for (int i = in.readInt(); i > 0; i--) {
        boolean isSkipped = in.readBoolean();
        SpeechTags tags = new SpeechTags(in.readUTF(), in.readUTF(), in.readUTF());
        read.add(new KeptWindow(words(in), tags, isSkipped));
      }
      windows.addAll(read);
      return true;
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("Reading a checkpoint failed; recognition continues without it", e);
      return false;
    }
  }

  private static List<Word> words(DataInputStream in) throws IOException {
    int count = in.readInt();
    List<Word> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SampleSpan span = new SampleSpan(in.readLong(), in.readLong());
      words.add(new Word(span, in.readUTF(), in.readDouble()));
    }
    return words;
  }
}
