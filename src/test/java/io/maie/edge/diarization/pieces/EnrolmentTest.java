package io.maie.edge.diarization.pieces;

import static org.assertj.core.api.Assertions.assertThat;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SampleSpan;
import io.maie.edge.audio.Waveform;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.VoiceMatch;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.testing.RecordedSamples;
import io.maie.edge.testing.SharedMaterial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everybody of whom there is enough speech is stored by 10 s and looked for in other 10 s, in every
 * way to choose the two; all others are strangers.
 */
final class EnrolmentTest {
  private static final int TEN_SECONDS = 10 * 16_000;

  /** Not one person each. */
  private static final Set<String> NOBODY =
      Set.of("noise", "gcp-commercial", "pv-leopard-diar", "pv-falcon");

  @TempDir Path folder;

  /** Ten seconds of somebody, as a stored voice, unless it is refused, and as a recording. */
  private record Stretch(String speaker, Optional<Voiceprint> stored, Diarization heard) {}

  @Test
  void nobodyGetsTheNameOfAnotherAndHardlyAnybodyIsMissed() throws Exception {
    List<Stretch> stretches = stretches();
    int missed = 0;
    int found = 0;
    List<String> wrong = new ArrayList<>();
    for (Stretch stored : stretches) {
      for (Stretch heard : stretches) {
        boolean isNamed = stored.stored().filter(voice -> isNamed(heard, voice)).isPresent();
        boolean isSame = stored.speaker().equals(heard.speaker());
        if (isNamed && !isSame) {
          wrong.add(stored.speaker() + " found in " + heard.speaker());
        } else if (isSame && !stored.equals(heard)) {
          found += isNamed ? 1 : 0;
          missed += isNamed ? 0 : 1;
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(found).isGreaterThan(100);
    assertThat((double) missed / (found + missed)).isLessThanOrEqualTo(0.02);
  }

  private static boolean isNamed(Stretch heard, Voiceprint voice) {
    return !VoiceMatch.names(heard.heard(), List.of(voice), voice.modelHash()).isEmpty();
  }

  private static Optional<Voiceprint> voice(PieceDiarizer diarizer, String name, SampleSource part)
      throws Exception {
    try {
      return Optional.of(diarizer.voiceprint(name, List.of(part), StageContext.disabled()));
    } catch (ProcessingException e) {
      return Optional.empty();
    }
  }

  private List<Stretch> stretches() throws Exception {
    List<Stretch> stretches = new ArrayList<>();
    try (ShippedDiarizer shipped = new ShippedDiarizer(2)) {
      PieceDiarizer diarizer = shipped.diarizer();
      for (Map.Entry<String, float[]> speaker : speech().entrySet()) {
        float[] all = speaker.getValue();
        boolean isEnough = all.length >= 2 * TEN_SECONDS;
        for (int at = 0; isEnough && at + TEN_SECONDS <= all.length; at += TEN_SECONDS) {
          SampleSource part =
              SampleSource.of(Waveform.of(Arrays.copyOfRange(all, at, at + TEN_SECONDS)));
          stretches.add(
              new Stretch(
                  speaker.getKey(),
                  voice(diarizer, speaker.getKey(), part),
                  shipped.diarize(part)));
        }
      }
    }
    return stretches;
  }

  /** All recordings of each speaker, one behind the other. */
  private Map<String, float[]> speech() throws Exception {
    List<String> lines = Files.readAllLines(SharedMaterial.require("speech", "manifest.tsv"));
    List<String> keys = List.of(lines.get(0).split("\t", -1));
    Map<String, float[]> speech = new TreeMap<>();
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.split("\t", -1);
      String speaker = fields[keys.indexOf("speaker")].replaceFirst(" .*", "");
      if (fields[keys.indexOf("derived_from")].isEmpty() && !NOBODY.contains(speaker)) {
        SampleSource audio =
            RecordedSamples.of(
                SharedMaterial.require("speech", fields[keys.indexOf("file")]),
                folder.resolve("audio.pcm"));
        float[] own = audio.read(new SampleSpan(0, audio.length())).samples();
        float[] before = speech.getOrDefault(speaker, new float[0]);
        float[] joined = Arrays.copyOf(before, before.length + own.length);
        System.arraycopy(own, 0, joined, before.length, own.length);
        speech.put(speaker, joined);
      }
    }
    return speech;
  }
}
