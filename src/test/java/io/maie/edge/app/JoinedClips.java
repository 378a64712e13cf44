package io.maie.edge.app;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.evaluation.ReferenceClip;
import io.maie.edge.evaluation.ReferenceManifest;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import io.maie.edge.testing.WaveBytes;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Recordings of people in several languages, joined: with pauses, noise between and beneath them,
 * and sentences that are said twice. The same number gives the same recording.
 *
 * @param said the words of each clip, in order
 * @param languages of the clips, in order
 */
record JoinedClips(int number, Path file, List<String> said, List<String> languages) {
  private static final int RATE = Waveform.SAMPLE_RATE;

  /** Languages whose words are set apart by blanks. */
  private static final Set<String> LANGUAGES = Set.of("en", "es", "fr", "it", "pt");

  /** Clips of people near the microphone, of at most a few sentences. */
  private static final String CLIPS = "(en-(read|acc|noisy|cmd)|es-read|fr-read|it-read|pt-read).*";

  /** One of so many clips is in English. */
  private static final int ENGLISH_OF = 2;

  private static final int LEAST_CLIPS = 2;
  private static final int MORE_CLIPS = 3;

  JoinedClips {
    said = List.copyOf(said);
    languages = List.copyOf(languages);
  }

  /** Writes the recording of a number into {@code folder}. */
  static JoinedClips write(int number, Path folder) throws Exception {
    Path speech = SharedMaterial.require("speech");
    Random random = new Random(number);
    List<ReferenceClip> chosen = choose(ReferenceManifest.read(speech), random);
    List<float[]> parts = new ArrayList<>();
    parts.add(pause(random));
    for (ReferenceClip clip : chosen) {
      SampleSource sound =
          RecordedSamples.of(speech.resolve(clip.file()), folder.resolve("clip.pcm"));
      parts.add(sound.read(new SampleSpan(0, sound.length())).samples());
      parts.add(pause(random));
    }
    double floor = random.nextInt(3) == 0 ? 0.003 : 0;
    Path file = folder.resolve("joined-" + number + ".wav");
    Files.write(file, wave(parts, floor, random));
    return new JoinedClips(
        number,
        file,
        chosen.stream().map(ReferenceClip::reference).toList(),
        chosen.stream().map(ReferenceClip::language).toList());
  }

  private static List<ReferenceClip> choose(List<ReferenceClip> all, Random random) {
    List<ReferenceClip> known =
        all.stream()
            .filter(clip -> clip.isScored() && LANGUAGES.contains(clip.language()))
            .filter(clip -> clip.file().matches(CLIPS))
            .toList();
    List<ReferenceClip> english = known.stream().filter(JoinedClips::isEnglish).toList();
    List<ReferenceClip> others = known.stream().filter(clip -> !isEnglish(clip)).toList();
    List<ReferenceClip> chosen = new ArrayList<>();
    int count = LEAST_CLIPS + random.nextInt(MORE_CLIPS);
    while (chosen.size() < count) {
      List<ReferenceClip> from = random.nextInt(ENGLISH_OF) == 0 ? english : others;
      ReferenceClip clip = from.get(random.nextInt(from.size()));
      chosen.add(clip);
      if (random.nextInt(5) == 0) {
        chosen.add(clip);
      }
    }
    return chosen;
  }

  private static boolean isEnglish(ReferenceClip clip) {
    return clip.language().equals("en");
  }

  /** Nothing, silence, noise, a hum, or a click and silence. */
  private static float[] pause(Random random) {
    int kind = random.nextInt(5);
    double seconds = kind == 0 ? 0 : 0.2 + random.nextInt(4) * random.nextDouble();
    float[] samples = new float[(int) (seconds * RATE)];
    for (int i = 0; i < samples.length; i++) {
      samples[i] =
          switch (kind) {
            case 2 -> (float) (0.01 * random.nextGaussian());
            case 3 -> (float) (0.05 * Math.sin(2 * Math.PI * 50 * i / RATE));
            case 4 -> i == samples.length / 2 ? 0.5f : 0;
            default -> 0;
          };
    }
    return samples;
  }

  private static byte[] wave(List<float[]> parts, double floor, Random random) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int filled = 0;
    for (float[] part : parts) {
      for (float sample : part) {
        all[filled++] = (float) (sample + floor * random.nextGaussian());
      }
    }
    return WaveBytes.of(all);
  }
}
