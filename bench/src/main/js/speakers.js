// Tells speakers apart with sherpa-onnx at its defaults: usage: node speakers.js SEGMENTATION EMBEDDING THREADS
// Every line on the standard input names a WAV file, and is answered by its turns: start end speaker, separated by commas.
const sherpa = require('sherpa-onnx-node');
const [segmentation, embedding, threads] = process.argv.slice(2);
const diarizer = new sherpa.OfflineSpeakerDiarization({
  segmentation: {pyannote: {model: segmentation}, numThreads: Number(threads)},
  embedding: {model: embedding, numThreads: Number(threads)},
  clustering: {numClusters: -1, threshold: 0.5},
  minDurationOn: 0.2, minDurationOff: 0.5,
});
require('readline').createInterface({input: process.stdin}).on('line', file => {
  const wave = sherpa.readWave(file);
  const turns = diarizer.process(wave.samples);
  console.log(turns.map(turn => `${turn.start} ${turn.end} ${turn.speaker + 1}`).join(','));
});
