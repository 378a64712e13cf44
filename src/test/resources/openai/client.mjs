// Speaks to the server as programs do that use OpenAI's published client library.
// usage: node client.mjs ADDRESS KEY RECORDING
import fs from "node:fs";
import OpenAI, { APIError } from "openai";

const [address, key, recording] = process.argv.slice(2);
const openai = new OpenAI({ baseURL: `${address}/v1`, apiKey: key, maxRetries: 0 });
const file = () => fs.createReadStream(recording);
const told = {};

told.json = await openai.audio.transcriptions.create({ file: file(), model: "whisper-1" });
told.text = await openai.audio.transcriptions.create({ file: file(), model: "whisper-1", response_format: "text" });
told.vtt = await openai.audio.transcriptions.create({ file: file(), model: "whisper-1", response_format: "vtt" });
told.verbose = await openai.audio.transcriptions.create({
  file: file(),
  model: "gpt-4o-transcribe",
  language: "en",
  prompt: "A greeting.",
  temperature: 0,
  response_format: "verbose_json",
  timestamp_granularities: ["word", "segment"],
});
told.events = [];
const stream = await openai.audio.transcriptions.create({ file: file(), model: "whisper-1", stream: true });
for await (const event of stream) {
  told.events.push(event);
}
told.diarized = await openai.audio.transcriptions.create({
  file: file(),
  model: "gpt-4o-transcribe-diarize",
  chunking_strategy: "auto",
  response_format: "diarized_json",
});
told.speakers = [];
const turns = await openai.audio.transcriptions.create({
  file: file(),
  model: "gpt-4o-transcribe-diarize",
  chunking_strategy: "auto",
  response_format: "diarized_json",
  stream: true,
});
for await (const event of turns) {
  told.speakers.push(event);
}
told.translation = await openai.audio.translations.create({ file: file(), model: "whisper-small" });
told.models = [];
for await (const model of openai.models.list()) {
  told.models.push(model.id);
}
try {
  await openai.audio.transcriptions.create({ file: file(), model: "no-such-model" });
} catch (error) {
  told.error = { isApiError: error instanceof APIError, status: error.status, code: error.code, param: error.param };
}
try {
  await new OpenAI({ baseURL: `${address}/v1`, apiKey: "wrong", maxRetries: 0 }).models.list();
} catch (error) {
  told.stranger = { status: error.status };
}
console.log(JSON.stringify(told));
