package io.maie.edge.audio.decode;

import java.io.IOException;
import java.nio.file.Path;

/** Sound of one channel in blocks of {@link SoundFile#BLOCK_SAMPLES}, before its level is set. */
interface MonoSound {
  /** Its samples. */
  long samples();

  /** Reads it from its beginning; the first channel of each block is this sound. */
  SoundFile.Reader read() throws IOException;

  /** Moves the samples, written for the recogniser as they are, to where it reads them. */
  void movePcm(Path target) throws IOException;
}
