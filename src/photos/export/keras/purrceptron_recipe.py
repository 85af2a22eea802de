"""The parts of Purrceptron's recipe that are its own: random numbers, augmentation, evaluation.

They give what the app gives: the same seed, the same photos and the same base are the same training.
"""

import math

import numpy as np

MASK = 0xFFFFFFFF


class Random:
    """The app's generator: sfc32 of Chris Doty-Humphrey's PractRand, 128 bits of state."""

    def __init__(self, seed: int):
        self.state = [seed & MASK, 0x9E3779B9, 0x243F6A88, 1]
        # The first numbers still correlate with the seed.
        for _ in range(16):
            self.next()

    def next(self) -> float:
        """The next number, uniform in [0, 1)."""
        a, b, c, counter = self.state
        result = (a + b + counter) & MASK
        rotated = ((c << 21) | (c >> 11)) & MASK
        self.state = [b ^ (b >> 9), (c + (c << 3)) & MASK, (rotated + result) & MASK, (counter + 1) & MASK]
        return result / 2**32

    def shuffle(self, items: list) -> list:
        """Fisher-Yates, in place."""
        for i in range(len(items) - 1, 0, -1):
            j = int(self.next() * (i + 1))
            items[i], items[j] = items[j], items[i]
        return items

    def uniform(self, count: int) -> np.ndarray:
        return np.array([self.next() for _ in range(count)])


def fnv1a(text: str) -> int:
    """32-bit FNV-1a hash of the UTF-8 bytes: turns a name into a seed."""
    value = 0x811C9DC5
    for byte in text.encode():
        value = ((value ^ byte) * 0x01000193) & MASK
    return value


def augmentation_of(photo: str, variant: str) -> tuple[bool, float]:
    """Whether a variant of a photo is mirrored, and its rotation in radians, counter-clockwise.

    Random ones are Keras's RandomFlip("horizontal") and RandomRotation(0.2), seeded by the photo's id.
    """
    if variant in ("plain", "flip"):
        return variant == "flip", 0.0
    random = Random(fnv1a(f"{photo} {variant}"))
    flip = random.next() < 0.5
    return flip, (2 * random.next() - 1) * 0.2 * 2 * math.pi


def augment(image, flip, angle):
    """Mirrors and rotates one picture, [size, size, 3]: bilinear, reflected beyond the edge."""
    import tensorflow as tf

    image = tf.cond(flip, lambda: tf.reverse(image, [1]), lambda: image)
    last = tf.cast(tf.shape(image)[0] - 1, tf.float32)
    cos, sin = tf.cos(angle), tf.sin(angle)
    x = (last - (cos - sin) * last) / 2
    y = (last - (sin + cos) * last) / 2
    return tf.raw_ops.ImageProjectiveTransformV3(
        images=image[None],
        transforms=[[cos, -sin, x, sin, cos, y, 0.0, 0.0]],
        output_shape=tf.shape(image)[:2],
        fill_value=0.0,
        interpolation="BILINEAR",
        fill_mode="REFLECT",
    )[0]


def class_losses(logits: np.ndarray, temperature: float = 1.0) -> np.ndarray:
    """Cross-entropy for each class as the true one, [rows, classes], from [rows, outputs].

    A single output is the evidence for the second of two classes.
    """
    z = np.asarray(logits, "float64") / temperature
    if z.shape[1] == 1:
        z = np.concatenate([np.zeros_like(z), z], axis=1)
    z = z - z.max(axis=1, keepdims=True)
    return np.log(np.exp(z).sum(axis=1, keepdims=True)) - z


def metrics(logits: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    """Mean cross-entropy in nats, and accuracy."""
    losses = class_losses(logits)
    return float(losses[np.arange(len(labels)), labels].mean()), float((losses.argmin(1) == labels).mean())


def fit_temperature(logits: np.ndarray, labels: np.ndarray, prior: float) -> float:
    """The number that divides the logits (Guo et al. 2017), with a normal prior on its logarithm."""
    if len(labels) == 0:
        return prior
    grid = np.linspace(math.log(0.25), math.log(10), 4001)
    rows = np.arange(len(labels))
    cost = [
        class_losses(logits, math.exp(u))[rows, labels].sum()
        + (u - math.log(prior)) ** 2 / (2 * math.log(2) ** 2)
        for u in grid
    ]
    return float(math.exp(grid[int(np.argmin(cost))]))


def evaluation(logits: np.ndarray, labels: np.ndarray, photos: list[str], temperature: float) -> dict:
    """A test report in the app's form; see `Evaluation` in its src/records/model.ts."""
    losses = class_losses(logits, temperature)
    probabilities = np.exp(-losses)
    answers, best = probabilities.argmax(1), probabilities.max(1)
    classes = probabilities.shape[1]
    confusion = np.zeros((classes, classes), int)
    np.add.at(confusion, (labels, answers), 1)
    bins = 15
    index = np.clip(np.ceil(best * bins).astype(int), 1, bins) - 1
    reliability, error = [], 0.0
    for number in range(bins):
        inside = index == number
        entry = {"low": number / bins, "high": (number + 1) / bins, "count": int(inside.sum())}
        if inside.any():
            entry["confidence"] = float(best[inside].mean())
            entry["accuracy"] = float((answers == labels)[inside].mean())
            error += inside.mean() * abs(entry["accuracy"] - entry["confidence"])
        reliability.append(entry)
    outcomes = [
        {"photoId": photo, "truth": int(truth), "answer": int(answer), "probability": float(probability)}
        for photo, truth, answer, probability in zip(photos, labels, answers, best)
    ]
    mistakes = [outcome for outcome in outcomes if outcome["answer"] != outcome["truth"]]
    mistakes.sort(key=lambda each: (-each["probability"], each["photoId"]))
    return {
        "count": len(labels),
        "correct": int((answers == labels).sum()),
        "loss": float(losses[np.arange(len(labels)), labels].mean()),
        "confusion": confusion.tolist(),
        "reliability": reliability,
        "calibrationError": float(error),
        "mistakes": mistakes[:24],
        "outcomes": outcomes,
    }
