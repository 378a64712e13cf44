"""Train the acoustic network in slices of wall-clock time, going on from a checkpoint where there is one.

    python -m asr.train DATA CHECKPOINT --minutes 80 [--slice 30]

The learning rate falls along a cosine over --minutes of training in all; --slice ends this process earlier, and the next one goes on.
With --teacher, a network that hears the speech before noise and room tells what it makes of it (teacher and student on parallel data, Li et al. 2017):
its hidden frames in the middle and its log-probabilities are targets beside CTC, which teaches noise with far fewer steps.
Loss: frame-wise cross-entropy on peaks (one frame per phone, blank around it) hands over to CTC; an auxiliary head names the phone of every frame.
"""

import argparse
import math
import pathlib
import time

import torch
import torch.nn.functional as F

from .data import BATCH_FRAMES, Batches
from .muon import Muon
from .network import AUXILIARY_BLOCK, Block, Network
from .phones import BLANK_ID, TOKENS

PEAK_RATE, WARM_UP_STEPS, AVERAGE = 1.6e-3, 200, 0.99


def weights_of_losses(progress):
    """(peaks, every frame, CTC): at first the synthesizers' times teach, then CTC refines."""
    return max(0.0, 1.0 - progress / 0.5), 0.5 * max(0.0, 1.0 - progress), min(1.0, progress / 0.1) if progress > 0.02 else 0.0


class Teacher:
    """What a finished network makes of the speech before it was spoiled."""

    def __init__(self, checkpoint, student):
        self.network = Network()
        self.network.load_state_dict(torch.load(checkpoint)["average"])
        self.network.eval()
        self.frames = {}
        for network in (self.network, student):
            network.blocks[AUXILIARY_BLOCK - 1].register_forward_hook(lambda module, _, output, network=network: self.frames.update({network is student: output}))

    def loss(self, logits, clean, lengths, dense):
        """Squared difference of hidden frames in the middle plus divergence from the teacher's log-probabilities, per frame that is no padding."""
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            target = self.network.encode(clean, lengths)[0].float().log_softmax(-1)
        seen = dense >= 0
        hidden = (self.frames[True].float() - self.frames[False].float()).square().mean(-1)[seen].mean()
        return hidden + F.kl_div(logits.log_softmax(-1)[seen], target[seen], reduction="batchmean", log_target=True)


def save(path, state):
    temporary = path.with_suffix(".tmp")
    torch.save(state, temporary)
    temporary.replace(path)


class Gossip:
    """Two processes on two cores: each trains by itself and now and then meets the other half-way (gossip averaging)."""

    def __init__(self, names):
        self.mine, self.theirs = map(pathlib.Path, names.split(","))
        self.heard = 0.0

    def exchange(self, network):
        state = {name: value for name, value in network.state_dict().items() if value.is_floating_point()}
        try:
            written = self.theirs.stat().st_mtime
            if written > self.heard:
                other, self.heard = torch.load(self.theirs), written
                for name, value in state.items():
                    value.lerp_(other[name], 0.5)
        except (FileNotFoundError, EOFError, RuntimeError):
            pass
        save(self.mine, state)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data")
    parser.add_argument("checkpoint", type=pathlib.Path)
    parser.add_argument("--minutes", type=float, default=80)
    parser.add_argument("--slice", type=float, default=1e9)
    parser.add_argument("--rate", type=float, default=PEAK_RATE)
    parser.add_argument("--threads", type=int, default=1, help="one: on shared cores threads wait for each other; start two processes with --gossip instead")
    parser.add_argument("--gossip", default="", help="MINE,THEIRS: every 20 steps write the weights to MINE and average with THEIRS, another process's")
    parser.add_argument("--strength", type=float, default=0.5, help="of the augmentation at most; more hours of training bear more")
    parser.add_argument("--taught", type=float, default=0.0, help="share of the way from easy to hard that lies behind the first checkpoint: for one of warm_start, 0.5")
    parser.add_argument("--teacher", type=pathlib.Path, help="a checkpoint whose network hears the speech before it is spoiled")
    parser.add_argument("--batch-frames", type=int, default=BATCH_FRAMES, help="of 10 ms")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--compile", action="store_true", help="blocks by a C++ compiler, once and then from its cache: a third faster, after a minute or two")
    options = parser.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(0)
    if options.compile:
        Block.forward = torch.compile(Block.forward, dynamic=True)
    network = Network()
    average = Network()
    average.load_state_dict(network.state_dict())
    muon = Muon(p for p in network.blocks.parameters() if p.dim() == 2)
    orthogonal = {id(p) for group in muon.param_groups for p in group["params"]}
    decayed = [p for p in network.parameters() if p.dim() > 1 and id(p) not in orthogonal]
    plain = [p for p in network.parameters() if p.dim() <= 1]
    optimizer = torch.optim.AdamW([{"params": decayed, "weight_decay": 0.02}, {"params": plain, "weight_decay": 0.0}], lr=1e-3, betas=(0.9, 0.98), fused=True)
    step, trained, hours = 0, 0.0, 0.0
    if options.checkpoint.exists():
        state = torch.load(options.checkpoint)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        if "muon" in state:
            muon.load_state_dict(state["muon"])
            optimizer.load_state_dict(state["optimizer"])
        step, trained, hours = state["step"], state["minutes"], state["hours"]
    print(f"{sum(p.numel() for p in network.parameters()) / 1e6:.2f} M parameters, step {step}, {trained:.1f} min, {hours:.1f} h", flush=True)
    gossip = Gossip(options.gossip) if options.gossip else None
    teacher = Teacher(options.teacher, network) if options.teacher else None
    strength = torch.tensor(0.0).share_memory_()
    batches = iter(torch.utils.data.DataLoader(Batches(options.data, 1000 + 7919 * options.seed + step, strength, options.batch_frames), batch_size=None, num_workers=1, prefetch_factor=8))
    start, saved, sums = time.time(), time.time(), torch.zeros(5)
    network.train()
    while True:
        minutes = trained + (time.time() - start) / 60
        progress = min(1.0, minutes / options.minutes)
        ending = progress >= 1.0 or minutes - trained > options.slice
        if ending or time.time() - saved > 240:
            save(options.checkpoint, {"network": network.state_dict(), "average": average.state_dict(), "optimizer": optimizer.state_dict(), "muon": muon.state_dict(), "step": step, "minutes": minutes, "hours": hours, "progress": progress})
            saved = time.time()
        if ending:
            return
        difficulty = options.taught + (1 - options.taught) * progress
        strength.fill_(min(options.strength, difficulty))
        for group in optimizer.param_groups + muon.param_groups:
            group["lr"] = options.rate * min(1.0, (step + 1) / WARM_UP_STEPS) * (0.5 * (1 + math.cos(math.pi * progress)) + 0.005)
        features, clean, lengths, dense, peaks, targets, target_lengths = next(batches)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            logits, auxiliary, output_lengths = network.encode(features, lengths)
        logits, auxiliary = logits.float(), auxiliary.float()
        peak_weight, dense_weight, ctc_weight = weights_of_losses(difficulty)
        peak_loss = F.cross_entropy(logits.reshape(-1, len(TOKENS)), peaks.reshape(-1), ignore_index=-100)
        dense_loss = F.cross_entropy(auxiliary.reshape(-1, len(TOKENS)), dense.reshape(-1), ignore_index=-100)
        ctc_loss = torch.zeros(())
        if ctc_weight:
            ctc_loss = F.ctc_loss(logits.log_softmax(-1).transpose(0, 1), targets, output_lengths, target_lengths, blank=BLANK_ID, zero_infinity=True)
        teacher_loss = teacher.loss(logits, clean, lengths, dense) if teacher else torch.zeros(())
        loss = peak_weight * peak_loss + dense_weight * dense_loss + ctc_weight * ctc_loss + teacher_loss
        network.zero_grad(set_to_none=True)
        loss.backward()
        norm = torch.nn.utils.clip_grad_norm_(network.parameters(), 2.0)
        if torch.isfinite(norm):
            optimizer.step()
            muon.step()
        step += 1
        if gossip and step % 20 == 0:
            with torch.no_grad():
                gossip.exchange(network)
        hours += int(lengths.sum()) / 360000
        with torch.no_grad():
            keep = min(AVERAGE, (1 + step) / (20 + step))
            torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - keep)
            for mine, theirs in zip(average.buffers(), network.buffers()):
                mine.copy_(theirs)
        sums += torch.stack([peak_loss.detach(), dense_loss.detach(), ctc_loss.detach(), teacher_loss.detach(), norm.detach()])
        if step % 50 == 0:
            peak, every, ctc, taught, size = (sums / 50).tolist()
            print(f"{minutes:6.1f} min  step {step}  peaks {peak:.3f}  frames {every:.3f}  ctc {ctc:.3f}  teacher {taught:.3f}  norm {size:.2f}  seen {hours:.1f} h", flush=True)
            sums.zero_()


if __name__ == "__main__":
    main()
