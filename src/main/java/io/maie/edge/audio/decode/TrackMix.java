package io.maie.edge.audio.decode;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.TrackUse;
import io.maie.edge.failure.ProcessingException;
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
  /** Note on a track that was not even decoded. */
  static final String NOT_LISTENED_TO = "not listened to";

  private TrackMix() {}

  /**
   * Returns whether the tracks are translations of one programme, of which one is to be heard: each
   * has a language of its own.
   */
  static boolean areTranslations(List<AudioStream> streams) {
    List<String> languages =
        streams.stream().map(AudioStream::language).filter(code -> !code.isEmpty()).toList();
    return languages.size() == streams.size()
        && languages.stream().distinct().count() == streams.size();
  }

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
        joined.addBlock(block, longest);
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

  /** The weights of the tracks; the first one is the preferred one. */
  static List<ChannelUse> weigh(SoundMeter meter) {
    boolean anyVaries = meter.channels().stream().anyMatch(ChannelMix::varies);
    return anyVaries ? ChannelMix.of(meter) : ChannelMix.only(meter, 0);
  }

  /** Uses of the tracks, in the order of the file. */
  static List<TrackUse> uses(
      List<AudioStream> decoded, List<ChannelUse> uses, List<AudioStream> all) {
    List<TrackUse> tracks = new ArrayList<>();
    for (AudioStream stream : all) {
      int at = decoded.indexOf(stream);
      String reason = at < 0 ? NOT_LISTENED_TO : uses.get(at).role().words();
      boolean isHeard = at >= 0 && uses.get(at).isHeard();
      tracks.add(
          new TrackUse(tracks.size() + 1, stream.title(), stream.language(), isHeard, reason));
    }
    return tracks;
  }
}
