package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.FfmpegDecoder;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.Voices;
import io.maie.edge.config.Settings;
import io.maie.edge.diarization.Diarization;
import io.maie.edge.diarization.Diarizer;
import io.maie.edge.diarization.SpeakerCount;
import io.maie.edge.diarization.VoiceMatch;
import io.maie.edge.diarization.VoiceStore;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Operations on the voices of known persons. */
final class VoiceCommands implements Voices {
  private final Settings settings;
  private final BuildFacts build;
  private final VoiceStore store;

  VoiceCommands(Settings settings, BuildFacts build) {
    this.settings = requireNonNull(settings, "settings is null");
    this.build = requireNonNull(build, "build is null");
    this.store = store(settings);
  }

  /** The stored voices of an installation. */
  static VoiceStore store(Settings settings) {
    return new VoiceStore(folder(settings));
  }

  /** The folder of that store. */
  static Path folder(Settings settings) {
    return settings.folders().state().resolve("voices");
  }

  @Override
  public void enroll(String name, List<Path> files) throws CommandException, IOException {
    Voiceprint voice =
        listening(
            files,
            (diarizer, samples) -> diarizer.voiceprint(name, samples, StageContext.disabled()));
    store.put(voice);
  }

  @Override
  public Map<String, Standing> list() throws CommandException, IOException {
    Map<String, Standing> names = new LinkedHashMap<>();
    List<Voiceprint> voices = store.list();
    if (!voices.isEmpty()) {
      String model = listening(List.of(), (diarizer, samples) -> modelHash(diarizer));
      for (Voiceprint voice : voices) {
        boolean isComparable = voice.modelHash().equals(model);
        names.put(voice.name(), isComparable ? Standing.STORED : Standing.OF_ANOTHER_MODEL);
      }
    }
    if (settings.voicesFolder().isPresent()) {
      SampledVoices.names(settings.voicesFolder().get())
          .forEach(
              (name, isUsable) ->
                  names.putIfAbsent(name, isUsable ? Standing.SAMPLED : Standing.UNUSABLE));
    }
    return names;
  }

  @Override
  public boolean forget(String name) throws IOException {
    return store.forget(name);
  }

  @Override
  public Map<String, String> who(Path file) throws CommandException, IOException {
    List<Voiceprint> known = new ArrayList<>(store.list());
    return listening(
        List.of(file),
        (diarizer, samples) -> {
          known.addAll(sampled(diarizer));
          Diarization found =
              diarizer.diarize(
                  samples.get(0),
                  SpeechRegion.whole(samples.get(0)),
                  SpeakerCount.ANY,
                  StageContext.disabled());
          Map<String, String> names = VoiceMatch.names(found, known, modelHash(diarizer));
          Map<String, String> speakers = new LinkedHashMap<>();
          found.voices().forEach(voice -> speakers.put(voice.id(), ""));
          speakers.putAll(names);
          return speakers;
        });
  }

  private List<Voiceprint> sampled(Diarizer diarizer) throws IOException {
    if (settings.voicesFolder().isEmpty()) {
      return List.of();
    }
    FfmpegDecoder decoder = new FfmpegDecoder(settings.decode(), SystemTime.clock().ticker());
    Path folder = settings.voicesFolder().get();
    return new SampledVoices(
            new SampledVoices.Parts(folder, decoder, () -> diarizer), SystemTime.clock().wall())
        .list();
  }

  private static String modelHash(Diarizer diarizer) {
    return diarizer.models().get(1).checkpointHash();
  }

  /** Something done with decoded recordings. */
  @FunctionalInterface
  private interface Listening<T> {
    T listen(Diarizer diarizer, List<SampleSource> samples)
        throws ProcessingException, TaskStoppedException, IOException;
  }

  private <T> T listening(List<Path> files, Listening<T> work)
      throws CommandException, IOException {
    List<PcmFile> open = new ArrayList<>();
    List<SampleSource> samples = new ArrayList<>();
    try (EngineFactory engines = EngineFactory.open(settings, build, SystemTime.clock().ticker());
        ScratchFolder scratch =
            ScratchFolder.create(Path.of(System.getProperty("java.io.tmpdir")), "maie-voices-")) {
      FfmpegDecoder decoder = new FfmpegDecoder(settings.decode(), SystemTime.clock().ticker());
      try {
        for (Path file : files) {
          Path pcm = scratch.path().resolve(open.size() + ".pcm");
          DecodedAudio audio =
              decoder.decode(file, pcm, SoundSelection.MIXED, StageContext.disabled());
          PcmFile decoded = PcmFile.open(audio.pcm());
          open.add(decoded);
          samples.add(decoded.before(audio.heard().level().curve()));
        }
        return work.listen(engines.diarizer(), List.copyOf(samples));
      } finally {
        for (PcmFile pcm : open) {
          pcm.close();
        }
      }
    } catch (ProcessingException e) {
      throw new CommandException(
          ExitCode.FAILED,
          e.code() + ": " + e.getMessage(),
          e.hint().orElseGet(() -> e.code().advice()),
          e);
    } catch (TaskStoppedException e) {
      throw new CommandException(ExitCode.TRY_AGAIN, String.valueOf(e.getMessage()), null);
    }
  }
}
