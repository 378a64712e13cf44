package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.request.ChannelChoice;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decides which audio tracks of a file are heard, as {@link ChannelMix} does for channels, each
 * track taken as one channel: tracks that carry different speech are mixed; if no track varies as
 * speech does, the one that the file prefers is heard alone.
 */
final class TrackMix {
  private TrackMix() {}

  /** Puts mono tracks side by side as channels of one sound; shorter ones end in silence. */
  static TrackRecording join(List<Mixer.MeteredSound> tracks, TrackRecording joined)
      throws IOException, ProcessingException {
    List<SoundFile.Reader> readers = new ArrayList<>();
    try {
      for (Mixer.MeteredSound track : tracks) {
        readers.add(track.sound().read());
      }
      float[][] block = new float[tracks.size()][SoundFile.BLOCK_SAMPLES];
      int longest = next(readers, block);
      while (longest > 0) {
        joined.append(block, longest);
        longest = next(readers, block);
      }
      joined.finish();
      return joined;
    } finally {
      for (SoundFile.Reader reader : readers) {
        reader.close();
      }
    }
  }

  private static int next(List<SoundFile.Reader> readers, float[][] block) throws IOException {
    int longest = 0;
    for (int i = 0; i < readers.size(); i++) {
      int count = readers.get(i).next();
      System.arraycopy(readers.get(i).block()[0], 0, block[i], 0, count);
      Arrays.fill(block[i], count, block[i].length, 0f);
      longest = Math.max(longest, count);
    }
    return longest;
  }

  /** Uses of the tracks; the first one is the preferred one. */
  static ChannelPlan plan(TrackRecording joined, ChannelChoice choice) throws IOException {
    boolean anyVaries = joined.meter().channels().stream().anyMatch(ChannelMix::varies);
    boolean isChannel = choice.number().isPresent();
    return anyVaries
        ? ChannelPlan.of(joined, isChannel ? ChannelChoice.AUTO : choice)
        : ChannelPlan.mixed(ChannelMix.only(joined.meter(), 0));
  }
}
