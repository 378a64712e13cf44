package io.maie.edge.bench;

import java.nio.file.Path;
import java.util.List;

/**
 * Entry of the benchmarks: each prints the figures it saw, with the ratio to what it is held
 * against.
 */
public final class Bench {
  private static final String USAGE =
      """
      usage: bench/run NAME [options]

        arrival  [--rounds N]     arrival to claim, beside an Apache Camel 4 file route (readLock=none and =changed)
        overhead [--files N] [--seconds N]
                                  what the daemon adds to the pipeline per file, beside its bare disk calls; stops
                                  after so many seconds
        decode   [--minutes N] [--rounds N]
                                  decoding of stereo, beside plain ffmpeg -ac 1 -ar 16000
        constrain [--rounds N] [--model FOLDER]
                                  masks of answers that are constrained by the templates' schemas, time per token; and what a
                                  step of a language model costs with and without them (a small random model by default)
        idle     [--seconds N]    processor time of an idle daemon
        memory   [--minutes A,B]  resident memory: working on A and B minutes of speech, and idle after models.idle_unload
                 [--model FOLDER] [--settings "MAIE_...=... ..."]
                                  the same with a Whisper model and other settings
        moonshine --clips FOLDER [--sherpa FOLDER] [--models FOLDER] [--rounds N] [--threads N]
                 [--whisper-cpp BUILD --python PYTHON]
                                  the Moonshine model on WAV recordings of up to 30 s (16 kHz, mono), beside sherpa-onnx, for
                                  which npm install sherpa-onnx-node was run in FOLDER; and beside whisper.cpp with a random
                                  model of the size of Whisper tiny, as for whisper below
        speakers --recordings FOLDER[,FOLDER...] [--results FOLDER] [--sherpa FOLDER] [--models FOLDER] [--threads N]
                                  telling speakers apart on WAV and FLAC recordings (16 kHz, mono) with NAME.rttm, or one
                                  reference.rttm, beside them: error and processor time of each folder and of all, beside
                                  sherpa-onnx, for which npm install sherpa-onnx-node was run in FOLDER; with the words of
                                  NAME.wav.json in the folder of results, which maie-edge process --diarize -o makes
        transducer --clips FOLDER [--sherpa FOLDER] [--models FOLDER] [--rounds N] [--warm-up N] [--threads N]
                                  random transducers on WAV recordings of up to 30 s (16 kHz, mono), beside sherpa-onnx; models
                                  are made by make_transducer_models.py small|large FOLDER
        startup  [--rounds N]     status and health beside an empty JVM
        text     [--rounds N]     an hour of transcript: clean transcript and summary, time and memory
        whisper  [--whisper-cpp BUILD] [--sizes tiny,base,small] [--python PYTHON] [--models FOLDER]
                 [--rounds N] [--windows N] [--threads N]
                                  the Whisper engine on random models, beside whisper.cpp; models are made by PYTHON
                                  (bench/README.md) and kept in FOLDER
      """;

  private Bench() {}

  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      System.out.print(USAGE);
      System.exit(64);
    }
    Arguments arguments = new Arguments(List.of(args).subList(1, args.length));
    switch (args[0]) {
      case "arrival" -> ArrivalBench.run(arguments.number("--rounds", 30));
      case "overhead" ->
          OverheadBench.run(
              arguments.number("--files", 10_000), arguments.number("--seconds", 3_600));
      case "decode" ->
          DecodeBench.run(arguments.number("--minutes", 60), arguments.number("--rounds", 3));
      case "idle" -> IdleBench.run(arguments.number("--seconds", 60));
      case "memory" ->
          MemoryBench.run(
              arguments.text("--minutes", "10,180"),
              arguments.text("--model", ""),
              arguments.text("--settings", ""));
      case "whisper" -> WhisperBench.run(arguments);
      case "moonshine" -> MoonshineBench.run(arguments);
      case "constrain" ->
          ConstrainBench.run(
              arguments.number("--rounds", 5),
              Path.of(arguments.text("--model", "src/test/resources/text/models/qwen2")));
      case "text" -> TextBench.run(arguments.number("--rounds", 5));
      case "speakers" -> SpeakersBench.run(arguments);
      case "transducer" -> TransducerBench.run(arguments);
      case "startup" -> StartupBench.run(arguments.number("--rounds", 15));
      default -> {
        System.out.print(USAGE);
        System.exit("help".equals(args[0]) ? 0 : 64);
      }
    }
  }

  /** Options of the form {@code --name value}. */
  record Arguments(List<String> words) {
    int number(String name, int otherwise) {
      return Integer.parseInt(text(name, Integer.toString(otherwise)));
    }

    String text(String name, String otherwise) {
      int at = words.indexOf(name);
      return at < 0 || at + 1 >= words.size() ? otherwise : words.get(at + 1);
    }
  }
}
