// Decodes recordings with sherpa-onnx, greedily, as often as it is asked to: usage: node moonshine.js MODEL TOKENS THREADS WAV...
// Every line on the standard input is answered by the milliseconds that all recordings took and by the number of words.
const sherpa = require('sherpa-onnx-node');
const [model, tokens, threads, ...files] = process.argv.slice(2);
const recognizer = new sherpa.OfflineRecognizer({
  featConfig: {sampleRate: 16000, featureDim: 80},
  modelConfig: {
    moonshine: {encoder: `${model}/encoder_model.onnx`, mergedDecoder: `${model}/decoder_model_merged.onnx`},
    tokens, numThreads: Number(threads), provider: 'cpu', debug: 0,
  },
});
const waves = files.map(file => sherpa.readWave(file));
require('readline').createInterface({input: process.stdin}).on('line', () => {
  const begin = process.hrtime.bigint();
  let words = 0;
  for (const wave of waves) {
    const stream = recognizer.createStream();
    stream.acceptWaveform({sampleRate: wave.sampleRate, samples: wave.samples});
    recognizer.decode(stream);
    words += recognizer.getResult(stream).text.split(' ').filter(word => word).length;
  }
  console.log(`${Number(process.hrtime.bigint() - begin) / 1e6} ${words}`);
});
