package io.maie.edge.audio.decode;

import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Path;

/** Turns any supported file into 16 kHz mono samples. */
@FunctionalInterface
public interface AudioDecoder {

  /**
   * Decodes {@code recording} into the new file {@code pcm}, and reads the source exactly once for
   * its checksum. The source is never written to. Files for channels that are to be recognised by
   * themselves lie beside {@code pcm}.
   *
   * @param wanted the channels and tracks to hear
   * @throws ProcessingException with a code of scope RECORDING if the file cannot be decoded, of
   *     scope INSTALLATION if the decoder is missing or the disk is full
   * @throws TaskStoppedException if the context asks to stop; the decoder's process has ended then
   */
  DecodedAudio decode(Path recording, Path pcm, SoundSelection wanted, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException;
}
