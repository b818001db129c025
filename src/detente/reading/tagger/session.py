"""Run the model: text in, statements with their types out. Offline, with onnxruntime."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib import import_module, resources
from typing import Any, TypeAlias

import numpy as np

from detente.reading.tagger.decoding import decode, is_empty
from detente.reading.tagger.labels import HEADS, MAX_PIECES
from detente.reading.tagger.tag import Tag
from detente.reading.tagger.windows import Window

__all__ = ["Tagger", "load_tagger"]

_BATCH = 16
_PADDING = 1.25
_Piece: TypeAlias = tuple[list[int], list[tuple[int, int]], Window]


class Tagger:
    """A trained model.

    Args:
        model: the bytes of the ONNX model.
        tokenizer: the JSON of its tokenizer.
        record: what made it: ``model`` (its hash), ``corpus``, ``heads`` and more.
        threads: how many threads it may use; 0 leaves the choice to onnxruntime.

    Raises:
        ImportError: onnxruntime or tokenizers is not installed.
        ValueError: the model was made for other heads than this version's.
    """

    def __init__(
        self, model: bytes, tokenizer: str, record: dict[str, Any], threads: int = 0
    ) -> None:
        if record["heads"] != [[h.name, *h.labels] for h in HEADS]:
            raise ValueError("the tagger's model has other heads than this version; make train")
        self._onnxruntime = import_module("onnxruntime")
        self._tokenizers = import_module("tokenizers")
        self._model, self._words, self._threads = model, tokenizer, threads
        self.version: str = record["model"][:8]

    @cached_property
    def _session(self) -> Any:
        """Return the network, made when it is first used: often only the version is asked for."""
        options = self._onnxruntime.SessionOptions()
        options.intra_op_num_threads = self._threads
        options.log_severity_level = 3
        return self._onnxruntime.InferenceSession(
            self._model, options, providers=["CPUExecutionProvider"]
        )

    @cached_property
    def _tokenizer(self) -> Any:
        made = self._tokenizers.Tokenizer.from_str(self._words)
        made.no_padding()
        made.enable_truncation(MAX_PIECES)
        return made

    def tag(self, windows: Sequence[Window]) -> list[Tag]:
        """Return the statements of every window; offsets are those of the document."""
        encoded = self._tokenizer.encode_batch([window.text for window in windows])
        pieces: list[_Piece] = [
            (part.ids, part.offsets[1:-1], window)
            for window, whole in zip(windows, encoded, strict=True)
            for part in (whole, *whole.overflowing)
        ]
        pieces.sort(key=lambda piece: len(piece[0]))
        found: list[Tag] = []
        for chosen in _batches(pieces):
            ids = np.zeros((len(chosen), len(chosen[-1][0])), np.int64)
            mask = np.zeros_like(ids)
            for row, (own, _, _) in enumerate(chosen):
                ids[row, : len(own)] = own
                mask[row, : len(own)] = 1
            (scores,) = self._session.run(None, {"input_ids": ids, "attention_mask": mask})
            for row, (_, offsets, window) in enumerate(chosen):
                seen = scores[row, 1 : 1 + len(offsets)]
                if is_empty(seen):
                    continue
                tags = decode(seen, offsets, _breaks(offsets, window.begins))
                found.extend(tag.moved(window.start) for tag in tags)
        return sorted(found, key=lambda tag: (tag.start, -tag.end))


def _batches(pieces: Sequence[_Piece]) -> Iterator[Sequence[_Piece]]:
    """Yield windows of about one length together: padding costs as much as text."""
    at = 0
    while at < len(pieces):
        longest = len(pieces[at][0]) * _PADDING
        stop = at + 1
        while stop < min(len(pieces), at + _BATCH) and len(pieces[stop][0]) <= longest:
            stop += 1
        yield pieces[at:stop]
        at = stop


def _breaks(offsets: Sequence[tuple[int, int]], begins: Sequence[int]) -> list[bool]:
    """Tell for each piece whether it is the first one of a sentence."""
    breaks = [False] * len(offsets)
    k = 0
    for place in begins:
        while k < len(offsets) and offsets[k][0] < place:
            k += 1
        if k < len(offsets):
            breaks[k] = True
    if breaks:
        breaks[0] = True
    return breaks


@lru_cache(maxsize=2)
def load_tagger(threads: int = 0) -> Tagger | None:
    """Return the tagger that ships with the package, ``None`` where it cannot run.

    It cannot run where the model's files or onnxruntime and tokenizers are not installed; the
    reader then goes by its rules alone.
    """
    folder = resources.files("detente.reading").joinpath("data", "tagger")
    try:
        model = folder.joinpath("tagger.onnx").read_bytes()
        tokenizer = folder.joinpath("tokenizer.json").read_text("utf-8")
        record = json.loads(folder.joinpath("tagger.json").read_text("utf-8"))
        return Tagger(model, tokenizer, record, threads)
    except (FileNotFoundError, ImportError):
        return None
