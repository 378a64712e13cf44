package io.maie.edge.app;

import static java.util.Objects.requireNonNull;

import io.maie.edge.cli.CommandException;
import io.maie.edge.cli.ExitCode;
import io.maie.edge.cli.PullOrder;
import io.maie.edge.config.Settings;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.modelfile.Checksums;
import io.maie.edge.modelfile.GraphPreference;
import io.maie.edge.modelfile.InstalledModel;
import io.maie.edge.modelfile.ModelAdmission;
import io.maie.edge.modelfile.ModelCatalog;
import io.maie.edge.modelfile.hub.HubAddress;
import io.maie.edge.modelfile.hub.HubException;
import io.maie.edge.modelfile.hub.HubOptions;
import io.maie.edge.modelfile.hub.HubTime;
import io.maie.edge.modelfile.hub.ModelPull;
import io.maie.edge.modelfile.hub.ModelReference;
import io.maie.edge.modelfile.hub.PublishedModels;
import io.maie.edge.progress.TransferProgress;
import io.maie.edge.schema.DidYouMean;
import io.maie.edge.time.Sleeper;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Turns a typed order into a pull, and failures into exit codes. */
final class ModelPulls {
  /** The variable that other programs for the same hub read as well. */
  private static final String TOKEN = "HF_TOKEN";

  private final Settings settings;
  private final BuildFacts build;
  private final Map<String, String> environment;
  private final PullOrder order;
  private final PublishedModels known;

  ModelPulls(Settings settings, BuildFacts build, Map<String, String> environment, PullOrder order)
      throws IOException {
    this.settings = requireNonNull(settings, "settings is null");
    this.build = requireNonNull(build, "build is null");
    this.environment = requireNonNull(environment, "environment is null");
    this.order = requireNonNull(order, "order is null");
    this.known = PublishedModels.shipped();
  }

  /** The folder that the model becomes. */
  String name() throws CommandException {
    if (order.name() != null) {
      return order.name();
    }
    String typed = order.model().replaceFirst("@.*", "");
    return known.find(typed).isPresent() ? typed : reference().shortName();
  }

  InstalledModel pull(
      String name, Checksums checksums, GraphPreference preference, TransferProgress progress)
      throws CommandException, ProcessingException, IOException {
    GraphPreference wanted =
        order.variant() == null ? preference : preference.withVariant(order.variant());
    ModelPull pull =
        new ModelPull(
            new ModelAdmission(
                    new ModelCatalog(settings.folders().models(), checksums, wanted),
                    new SpeechModelTrial(settings).and(new TextModelTrial(settings)))
                .underLicense(Objects.requireNonNullElse(order.license(), "")),
            options(),
            known,
            new HubTime(InstantSource.system(), Sleeper.system()));
    try {
      return pull.pull(reference(), name, progress);
    } catch (HubException e) {
      throw new CommandException(exitCode(e.kind()), String.valueOf(e.getMessage()), e.hint(), e);
    }
  }

  private ModelReference reference() throws CommandException {
    try {
      Optional<ModelReference> reference = ModelReference.parse(order.model(), known);
      if (reference.isPresent()) {
        return reference.get();
      }
    } catch (IllegalArgumentException e) {
      throw usage("Which model: " + e.getMessage());
    }
    throw usage(
        "No published model is known as '%s'%s"
            .formatted(order.model(), DidYouMean.suggestion(order.model(), known.names())));
  }

  private static CommandException usage(String message) {
    return new CommandException(
        ExitCode.USAGE,
        message,
        "'maie-edge models catalog' lists the short names; any repository can be written as"
            + " OWNER/NAME");
  }

  private HubOptions options() throws CommandException {
    return HubOptions.of(
        address(), "maie-edge/" + build.version(), token(), settings.disk().minFreeBytes());
  }

  /** Tokens are often read from a file, with the end of its line. A wrong one is never shown. */
  private Optional<String> token() throws CommandException {
    String token = environment.getOrDefault(TOKEN, "").strip();
    if (!token.chars().allMatch(ModelPulls::isVisible)) {
      throw new CommandException(
          ExitCode.USAGE,
          "Expected letters, digits and signs in " + TOKEN + ", found something else in it",
          "set it to the token alone, as the hub shows it");
    }
    return token.isEmpty() ? Optional.empty() : Optional.of(token);
  }

  /** Returns whether {@code c} is ASCII, and neither a blank nor a control character. */
  private static boolean isVisible(int c) {
    return c > ' ' && c <= '~';
  }

  private HubAddress address() throws CommandException {
    if (order.hub() == null) {
      return settings.hub();
    }
    try {
      return HubAddress.parse(order.hub());
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCode.USAGE, "The hub: " + e.getMessage(), "omit --hub to use models.hub", e);
    }
  }

  private static ExitCode exitCode(HubException.Kind kind) {
    return switch (kind) {
      case NOT_FOUND -> ExitCode.USAGE;
      case BUSY -> ExitCode.TRY_AGAIN;
      case REFUSED, DAMAGED, UNREACHABLE, DISK_FULL -> ExitCode.IO;
    };
  }
}
