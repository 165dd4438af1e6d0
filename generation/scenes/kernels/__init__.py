"""Compiled loops of the renderer: scalar functions over plain arrays, so that a CUDA target can compile them as well."""
