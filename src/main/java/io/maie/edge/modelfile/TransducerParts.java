package io.maie.edge.modelfile;

import io.maie.edge.failure.FailureCode;
import io.maie.edge.failure.ProcessingException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of a transducer that are used: encoder, predictor and joiner, the last two in one graph
 * or in two.
 *
 * @param predictor called decoder by publishers; with the joiner in it if {@code joiner} is empty
 * @param tokens the token table
 * @param precision of the encoder, which most of the time is spent in
 * @param ctc an encoder with a CTC head that was trained together with the transducer
 * @param external files beside the graphs that hold their weights
 */
record TransducerParts(
    String encoder,
    String predictor,
    Optional<String> joiner,
    String tokens,
    Precision precision,
    Optional<String> ctc,
    List<String> external) {
  private static final String TOKENS = "tokens.txt";
  private static final String VOCABULARY = "vocab.txt";
  private static final List<Precision> FLOATS_FIRST =
      List.of(Precision.FP32, Precision.INT8, Precision.FP16);
  private static final Pattern GRAPH =
      Pattern.compile("(encoder|decoder_joint|decoder|joiner)([^/]*?)(\\.int8|\\.fp16)?\\.onnx");
  private static final String CTC = "model";

  /** The CTC graph, and its weights. */
  private static final Pattern HYBRID = Pattern.compile(CTC + "(\\.int8|\\.fp16)?\\.onnx.*");

  private static final Pattern WEIGHTS = Pattern.compile("[^/]*(\\.data|_data|\\.weights)");

  TransducerParts {
    external = List.copyOf(external);
  }

  /**
   * The parts among {@code files}; empty if those are not of a transducer.
   *
   * @param order of precisions, from best to worst
   * @throws ProcessingException {@code MODEL_LOAD_ERROR} that names what is missing
   */
  static Optional<TransducerParts> among(FileListing files, List<Precision> order)
      throws ProcessingException {
    Map<String, List<Found>> graphs = graphs(files.names());
    boolean isJoined = graphs.containsKey("decoder_joint");
    boolean isSplit = graphs.containsKey("joiner") && graphs.size() > 1;
    boolean lacksJoiner = graphs.keySet().equals(Set.of("encoder", "decoder")) && files.has(TOKENS);
    boolean lacksDecoder =
        graphs.keySet().equals(Set.of("encoder")) && files.has("encoder-model.onnx");
    if (!isJoined && !isSplit && !lacksJoiner && !lacksDecoder) {
      return Optional.empty();
    }
    Selection selection = new Selection(files, graphs, order);
    return Optional.of(isJoined || lacksDecoder ? selection.joined() : selection.split());
  }

  /** A graph that is there, {@code encoder-epoch-9.int8.onnx} for example. */
  private record Found(String name, String infix, Precision precision) {}

  private static Map<String, List<Found>> graphs(Set<String> names) {
    Map<String, List<Found>> graphs = new TreeMap<>();
    for (String name : names) {
      Matcher graph = GRAPH.matcher(name);
      if (graph.matches()) {
        String suffix = graph.group(3);
        Precision precision =
            suffix == null
                ? Precision.FP32
                : suffix.equals(".int8") ? Precision.INT8 : Precision.FP16;
        graphs
            .computeIfAbsent(graph.group(1), part -> new ArrayList<>())
            .add(new Found(name, graph.group(2), precision));
      }
    }
    return graphs;
  }

  /** The selection among the graphs of one listing. */
  private record Selection(
      FileListing files, Map<String, List<Found>> graphs, List<Precision> order) {
    TransducerParts joined() throws ProcessingException {
      Found encoder = best("encoder", "-model", order);
      Found decoder = best("decoder_joint", "-model", order);
      return new TransducerParts(
          encoder.name,
          decoder.name,
          Optional.empty(),
          require(VOCABULARY),
          encoder.precision,
          ctc(),
          weights(files.names(), used(List.of(encoder.name, decoder.name), ctc())));
    }

    TransducerParts split() throws ProcessingException {
      String infix = infix(graphs);
      Found encoder = best("encoder", infix, order);
      // a predictor is small and looked up in, not multiplied with: 8 bits would save nothing
      Found predictor = best("decoder", infix, FLOATS_FIRST);
      Found joiner = best("joiner", infix, order);
      return new TransducerParts(
          encoder.name,
          predictor.name,
          Optional.of(joiner.name),
          require(TOKENS),
          encoder.precision,
          ctc(),
          weights(files.names(), used(List.of(encoder.name, predictor.name, joiner.name), ctc())));
    }

    /** The graph that onnx-asr and icefall call {@code model}, in the best precision. */
    private Optional<String> ctc() {
      return order.stream()
          .map(
              precision ->
                  precision == Precision.FP32
                      ? CTC + ".onnx"
                      : CTC + "." + precision.label() + ".onnx")
          .filter(files::has)
          .findFirst();
    }

    private Found best(String part, String infix, List<Precision> precisions)
        throws ProcessingException {
      List<Found> all =
          graphs.getOrDefault(part, List.of()).stream()
              .filter(each -> each.infix.equals(infix))
              .toList();
      for (Precision precision : precisions) {
        for (Found found : all) {
          if (found.precision == precision) {
            return found;
          }
        }
      }
      throw missing(part + infix + ".onnx", files.where());
    }

    private String require(String expected) throws ProcessingException {
      if (!files.has(expected)) {
        throw missing(expected, files.where());
      }
      return expected;
    }
  }

  private static List<String> used(List<String> graphs, Optional<String> ctc) {
    List<String> used = new ArrayList<>(graphs);
    ctc.ifPresent(used::add);
    return used;
  }

  /** Infix of the last complete checkpoint by name. */
  private static String infix(Map<String, List<Found>> graphs) {
    TreeSet<String> all = new TreeSet<>();
    graphs.values().forEach(found -> found.forEach(each -> all.add(each.infix)));
    return all.stream()
        .max(
            Comparator.comparing((String infix) -> parts(graphs, infix))
                .thenComparing(Comparator.naturalOrder()))
        .orElse("");
  }

  private static long parts(Map<String, List<Found>> graphs, String infix) {
    return graphs.values().stream()
        .filter(found -> found.stream().anyMatch(each -> each.infix.equals(infix)))
        .count();
  }

  /** External weights of all graphs; those of an unused graph are left out by their name. */
  private static List<String> weights(Set<String> names, List<String> graphs) {
    List<String> others =
        names.stream()
            .filter(TransducerParts::isGraph)
            .filter(name -> !graphs.contains(name))
            .toList();
    return names.stream()
        .filter(name -> WEIGHTS.matcher(name).matches())
        .filter(name -> others.stream().noneMatch(name::startsWith))
        .sorted()
        .toList();
  }

  private static boolean isGraph(String name) {
    return GRAPH.matcher(name).matches()
        || (name.endsWith(".onnx") && HYBRID.matcher(name).matches());
  }

  private static ProcessingException missing(String name, String where) {
    return new ProcessingException(
        FailureCode.MODEL_LOAD_ERROR,
        "Expected '%s' in %s, found none".formatted(name, where),
        "Copy it from where the model is published");
  }

  /**
   * The names without those of a CTC graph: it holds an encoder of its own, as large as the rest.
   */
  static Set<String> withoutHybrid(Set<String> names) {
    return names.stream()
        .filter(name -> !HYBRID.matcher(name).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Every file that is read. */
  List<String> files() {
    List<String> files = new ArrayList<>(List.of(encoder, predictor, tokens));
    joiner.ifPresent(files::add);
    ctc.ifPresent(files::add);
    files.addAll(external);
    return files;
  }
}
