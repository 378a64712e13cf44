"""The Muon optimizer for matrices: steps whose directions all count the same (Jordan et al. 2024, "Muon"), as large as AdamW's (Liu et al. 2025, "Muon is scalable")."""

import torch


def orthogonal(matrices):
    """Newton-Schulz iteration of a stack of matrices (n, rows, columns) towards the nearest orthogonal ones."""
    x = matrices.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(5):
        a = x @ x.transpose(1, 2)
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return (x.transpose(1, 2) if tall else x).float()


class Muon(torch.optim.Optimizer):
    """For parameters of two axes; one whose attribute `matrices` says so is several below each other. Nesterov momentum, decoupled weight decay."""

    def __init__(self, parameters, lr=1e-3, momentum=0.95, weight_decay=0.02):
        super().__init__(list(parameters), {"lr": lr, "momentum": momentum, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            stacks = {}
            for parameter in group["params"]:
                state = self.state[parameter]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(parameter)
                buffer = state["momentum"]
                buffer.lerp_(parameter.grad, 1 - group["momentum"])
                update = parameter.grad.lerp(buffer, group["momentum"])
                parts = getattr(parameter, "matrices", 1)
                for part, (piece, target) in enumerate(zip(update.chunk(parts), parameter.chunk(parts))):
                    stacks.setdefault(tuple(piece.shape), []).append((piece, target))
            for (rows, columns), items in stacks.items():
                steps = orthogonal(torch.stack([piece for piece, _ in items])) * (0.2 * max(rows, columns) ** 0.5)
                for step, (_, target) in zip(steps, items):
                    target.mul_(1 - group["lr"] * group["weight_decay"]).sub_(step, alpha=group["lr"])
