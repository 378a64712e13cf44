package io.maie.edge.pipeline;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.decode.DecodedAudio;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The samples of a decoded recording, open; closing deletes those of separate channels. */
final class DecodedSounds implements AutoCloseable {
  private final DecodedAudio audio;
  private final List<PcmFile> files = new ArrayList<>();

  private DecodedSounds(DecodedAudio audio) {
    this.audio = audio;
  }

  static DecodedSounds open(DecodedAudio audio) throws IOException {
    DecodedSounds sounds = new DecodedSounds(audio);
    boolean done = false;
    try {
      sounds.files.add(PcmFile.open(audio.pcm()));
      for (Path file : audio.separatePcms()) {
        sounds.files.add(PcmFile.open(file));
      }
      done = true;
      return sounds;
    } finally {
      if (!done) {
        sounds.close();
      }
    }
  }

  /**
   * Sound as loud as it was recorded.
   *
   * @param levels of the channels, on the clock of the samples
   */
  record Recorded(SampleSource samples, ChannelLevels levels) {}

  /** All heard sound in one, at its recorded level: a raised noise floor misleads. */
  Recorded asRecorded() {
    return new Recorded(files.get(0).before(audio.heard().level().curve()), audio.levels());
  }

  /** Sounds to recognise: the whole as one, or channel by channel. */
  List<SpeechRecognition.Sound> toRecognize() {
    HeardSound heard = audio.heard();
    List<SpeechRecognition.Sound> sounds = new ArrayList<>();
    for (int i = 0; i < heard.separate().size(); i++) {
      sounds.add(
          new SpeechRecognition.Sound(
              heard.separate().get(i).number(), files.get(i + 1), heard.separate().get(i).level()));
    }
    return sounds.isEmpty()
        ? List.of(new SpeechRecognition.Sound(null, files.get(0), heard.level()))
        : List.copyOf(sounds);
  }

  @Override
  public void close() throws IOException {
    for (PcmFile file : files) {
      file.close();
    }
    for (Path file : audio.separatePcms()) {
      Files.deleteIfExists(file);
    }
  }
}
