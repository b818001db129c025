"""Train the tagger: ``python -m training.train [--share 0.5] [--out FOLDER]``.

Training is repeatable on one machine with one version of torch. It reads ``corpus/`` and the
encoder's package, and writes the weights; :mod:`training.export` makes the model that ships.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from pathlib import Path

import torch
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from training.annotation import ROOT, TEXTS, Negotiation, load_corpus
from training.features import Example, examples_of
from training.network import TaggerNetwork, batch_of, loss_of, tokenizer
from training.splits import read_splits

BATCH = 16
EPOCHS = 8
RATE, HEAD_RATE = 2e-4, 2e-3
WARM_UP = 0.1
SEED = 20


def shortened(corpus: list[Negotiation], share: float) -> list[Negotiation]:
    """Return negotiations that hold ``share`` of the paragraphs, taken in a fixed random order."""
    order = sorted(corpus, key=lambda n: n.id)
    random.Random(SEED).shuffle(order)
    total = sum(len(n.paragraphs) for n in order)
    kept: list[Negotiation] = []
    count = 0
    for negotiation in order:
        if count >= share * total:
            break
        kept.append(negotiation)
        count += len(negotiation.paragraphs)
    return kept


def _batches(examples: list[Example], order: random.Random) -> list[list[Example]]:
    """Return batches of paragraphs of about one length, in random order."""
    mixed = sorted(examples, key=lambda e: (len(e.pieces) // 24, order.random()))
    made = [mixed[k : k + BATCH] for k in range(0, len(mixed), BATCH)]
    order.shuffle(made)
    return made


def train(examples: list[Example], epochs: int, seed: int, dev: list[Example]) -> TaggerNetwork:
    """Fine-tune the encoder and its heads; return the averaged network."""
    torch.manual_seed(seed)
    order = random.Random(seed)
    network = TaggerNetwork()
    # The word embeddings stay as they are: half of the parameters, and too rarely met to learn.
    network.encoder.embeddings.word_embeddings.weight.requires_grad_(False)
    heads = list(network.heads.parameters())
    body = [p for p in network.encoder.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": RATE}, {"params": heads, "lr": HEAD_RATE}],
        weight_decay=0.01,
        fused=True,
    )
    steps = epochs * len(_batches(examples, random.Random(0)))
    warm = max(1, int(WARM_UP * steps))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda k: min((k + 1) / warm, max(0.0, (steps - k) / max(1, steps - warm)))
    )
    averaged = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.99)
    )
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns) as progress:
        task = progress.add_task("training", total=steps)
        for epoch in range(epochs):
            network.train()
            total = 0.0
            batches = _batches(examples, order)
            for batch in batches:
                ids, mask, labels = batch_of(batch)
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    scores = network(ids, mask)
                loss = loss_of(scores, labels)
                loss.backward()
                torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
                optimiser.step()
                optimiser.zero_grad()
                schedule.step()
                averaged.update_parameters(network)
                total += float(loss.detach())
                progress.advance(task)
            after = dev_loss(averaged.module, dev)
            progress.console.print(
                f"epoch {epoch + 1}: loss {total / len(batches):.3f}, dev {after:.3f}"
            )
    result = averaged.module.eval()
    assert isinstance(result, TaggerNetwork)
    return result


def dev_loss(network: torch.nn.Module, dev: list[Example]) -> float:
    """Return the mean loss on paragraphs that were not trained on."""
    network.eval()
    total = 0.0
    batches = _batches(dev, random.Random(0))
    with torch.inference_mode():
        for batch in batches:
            ids, mask, labels = batch_of(batch)
            total += float(loss_of(network(ids, mask), labels))
    return total / max(1, len(batches))


def main() -> int:
    """Train and write ``weights.pt`` and ``training.json``."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "tagger")
    parser.add_argument("--share", type=float, default=1.0, help="part of the training split")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--seed", type=int, default=SEED)
    options = parser.parse_args()
    torch.use_deterministic_algorithms(True)
    corpus = load_corpus(TEXTS)
    splits = read_splits(corpus)
    words = tokenizer()
    chosen = shortened(splits["train"], options.share)
    examples = examples_of(chosen, words)
    dev = examples_of(splits["dev"], words)
    began = time.perf_counter()
    network = train(examples, options.epochs, options.seed, dev)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save(network.state_dict(), options.out / "weights.pt")
    record = {
        "negotiations": len(chosen),
        "paragraphs": len(examples),
        "epochs": options.epochs,
        "seed": options.seed,
        "torch": torch.__version__,
        "minutes": round((time.perf_counter() - began) / 60, 1),
    }
    (options.out / "training.json").write_text(json.dumps(record, indent=2) + "\n", "utf-8")
    print(json.dumps(record))
    return 0


if __name__ == "__main__":
    sys.exit(main())
