"""The engine: a case as arrays, and the kernels over them. Indices only, never names."""
