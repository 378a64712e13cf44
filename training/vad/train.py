"""Trains vad-starter on shards of features.

usage: train.py SHARDS OUT --minutes M [--seed N] [--exclude FILES] [--resume]
Writes OUT/last.pt every 50 updates; stops after M minutes with the learning rate at zero.
"""

import argparse
import glob
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn

from examples import AMI, BACKGROUND, PER_SHARD, SPEECH, STEPS
from net import FEATURES, Starter

BATCH = 16
WARM_UP = 200  # updates
PEAK_RATE = 2e-3  # half of it when training goes on from a checkpoint
TEACHER_SHARE = {SPEECH: 0.25, AMI: 0.35, BACKGROUND: 0.0}


def loaded(folder, excluded):
    """All shards but the examples made from excluded AMI files: features, targets, kinds."""
    paths = sorted(glob.glob(f"{folder}/[0-9]*.npz"))
    features = np.empty((len(paths) * PER_SHARD, STEPS, FEATURES), np.float16)
    parts, filled = [], 0
    for path in paths:
        part = np.load(path)
        keep = (part["sources"] & excluded) == 0
        count = int(keep.sum())
        features[filled : filled + count] = part["features"][keep]
        filled += count
        parts.append([part[name][keep] for name in ("kinds", "labels", "teacher")])
    features = features[:filled]
    kinds, labels, teacher = (np.concatenate(column) for column in zip(*parts))
    share = np.select([kinds == k for k in TEACHER_SHARE], list(TEACHER_SHARE.values()))[:, None].astype(np.float32)
    return features, ((1 - share) * labels + share * teacher).astype(np.float32), kinds


def varied(features, generator):
    """Features with a little noise on them, against learning single examples by heart."""
    return features + 0.05 * torch.randn(features.shape, generator=generator)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("shards")
    parser.add_argument("out")
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--exclude", default="", help="AMI training files to leave out, as trn04,trn07: a trial")
    parser.add_argument("--resume", action="store_true")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(arguments.seed)
    generator = torch.Generator().manual_seed(arguments.seed)
    out = Path(arguments.out)
    out.mkdir(parents=True, exist_ok=True)
    excluded = sum(1 << (int(name[3:]) - 1) for name in arguments.exclude.split(",") if name)
    features, targets, kinds = loaded(arguments.shards, excluded)
    print(f"{len(kinds)} examples of 16 s", flush=True)
    net = Starter()
    if arguments.resume:
        net.load_state_dict(torch.load(out / "last.pt"))
    peak = PEAK_RATE / 2 if arguments.resume else PEAK_RATE
    average = torch.optim.swa_utils.AveragedModel(net, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.995))
    optimizer = torch.optim.AdamW(net.parameters(), peak, weight_decay=0.01)
    begun, epoch, updates = time.time(), 0, 0
    used = 0.0
    while used < 1:
        order = torch.randperm(len(kinds), generator=generator).numpy()
        total = {SPEECH: [0.0, 0], AMI: [0.0, 0], BACKGROUND: [0.0, 0]}
        for at in range(0, len(order) - BATCH + 1, BATCH):
            used = min(1.0, (time.time() - begun) / 60 / arguments.minutes)
            rate = peak * min(1, (updates + 1) / WARM_UP) * (1 - used)
            for group in optimizer.param_groups:
                group["lr"] = rate
            chosen = order[at : at + BATCH]
            x = varied(torch.from_numpy(features[chosen]).float(), generator)
            target = torch.from_numpy(targets[chosen])
            loss = nn.functional.binary_cross_entropy_with_logits(net.logits(x), target, reduction="none").mean(1)
            optimizer.zero_grad()
            loss.mean().backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimizer.step()
            average.update_parameters(net)
            updates += 1
            if updates % 50 == 0:
                torch.save(average.module.state_dict(), out / "last.pt")
                print(f"updates {updates} minutes {(time.time() - begun) / 60:.1f}", flush=True)
            for kind, value in zip(kinds[chosen], loss.tolist()):
                total[kind][0] += value
                total[kind][1] += 1
            if used >= 1:
                break
        epoch += 1
        torch.save(average.module.state_dict(), out / "last.pt")
        losses = " ".join(f"{name} {total[k][0] / max(total[k][1], 1):.4f}"
                          for name, k in (("speech", SPEECH), ("ami", AMI), ("background", BACKGROUND)))
        print(f"epoch {epoch} updates {updates} cpu {time.process_time() / 60:.1f} minutes {(time.time() - begun) / 60:.1f} rate {rate:.5f} {losses}", flush=True)


if __name__ == "__main__":
    main()
