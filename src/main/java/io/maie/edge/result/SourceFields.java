package io.maie.edge.result;

import io.maie.edge.audio.ChannelUse;
import io.maie.edge.audio.HeardSound;
import io.maie.edge.audio.LevelCurve;
import io.maie.edge.audio.SeparateChannel;
import io.maie.edge.audio.TrackUse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes the recording of a document and its heard sound. */
record SourceFields(JsonFields json) {

  /** The fields of the object {@code source}. */
  void write(Source source) throws IOException {
    json.text("name", source.name());
    json.text("path", source.path());
    json.text("name_raw_hex", source.nameRawHex());
    json.text("safe_path", source.safePath());
    @Nullable SourceAudio audio = source.audio();
    if (audio == null) {
      json.integer("bytes", source.bytes());
      return;
    }
    json.text("sha256", audio.sha256());
    json.integer("bytes", source.bytes());
    json.text("format", audio.format());
    json.integer("sample_rate", audio.sampleRate());
    json.integer("channels", audio.channels());
    json.seconds("duration_seconds", audio.samples());
    if (audio.declaredSeconds().isPresent()) {
      json.decimal("declared_duration_seconds", audio.declaredSeconds().getAsDouble());
    }
    json.flag("complete", audio.complete());
    json.object("audio", () -> heard(audio.heard()));
  }

  private void heard(HeardSound heard) throws IOException {
    json.seconds("decoded_seconds", heard.decodedSamples());
    json.seconds("kept_seconds", heard.keptSamples());
    json.seconds("inserted_seconds", heard.insertedSamples());
    if (heard.insertedSamples() > 0) {
      json.text("inserted_reason", "gaps between the time stamps of the container");
    }
    json.value(
        "channels_used",
        heard.channels().stream().filter(ChannelUse::isHeard).map(ChannelUse::number).toList());
    json.text("channels_reason", heard.channelsReason());
    if (!heard.tracks().isEmpty()) {
      json.array("tracks", heard.tracks(), (track, index) -> json.object(() -> track(track)));
    }
    if (heard.level().isAudible()) {
      json.decimal("loudness", heard.level().loudness());
    }
    json.decimal("gain_db", heard.level().gainDecibels());
    LevelCurve curve = heard.level().curve();
    if (!curve.isSteady()) {
      json.decimal("gain_db_least", curve.leastGainDecibels());
      json.decimal("gain_db_most", curve.mostGainDecibels());
    }
    json.decimal("clipped_share", heard.level().clippedShare());
    if (!heard.separate().isEmpty()) {
      json.text("separate_reason", heard.separateReason());
      json.array(
          "separate", heard.separate(), (channel, index) -> json.object(() -> separate(channel)));
    }
  }

  private void separate(SeparateChannel channel) throws IOException {
    json.integer("channel", channel.number());
    if (channel.level().isAudible()) {
      json.decimal("loudness", channel.level().loudness());
    }
    json.decimal("gain_db", channel.level().gainDecibels());
  }

  private void track(TrackUse track) throws IOException {
    json.integer("number", track.number());
    json.text("title", track.title().isEmpty() ? null : track.title());
    json.text("language", track.language().isEmpty() ? null : track.language());
    json.flag("heard", track.isHeard());
    json.text("reason", track.reason());
  }
}
