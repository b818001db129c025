"""Export the trained network: ``python -m training.export [--weights FILE] [--out FOLDER]``.

Writes ``tagger.onnx`` (weights in eight bits), ``tokenizer.json`` and ``tagger.json``, which names
the corpus and the training that made them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from detente.reading.tagger.labels import HEADS
from training.annotation import ROOT
from training.check import hash_of_corpus
from training.network import TaggerNetwork, encoder_folder

PACKAGE = ROOT / "src" / "detente" / "reading" / "data" / "tagger"
LIMIT = 25 * 2**20


def export(weights: Path, out: Path) -> int:
    """Write the model's files into ``out``; return the model's size in bytes."""
    network = TaggerNetwork(attention="eager")
    network.load_state_dict(torch.load(weights, weights_only=True))
    network.eval()
    ids = torch.tensor([[101, 2023, 2003, 102], [101, 2023, 102, 0]])
    mask = torch.tensor([[1, 1, 1, 1], [1, 1, 1, 0]])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        full = Path(folder) / "full.onnx"
        axes = {0: "windows", 1: "pieces"}
        torch.onnx.export(
            network,
            (ids, mask),
            str(full),
            input_names=["input_ids", "attention_mask"],
            output_names=["scores"],
            dynamic_axes={"input_ids": axes, "attention_mask": axes, "scores": axes},
            opset_version=17,
            dynamo=False,
        )
        small = Path(folder) / "tagger.onnx"
        quantize_dynamic(str(full), str(small), weight_type=QuantType.QInt8, per_channel=True)
        model = onnx.load(str(small))
        model.producer_name, model.producer_version, model.doc_string = "detente", "", ""
        data = model.SerializeToString(deterministic=True)
    if len(data) > LIMIT:
        raise SystemExit(f"the model has {len(data)} bytes, more than {LIMIT}")
    (out / "tagger.onnx").write_bytes(data)
    shutil.copyfile(encoder_folder() / "tokenizer.json", out / "tokenizer.json")
    record = json.loads((weights.parent / "training.json").read_text("utf-8"))
    record["corpus"] = hash_of_corpus()
    record["model"] = hashlib.sha256(data).hexdigest()
    record["heads"] = [[h.name, *h.labels] for h in HEADS]
    (out / "tagger.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    return len(data)


def main() -> int:
    """Export and say how large the model is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--weights", type=Path, default=ROOT / "build" / "tagger" / "weights.pt")
    parser.add_argument("--out", type=Path, default=PACKAGE)
    options = parser.parse_args()
    size = export(options.weights, options.out)
    print(f"{options.out / 'tagger.onnx'}: {size / 2**20:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
