"""The training loop, on any strategy of tf.distribute."""

import json
import math
import time

import keras
import numpy as np
import tensorflow as tf
from purrceptron_network import Data, Network, Split, pictures
from purrceptron_recipe import Random, augment, augmentation_of, metrics


class Trainer:
    """The training loop of the app: shuffled examples, Adam, metrics, a checkpoint after each epoch."""

    def __init__(self, network: Network, data: Data, strategy: tf.distribute.Strategy):
        self.network, self.data, self.strategy = network, data, strategy
        self.options = network.options
        resolver = getattr(strategy, "cluster_resolver", None)
        self.is_chief = resolver is None or resolver.task_id in (0, None)

    def examples(self, order: list, random: Random) -> tf.distribute.DistributedDataset:
        """Batches of (picture, label, weight, dropout mask) in this order, divided among the devices."""
        options, network, train = self.options, self.network, self.data.train
        turns = [augmentation_of(train.photos[photo], variant) for variant, photo in order]
        labels = train.labels[[photo for _, photo in order]]
        counts = np.bincount(train.labels, minlength=len(self.data.labels))
        weights = len(train.labels) / (len(counts) * counts) if options.balanced else np.ones(len(counts))

        def masks():
            for _ in order:
                drawn = random.uniform(network.length) if options.exact and options.dropout else None
                kept = np.ones(network.length) if drawn is None else drawn >= options.dropout
                yield (kept / (1 - options.dropout if drawn is not None else 1)).astype("float32")

        paths = [train.paths[photo] for _, photo in order]
        columns = (
            pictures(paths, options.size),
            tf.data.Dataset.from_tensor_slices(np.array([flip for flip, _ in turns])),
            tf.data.Dataset.from_tensor_slices(np.array([angle for _, angle in turns], "float32")),
            tf.data.Dataset.from_tensor_slices((labels, weights[labels].astype("float32"))),
            tf.data.Dataset.from_generator(
                masks, output_signature=tf.TensorSpec([network.length], tf.float32)
            ),
        )

        def example(picture, flip, angle, label, mask):
            return augment(picture, flip, angle), label[0], label[1], mask

        dataset = tf.data.Dataset.zip(columns).map(example, num_parallel_calls=tf.data.AUTOTUNE)
        sharding = tf.data.Options()
        policy = tf.data.experimental.AutoShardPolicy.DATA
        sharding.experimental_distribute.auto_shard_policy = policy
        dataset = dataset.batch(self.batch_size).prefetch(tf.data.AUTOTUNE).with_options(sharding)
        return self.strategy.experimental_distribute_dataset(dataset)

    def loss_and_gradients(self, picture, label, weight, mask, size):
        """Of one device's part of a batch of `size` examples; also its summed cross-entropy and hits."""
        network, options = self.network, self.options
        variables = network.trainable
        with tf.GradientTape(watch_accessed_variables=False) as tape:
            tape.watch([variable.value for variable in variables])
            features = network.features(picture, training=False) - network.mean
            dropped = features * mask if options.exact else network.dropout(features, training=True)
            logits = network.head(dropped)
            if network.outputs == 1:
                truth = tf.cast(label, tf.float32)[:, None]
                losses = tf.nn.sigmoid_cross_entropy_with_logits(truth, logits)[:, 0]
                hits = (logits[:, 0] > 0) == (label == 1)
            else:
                losses = tf.nn.sparse_softmax_cross_entropy_with_logits(label, logits)
                hits = tf.argmax(logits, 1) == label
            penalty = options.l2 / 2 * tf.reduce_sum(network.head.kernel.value**2)
            shared = penalty / self.strategy.num_replicas_in_sync
            loss = tf.reduce_sum(losses * weight) / size + shared
        gradients = tape.gradient(loss, [variable.value for variable in variables])
        return gradients, tf.reduce_sum(losses), tf.reduce_sum(tf.cast(hits, tf.float32))

    def make_step(self, optimizer: keras.optimizers.Optimizer):
        def on_device(picture, label, weight, mask, size):
            gradients, loss, hits = self.loss_and_gradients(picture, label, weight, mask, size)
            optimizer.apply(gradients, self.network.trainable)
            return loss, hits

        @tf.function(reduce_retracing=True)
        def step(batch, size):
            sums = self.strategy.run(on_device, args=(*batch, size))
            return [self.strategy.reduce("SUM", each, axis=None) for each in sums]

        return step

    def expect_same(self, done: int) -> None:
        """Ends when the workers would not go on from the same epoch."""
        each = self.strategy.run(lambda: tf.constant(float(done)))
        if float(self.strategy.reduce("MEAN", each, axis=None)) != done:
            raise SystemExit("The workers found different checkpoints: --out must be a folder that all see.")

    def validate(self) -> dict:
        """Validation metrics; empty without photos."""
        split = self.data.validation
        if len(split.labels) == 0:
            return {}
        loss, accuracy = metrics(self.asked(split), split.labels)
        return {"validationLoss": loss, "validationAccuracy": accuracy}

    def asked(self, split: Split) -> np.ndarray:
        """Logits as the preset asks for them: of the photo, or the mean with its mirror image."""
        views = [variant == "flip" for variant in self.options.variants] or [False]
        return np.mean([self.network.logits(split.paths, flip) for flip in views], axis=0)

    def run(self, stage: str, epochs: int, batch_size: int, learning_rate: float, keeps_best: bool):
        """Trains what is trainable. Returns the history, the best epoch, and the metrics from before."""
        network, options = self.network, self.options
        self.batch_size = batch_size
        random = network.random if stage == "head" else Random(options.seed)
        with self.strategy.scope():
            optimizer = keras.optimizers.Adam(learning_rate)
            optimizer.build(network.trainable)
        state = [*network.trainable, *optimizer.variables]
        before = self.validate() if keeps_best else {}
        history, best = [], (0, [variable.numpy() for variable in network.trainable])
        file = options.out / f"checkpoint-{stage}.npz"
        if file.exists():
            stored = np.load(file, allow_pickle=False)
            facts = json.loads(str(stored["facts"]))
            history, before, random.state = facts["history"], facts["before"], facts["random"]
            for i, variable in enumerate(state):
                variable.assign(stored[f"state_{i}"])
            best = facts["best"], [stored[f"best_{i}"] for i in range(len(network.trainable))]
        self.expect_same(len(history))
        step = self.make_step(optimizer)
        already = 0 if stage == "head" else options.epochs
        for epoch in range(len(history) + 1, epochs + 1):
            variants = options.variants or [f"augmented-{already + epoch}"]
            order = random.shuffle(
                [(variant, photo) for variant in variants for photo in range(len(self.data.train.paths))]
            )
            steps, loss, hits, started = math.ceil(len(order) / batch_size), 0.0, 0.0, time.time()
            for number, batch in enumerate(self.examples(order, random)):
                done = (epoch - 1) * steps + number
                decay = (1 + math.cos(math.pi * done / (epochs * steps))) / 2
                optimizer.learning_rate = learning_rate * (decay if options.schedule == "cosine" else 1)
                size = min(batch_size, len(order) - number * batch_size)
                sums = step(batch, tf.constant(size, tf.float32))
                loss, hits = loss + float(sums[0]), hits + float(sums[1])
            if not math.isfinite(loss):
                raise SystemExit(f"The training diverged in epoch {epoch}; the last checkpoint is whole.")
            entry = {"epoch": epoch, "loss": loss / len(order), "accuracy": hits / len(order)}
            entry |= self.validate()
            lowest = min((each.get("validationLoss", math.inf) for each in history), default=math.inf)
            if entry.get("validationLoss", -math.inf) < lowest:
                best = epoch, [variable.numpy() for variable in network.trainable]
            history.append(entry)
            if self.is_chief:
                facts = {"history": history, "before": before, "random": random.state, "best": best[0]}
                values = {f"state_{i}": variable.numpy() for i, variable in enumerate(state)}
                values |= {f"best_{i}": value for i, value in enumerate(best[1])}
                partial = file.with_suffix(".partial.npz")
                np.savez(partial, facts=json.dumps(facts), **values)
                partial.replace(file)
                figures = ", ".join(f"{key} {value:.4f}" for key, value in entry.items() if key != "epoch")
                print(f"{stage} {epoch}/{epochs}: {figures} ({time.time() - started:.1f} s)", flush=True)
        if keeps_best:
            for variable, value in zip(network.trainable, best[1]):
                variable.assign(value)
        return history, best[0] if keeps_best else len(history), before
