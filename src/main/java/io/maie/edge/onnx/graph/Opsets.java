package io.maie.edge.onnx.graph;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The sets of operators in which a model is written. The numbers of fields are those of onnx.proto.
 */
final class Opsets {
  /** The field of a model that names one. */
  static final int FIELD = 8;

  private static final int DOMAIN = 1;
  private static final int VERSION = 2;

  private Opsets() {}

  /**
   * Versions of operators, by the domain that defines them; ONNX's own is the empty one.
   *
   * @param model the fields of the model
   */
  static Map<String, Long> read(WireFile file, List<WireField> model) throws IOException {
    Map<String, Long> opsets = new HashMap<>();
    for (WireField field : model) {
      if (field.number() == FIELD) {
        String domain = "";
        long version = 0;
        for (WireField part : file.fields(field)) {
          domain = part.number() == DOMAIN ? file.text(part) : domain;
          version = part.number() == VERSION ? part.value() : version;
        }
        opsets.put(domain, version);
      }
    }
    return opsets;
  }

  /** The entry of a model that uses operators of ONNX Runtime's own. */
  static WireMessage contributed() {
    return new WireMessage().text(DOMAIN, FusedAttention.DOMAIN).integer(VERSION, 1);
  }
}
