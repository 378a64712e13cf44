// Decodes recordings with a transducer by sherpa-onnx, greedily, as often as it is asked to: usage: node transducer.js MODEL TYPE THREADS WAV...
// Every line on the standard input is answered by the milliseconds that all recordings took, those of all processors, and the texts in base64.
const sherpa = require('sherpa-onnx-node');
const [model, modelType, threads, ...files] = process.argv.slice(2);
const recognizer = new sherpa.OfflineRecognizer({
  featConfig: {sampleRate: 16000, featureDim: 80},
  modelConfig: {
    transducer: {encoder: `${model}/encoder.onnx`, decoder: `${model}/decoder.onnx`, joiner: `${model}/joiner.onnx`},
    tokens: `${model}/tokens.txt`, numThreads: Number(threads), provider: 'cpu', debug: 0, modelType,
  },
  decodingMethod: 'greedy_search',
});
const waves = files.map(file => sherpa.readWave(file));
require('readline').createInterface({input: process.stdin}).on('line', () => {
  const begin = process.hrtime.bigint();
  const before = process.cpuUsage();
  let text = '';
  for (const wave of waves) {
    const stream = recognizer.createStream();
    stream.acceptWaveform({sampleRate: wave.sampleRate, samples: wave.samples.subarray(0, wave.samples.length - (wave.samples.length % 1280))});
    recognizer.decode(stream);
    text += recognizer.getResult(stream).text.replace(/ /g, '') + '\n';
  }
  const cpu = process.cpuUsage(before);
  console.log(`${Number(process.hrtime.bigint() - begin) / 1e6} ${(cpu.user + cpu.system) / 1e3} ${Buffer.from(text).toString('base64')}`);
});
