package io.maie.edge.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.maie.edge.modelfile.ListedModel;
import io.maie.edge.text.template.CheckedTemplate;
import io.maie.edge.text.template.Template;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * The calls about what is installed. The list of models has the form that OpenAI's clients read.
 */
final class CatalogueCalls {
  private final Catalogue catalogue;

  CatalogueCalls(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/models", this::models),
        Route.get("/v1/models/{name}", this::model),
        Route.get("/v1/templates", this::templates),
        Route.get("/v1/templates/{template_id}", this::template));
  }

  private void models(Exchange exchange) throws IOException {
    ObjectNode answer = Answers.object().put("object", "list");
    var data = answer.putArray("data");
    catalogue.models().forEach(model -> data.add(described(model)));
    exchange.json(200, answer);
  }

  private void model(Exchange exchange) throws ProblemException, IOException {
    String name = exchange.name("name");
    ListedModel model =
        catalogue.models().stream()
            .filter(known -> known.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        404,
                        "MODEL_NOT_FOUND",
                        "No model '" + name + "' is installed",
                        "GET /v1/models lists the installed ones."));
    exchange.json(200, described(model));
  }

  private static ObjectNode described(ListedModel model) {
    ObjectNode node =
        Answers.object()
            .put("id", model.name())
            .put("object", "model")
            .put("created", 0)
            .put("owned_by", "maie-edge")
            .put("task", model.task())
            .put("family", model.family())
            .put("version", model.version());
    var languages = node.putArray("languages");
    model.languages().forEach(languages::add);
    return node.put("bytes", model.bytes())
        .put("license", model.license())
        .put("shipped", model.isShipped())
        .put("in_use", model.inUse())
        .put("choice", model.choice())
        .put("state", model.state())
        .put("reason", model.reason())
        .put("description", model.remark());
  }

  private void templates(Exchange exchange) throws IOException {
    ObjectNode answer = Answers.object();
    var list = answer.putArray("templates");
    catalogue.templates().forEach(template -> list.add(head(template)));
    exchange.json(200, answer);
  }

  private static ObjectNode head(CheckedTemplate template) {
    ObjectNode node =
        Answers.object()
            .put("id", template.id())
            .put("title", template.title())
            .put("description", template.template().map(Template::description).orElse(""));
    var problems = node.putArray("problems");
    template.problems().forEach(problem -> problems.add(problem.toString()));
    return node;
  }

  private void template(Exchange exchange) throws ProblemException, IOException {
    String id = exchange.name("template_id");
    CheckedTemplate template =
        catalogue.templates().stream()
            .filter(known -> known.id().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    ProblemException.of(
                        404,
                        "TEMPLATE_NOT_FOUND",
                        "There is no template '" + id + "'",
                        "GET /v1/templates lists the templates."));
    Optional<Template> fit = template.template();
    ObjectNode node = head(template).put("prompt", fit.map(Template::prompt).orElse(""));
    node.set("schema", tree(fit.map(Template::schema)));
    node.set("example", tree(fit.map(Template::example)));
    exchange.json(200, node);
  }

  private static JsonNode tree(Optional<String> json) throws IOException {
    return json.isEmpty() ? Answers.MAPPER.nullNode() : Answers.MAPPER.readTree(json.get());
  }
}
