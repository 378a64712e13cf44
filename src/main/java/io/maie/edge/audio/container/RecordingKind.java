package io.maie.edge.audio.container;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Kinds of containers that are found behind each other in one file. */
enum RecordingKind {
  WAVE,
  WAVE64,
  AIFF,
  AU,
  CAF,
  FLAC,
  OGG,
  MATROSKA,
  MP4,
  ASF,
  AMR,
  WAVPACK,
  TTA,
  VOC,
  NUT,
  AVI,
  FLV,
  /** MPEG audio with an ID3 tag before it. */
  MPEG,
  /** Frames of AAC or AC-3, or packets of a transport stream; begins nowhere but in a file. */
  STREAM;

  private static final int HEAD_BYTES = 64;
  private static final String NUT_SIGNATURE = "nut/multimedia container\0";

  /** Bytes after {@code FLAC}: the first block is of kind 0 and has 34 bytes. */
  private static final Set<Long> FLAC_BLOCKS = Set.of(0x22L, 0x8000_0022L);

  private static final int TAG_HEADER = 10;

  private static final Set<String> BOXES =
      Set.of("moov", "mdat", "moof", "free", "skip", "wide", "uuid", "sidx", "styp");

  private static final int LARGEST_FTYP = 1024;
  private static final int AU_HEADER = 24;
  private static final int LARGEST_AU_HEADER = 4096;
  private static final int AU_ENCODINGS = 27;
  private static final int WAVPACK_FLAGS = 24;
  private static final int WAVPACK_INITIAL = 0x800;
  private static final int FLV_HEADER = 9;
  private static final int MOST_HERTZ = 192_000;
  private static final int MOST_CHANNELS = 64;

  /** The kind of the recording that begins at {@code start}; empty if none of these does. */
  static Optional<RecordingKind> at(ByteSource source, long start)
      throws IOException, TooMuchToReadException {
    ByteBlock head = source.read(start, HEAD_BYTES);
    if (head.length() < HEAD_BYTES) {
      return Optional.empty();
    }
    return Optional.ofNullable(
        switch (head.text(0, 4)) {
          case "RIFF", "RIFX", "RF64", "BW64" ->
              head.hasText(8, "WAVE") ? WAVE : new AviFormat().recognises(head) ? AVI : null;
          case "FLV\u0001" -> head.u8(4) <= 5 && head.u32(5) == FLV_HEADER ? FLV : null;
          case "riff" -> new Wave64Format().recognises(head) ? WAVE64 : null;
          case "FORM" -> new AiffFormat().recognises(head) ? AIFF : null;
          case "caff" -> head.u32(4) == 0x0001_0000 && head.hasText(8, "desc") ? CAF : null;
          case ".snd" -> isAu(head) ? AU : null;
          case "fLaC" -> FLAC_BLOCKS.contains(head.u32(4)) ? FLAC : null;
          case "OggS" -> head.u8(4) == 0 && (head.u8(5) & 2) != 0 ? OGG : null;
          case "\u001aE\u00df\u00a3" -> isMatroska(head) ? MATROSKA : null;
          case "0&\u00b2u" -> head.u32(4) == 0x8E66_CF11L ? ASF : null;
          case "wvpk" -> isFirstWavPackBlock(head) ? WAVPACK : null;
          case "Crea" -> head.hasText(0, VocBlocks.SIGNATURE) ? VOC : null;
          case "nut/" -> head.hasText(0, NUT_SIGNATURE) ? NUT : null;
          case "TTA1" -> head.u8(4) == 1 && head.u8(5) == 0 ? TTA : null;
          case "#!AM" -> head.hasText(0, "#!AMR") ? AMR : null;
          default -> other(source, start, head);
        });
  }

  private static @Nullable RecordingKind other(ByteSource source, long start, ByteBlock head)
      throws IOException, TooMuchToReadException {
    if (head.hasText(4, "ftyp")) {
      long bytes = head.u32(0);
      boolean isBox = bytes >= 16 && bytes <= LARGEST_FTYP;
      ByteBlock next = source.read(start + bytes, 8);
      return isBox && next.length() == 8 && BOXES.contains(next.text(4, 4)) ? MP4 : null;
    }
    return head.hasText(0, "ID3") && areFrames(source, start + tagBytes(head)) ? MPEG : null;
  }

  private static boolean isAu(ByteBlock head) {
    boolean isHeader = head.u32(4) >= AU_HEADER && head.u32(4) <= LARGEST_AU_HEADER;
    return isHeader
        && head.u32(12) >= 1
        && head.u32(12) <= AU_ENCODINGS
        && head.u32(16) <= MOST_HERTZ
        && head.u32(20) <= MOST_CHANNELS;
  }

  /** Returns whether a block is the first of its stream, and of its channels. */
  private static boolean isFirstWavPackBlock(ByteBlock head) {
    boolean isInitial = (head.u32le(WAVPACK_FLAGS) & WAVPACK_INITIAL) != 0;
    return isInitial && head.u32le(SignatureScan.WAVPACK_INDEX) == 0 && head.u8(9) == 4;
  }

  private static boolean isMatroska(ByteBlock head) {
    String text = head.text(0, head.length());
    return text.contains("webm") || text.contains("matroska");
  }

  /** Sizes of ID3v2 tags have seven bits a byte. */
  static long tagBytes(ByteBlock head) {
    long bytes = 0;
    for (int i = 6; i < TAG_HEADER; i++) {
      bytes = bytes << 7 | (head.u8(i) & 0x7F);
    }
    return TAG_HEADER + bytes;
  }

  /** Returns whether two frames of MPEG audio of like kind follow each other. */
  private static boolean areFrames(ByteSource source, long start)
      throws IOException, TooMuchToReadException {
    ByteBlock first = source.read(start, 4);
    if (first.length() < 4) {
      return false;
    }
    int bytes = MpegFrame.bytes((int) first.u32(0));
    ByteBlock second = source.read(start + bytes, 4);
    return bytes > 0 && second.length() == 4 && MpegFrame.bytes((int) second.u32(0)) > 0;
  }

  /** The kinds that may begin behind the bytes of this one; others in there are its content. */
  Set<RecordingKind> followers() {
    return switch (this) {
      // their codecs' own headers hold that of FLAC
      case OGG, MATROSKA, ASF, NUT -> EnumSet.complementOf(EnumSet.of(FLAC));
      case WAVE, WAVE64, AIFF, AU, CAF, FLAC, MP4, AMR, WAVPACK, TTA, VOC, AVI, FLV ->
          EnumSet.allOf(RecordingKind.class);
      // the decoder follows frames across tags by itself
      case MPEG, STREAM -> EnumSet.complementOf(EnumSet.of(MPEG));
    };
  }
}
