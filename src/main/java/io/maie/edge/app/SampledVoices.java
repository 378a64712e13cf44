package io.maie.edge.app;

import static java.util.Objects.requireNonNull;
import static java.util.stream.Collectors.joining;

import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.decode.AudioDecoder;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.diarization.KnownVoices;
import io.maie.edge.diarization.Voiceprint;
import io.maie.edge.durable.DurableFiles;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.pipeline.DiarizerChoice;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.commons.io.file.PathUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The voices of a folder into which people drop samples: {@code Anna.wav}, or {@code Anna-1.wav}
 * and {@code Anna-2.m4a}. A voice is heard when it is first needed, kept in memory until its
 * samples change, and forgotten with them. The reason why a sample is not used stands beside it, in
 * {@code Anna.error.txt}.
 */
final class SampledVoices implements KnownVoices {
  private static final Logger LOG = LoggerFactory.getLogger(SampledVoices.class);
  private static final String ERROR_SUFFIX = ".error.txt";

  /** A sample that changed within this time may still be arriving. */
  private static final Duration ARRIVING = Duration.ofSeconds(5);

  private final Path folder;
  private final AudioDecoder decoder;
  private final DiarizerChoice diarizers;
  private final InstantSource clock;

  /** By name; used by the thread of the pipeline. */
  private final Map<String, Heard> heard = new HashMap<>();

  /**
   * Samples and voiceprint of one person.
   *
   * @param samples names, sizes and times of the files
   * @param voice empty if they could not be used
   */
  private record Heard(String samples, Optional<Voiceprint> voice) {}

  /** The folder of samples and the engines that hear them. */
  record Parts(Path folder, AudioDecoder decoder, DiarizerChoice diarizers) {}

  SampledVoices(Parts parts, InstantSource clock) {
    this.folder = requireNonNull(parts.folder(), "folder is null");
    this.decoder = requireNonNull(parts.decoder(), "decoder is null");
    this.diarizers = requireNonNull(parts.diarizers(), "diarizers is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  @Override
  public List<Voiceprint> list() throws IOException {
    Map<String, List<Path>> samples = samples(folder);
    heard.keySet().retainAll(samples.keySet());
    List<Voiceprint> voices = new ArrayList<>();
    for (Map.Entry<String, List<Path>> person : samples.entrySet()) {
      voice(person.getKey(), person.getValue()).ifPresent(voices::add);
    }
    return voices;
  }

  /** The persons of whom there are samples, and whether nothing speaks against these. */
  static Map<String, Boolean> names(Path folder) throws IOException {
    Map<String, Boolean> names = new TreeMap<>();
    for (String name : samples(folder).keySet()) {
      names.put(name, Files.notExists(folder.resolve(name + ERROR_SUFFIX)));
    }
    return names;
  }

  /** The files of each person, by name. */
  private static Map<String, List<Path>> samples(Path folder) throws IOException {
    Map<String, List<Path>> samples = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return samples;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        String name = String.valueOf(entry.getFileName());
        if (Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
            && !name.startsWith(".")
            && !name.endsWith(ERROR_SUFFIX)) {
          samples.computeIfAbsent(person(name), key -> new ArrayList<>()).add(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    samples.values().forEach(files -> files.sort(null));
    return samples;
  }

  /** {@code Anna} of {@code Anna.wav} and of {@code Anna-2.wav}. */
  private static String person(String fileName) {
    return fileName.replaceFirst("\\.[^.]+$", "").replaceFirst("-\\d+$", "");
  }

  private Optional<Voiceprint> voice(String name, List<Path> files) throws IOException {
    StringBuilder state = new StringBuilder();
    Instant newest = Instant.EPOCH;
    for (Path file : files) {
      Instant changed = Files.getLastModifiedTime(file).toInstant();
      newest = changed.isAfter(newest) ? changed : newest;
      state.append(file.getFileName()).append(' ').append(Files.size(file)).append(' ');
      state.append(changed).append('\n');
    }
    Heard before = heard.get(name);
    if (before != null && before.samples().contentEquals(state)) {
      return before.voice();
    }
    Duration age = Duration.between(newest, clock.instant());
    if (!age.isNegative() && age.compareTo(ARRIVING) < 0) {
      return Optional.empty();
    }
    Optional<Voiceprint> voice = hear(name, files);
    heard.put(name, new Heard(state.toString(), voice));
    return voice;
  }

  private Optional<Voiceprint> hear(String name, List<Path> files) throws IOException {
    Path explanation = folder.resolve(name + ERROR_SUFFIX);
    try {
      Voiceprint voice = voiceprint(name, files);
      Files.deleteIfExists(explanation);
      return Optional.of(voice);
    } catch (ProcessingException e) {
      // the name of a person belongs in no log
      LOG.warn("A sample of a voice cannot be used; code={}; see '{}'", e.code(), folder);
      explain(explanation, files, e);
      return Optional.empty();
    } catch (TaskStoppedException e) {
      throw new IOException("hearing a sample was stopped", e);
    }
  }

  /** If the folder may not be written, the explanation is lost, not the recording. */
  private static void explain(Path explanation, List<Path> files, ProcessingException reason) {
    String text =
        "This voice is not used: "
            + reason.getMessage()
            + "\n"
            + reason.hint().orElseGet(() -> reason.code().advice())
            + "\nSamples: "
            + files.stream().map(file -> String.valueOf(file.getFileName())).collect(joining(", "))
            + "\n";
    try {
      DurableFiles.writeAtomically(explanation, text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      LOG.warn("Explaining it beside the sample failed: {}", e.toString());
    }
  }

  private Voiceprint voiceprint(String name, List<Path> files)
      throws ProcessingException, TaskStoppedException, IOException {
    StageContext context = StageContext.disabled();
    Path scratch = Files.createTempDirectory("maie-voices-");
    List<PcmFile> open = new ArrayList<>();
    try {
      List<SampleSource> samples = new ArrayList<>();
      for (Path file : files) {
        DecodedAudio audio =
            decoder.decode(
                file, scratch.resolve(open.size() + ".pcm"), SoundSelection.MIXED, context);
        PcmFile sound = PcmFile.open(audio.pcm());
        open.add(sound);
        samples.add(sound.before(audio.heard().level().curve()));
      }
      return diarizers.choose().voiceprint(name, samples, context);
    } finally {
      for (PcmFile sound : open) {
        sound.close();
      }
      PathUtils.deleteDirectory(scratch);
    }
  }
}
