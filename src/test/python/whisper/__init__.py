"""Whisper for tests and benchmarks: small models in the published ONNX layout, and golden values."""
