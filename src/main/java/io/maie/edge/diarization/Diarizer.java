package io.maie.edge.diarization;

import io.maie.edge.audio.SampleSource;
import io.maie.edge.audio.SpeechRegion;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import io.maie.edge.result.ModelIdentity;
import java.io.IOException;
import java.util.List;

/** Finds who speaks when. Used by one thread at a time. */
public interface Diarizer {

  /**
   * The turns of all speakers; none in silence.
   *
   * @param speech the stretches in which a detector heard speech, ascending; an implementation may
   *     pass over long stretches without any. The whole recording if none ran
   * @param count the number of speakers to find
   */
  Diarization diarize(
      SampleSource audio, List<SpeechRegion> speech, SpeakerCount count, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException;

  /**
   * The voice of one person.
   *
   * @param samples recordings in which that person talks nearly alone
   * @throws ProcessingException {@code PROCESSING_ERROR} if they hold less than 5 s of speech, or
   *     nobody talks for most of it
   */
  Voiceprint voiceprint(String name, List<SampleSource> samples, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException;

  /** The models it works with: segmentation, then embedding. */
  List<ModelIdentity> models();
}
