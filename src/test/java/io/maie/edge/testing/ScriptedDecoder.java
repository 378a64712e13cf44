package io.maie.edge.testing;

import io.maie.edge.audio.ChannelLevels;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.PcmFile;
import io.maie.edge.audio.decode.AudioDecoder;
import io.maie.edge.audio.decode.DecodedAudio;
import io.maie.edge.audio.decode.SoundSelection;
import io.maie.edge.failure.ProcessingException;
import io.maie.edge.progress.StageContext;
import io.maie.edge.progress.TaskStoppedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;

/** Takes the bytes of any file for samples. */
public record ScriptedDecoder(StageHook hook) implements AudioDecoder {

  @Override
  public DecodedAudio decode(Path recording, Path pcm, SoundSelection wanted, StageContext context)
      throws ProcessingException, TaskStoppedException, IOException {
    byte[] bytes = Files.readAllBytes(recording);
    Files.write(pcm, bytes);
    hook.run(context);
    context.tick(1);
    return new DecodedAudio(
        pcm,
        List.of(),
        bytes.length / PcmFile.BYTES_PER_SAMPLE,
        sha256(bytes),
        bytes.length,
        "raw/pcm_s16le",
        16_000,
        1,
        OptionalDouble.empty(),
        true,
        HeardSound.unchanged(bytes.length / PcmFile.BYTES_PER_SAMPLE),
        ChannelLevels.NONE,
        "scripted 1",
        List.of());
  }

  /** In lower-case hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
