package io.maie.edge.audio.container;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fragments of MP4 (ISO 14496-12, 8.8) that were stored in another order than they were recorded
 * in, as uploads in pieces leave them. Decoders drop what comes too late. Numbers and times of the
 * fragments must agree on the order; else the file is left alone.
 */
public final class FragmentOrder {
  private static final int BOX_HEADER = 8;
  private static final int LONG_HEADER = 16;
  private static final int MOST_BOXES = 100_000;

  /** Larger descriptions of one fragment are none. */
  private static final int LARGEST_MOOF = 1 << 20;

  private static final int ABSOLUTE_OFFSET = 1;

  private final FileChannel channel;
  private final List<Fragment> fragments = new ArrayList<>();

  private FragmentOrder(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * A fragment and what follows it up to the next.
   *
   * @param number its number in the recording
   * @param track of its first run of samples
   * @param time at which that run begins, in units of the track
   */
  private record Fragment(long start, long end, long number, long track, long time) {

    private Fragment upTo(long other) {
      return new Fragment(start, other, number, track, time);
    }
  }

  /** Returns whether the fragments of a file have to be put into order. */
  public static boolean isWrong(Path file) throws IOException {
    try (FileChannel channel = open(file)) {
      return new FragmentOrder(channel).order().isPresent();
    }
  }

  /** Writes {@code file} as {@code copy}, its fragments in order. */
  public static void restore(Path file, Path copy) throws IOException {
    try (FileChannel channel = open(file);
        OutputStream out = Files.newOutputStream(copy);
        WritableByteChannel target = Channels.newChannel(out)) {
      FragmentOrder fragments = new FragmentOrder(channel);
      List<Fragment> order = fragments.order().orElse(List.of());
      long head = order.isEmpty() ? channel.size() : fragments.fragments.get(0).start();
      fragments.copy(new ByteSpan(0, head), target);
      for (Fragment fragment : order) {
        fragments.copy(new ByteSpan(fragment.start(), fragment.end()), target);
      }
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
  }

  private void copy(ByteSpan bytes, WritableByteChannel to) throws IOException {
    long at = bytes.start();
    while (at < bytes.end()) {
      long moved = channel.transferTo(at, bytes.end() - at, to);
      if (moved <= 0) {
        throw new IOException("expected " + bytes.end() + " bytes, found " + at);
      }
      at += moved;
    }
  }

  /** The right order; empty if the fragments have it, or it is not certain. */
  private Optional<List<Fragment>> order() throws IOException {
    if (!readBoxes() || fragments.size() < 2) {
      return Optional.empty();
    }
    List<Fragment> sorted =
        fragments.stream().sorted(Comparator.comparingLong(Fragment::number)).toList();
    Set<Long> numbers = new HashSet<>();
    boolean areDistinct = fragments.stream().allMatch(each -> numbers.add(each.number()));
    return areDistinct && runsForward(sorted) && !runsForward(fragments)
        ? Optional.of(sorted)
        : Optional.empty();
  }

  private static boolean runsForward(List<Fragment> fragments) {
    Map<Long, Long> times = new HashMap<>();
    return fragments.stream()
        .allMatch(
            each -> {
              @Nullable Long before = times.put(each.track(), each.time());
              return before == null || before < each.time();
            });
  }

  /** Reads the boxes; false if they are not those of one recording in fragments. */
  private boolean readBoxes() throws IOException {
    long at = 0;
    for (int count = 0; count < MOST_BOXES && at < channel.size(); count++) {
      ByteBlock header = read(at, LONG_HEADER);
      if (!header.holds(0, BOX_HEADER) || (at == 0 && !header.hasText(4, "ftyp"))) {
        return false;
      }
      String name = header.text(4, 4);
      boolean isLong = header.u32(0) == 1 && header.holds(0, LONG_HEADER);
      long bytes = isLong ? header.i64(8) : header.u32(0);
      boolean isSecond = !fragments.isEmpty() && (name.equals("moov") || name.equals("ftyp"));
      if (bytes < BOX_HEADER || bytes > channel.size() - at || isSecond) {
        return false;
      }
      if (name.equals("moof")) {
        @Nullable Fragment fragment = fragment(at, bytes);
        if (fragment == null) {
          return false;
        }
        endLast(at);
        fragments.add(fragment);
      }
      at += bytes;
    }
    endLast(at);
    return at == channel.size();
  }

  private void endLast(long end) {
    if (!fragments.isEmpty()) {
      int last = fragments.size() - 1;
      fragments.set(last, fragments.get(last).upTo(end));
    }
  }

  /** The fragment that begins at {@code start}; null if it cannot be moved. */
  private @Nullable Fragment fragment(long start, long bytes) throws IOException {
    if (bytes > LARGEST_MOOF) {
      return null;
    }
    ByteBlock moof = read(start, (int) bytes);
    String text = moof.text(0, moof.length());
    int number = text.indexOf("mfhd");
    int head = text.indexOf("tfhd");
    int time = text.indexOf("tfdt");
    boolean isKnown =
        number > 0
            && head > 0
            && time > 0
            && moof.holds(number, 12)
            && moof.holds(head, 12)
            && moof.holds(time, 16)
            && (moof.u8(head + 7) & ABSOLUTE_OFFSET) == 0;
    if (!isKnown) {
      return null;
    }
    long begin = moof.u8(time + 4) == 1 ? moof.i64(time + 8) : moof.u32(time + 8);
    return new Fragment(start, start + bytes, moof.u32(number + 8), moof.u32(head + 8), begin);
  }

  private ByteBlock read(long position, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) Math.min(count, channel.size() - position));
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      // until full, or until the file turns out to have been cut
    }
    byte[] bytes = new byte[buffer.flip().remaining()];
    buffer.get(bytes);
    return new ByteBlock(bytes);
  }
}
