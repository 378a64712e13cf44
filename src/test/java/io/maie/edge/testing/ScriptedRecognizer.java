package io.maie.edge.testing;

import io.maie.edge.asr.Recognition;
import io.maie.edge.asr.SpeechOrder;
import io.maie.edge.asr.SpeechRecognizer;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import io.maie.edge.transcript.Segment;
import io.maie.edge.transcript.Transcript;
import io.maie.edge.transcript.Word;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Hears what it is told, else one sentence per region, which tells how many samples the region has.
 *
 * @param heard null = as said above
 * @param spares whether it takes little memory; its model's parameters say so
 */
public record ScriptedRecognizer(StageHook hook, @Nullable Transcript heard, boolean spares)
    implements SpeechRecognizer {

  public ScriptedRecognizer(StageHook hook) {
    this(hook, null, false);
  }

  @Override
  public Recognition recognize(SpeechOrder order)
      throws ProcessingException, TaskStoppedException, IOException {
    hook.run(order.context());
    order.context().tick(1);
    if (heard != null) {
      return new Recognition(heard, List.of());
    }
    return new Recognition(
        Transcript.of(order.regions().list().stream().map(ScriptedRecognizer::hear).toList()),
        List.of());
  }

  private static Segment hear(SpeechRegion region) {
    String text = "heard " + region.span().length() + " samples";
    return new Segment(region.span(), text, 0.9, List.of(new Word(region.span(), text, 0.9)));
  }

  @Override
  public ModelIdentity model() {
    Map<String, Object> params = spares ? Map.of("spares_memory", true) : Map.of();
    return new ModelIdentity("scripted-asr", "1", "sha256:" + "1".repeat(64), "fp32", params);
  }
}
