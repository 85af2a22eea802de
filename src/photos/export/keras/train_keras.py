#!/usr/bin/env python3
"""Trains Purrceptron's recipe in Keras, on one device, several GPUs or several machines.

    pip install tensorflow keras
    python train_keras.py --base MobileNetV2

It lies in a data set that the app has exported, reads the folders beside it, and writes into `result/`:
model.keras and model.h5, which the app opens, labels.txt, report.json, and a checkpoint after each epoch,
from which a run that was interrupted goes on. Several machines: TF_CONFIG, and --strategy workers.
https://www.tensorflow.org/guide/distributed_training
"""

import argparse
import json
import os
import time
from pathlib import Path

os.environ.setdefault("KERAS_BACKEND", "tensorflow")
import keras
import numpy as np
import tensorflow as tf
from purrceptron_network import Data, Network
from purrceptron_recipe import evaluation, fit_temperature
from purrceptron_training import Trainer

# The numbers of the app's presets; see its docs/learning.md.
PRESETS = {
    "tutorial": dict(epochs=10, batch_size=32, learning_rate=1e-4, schedule="constant", l2=0.0, centred=False,
                     prior_temperature=1.0, variants=[], alpha=1.0, fine_tune=True),
    "quick": dict(epochs=40, batch_size=16, learning_rate=3e-2, schedule="cosine", l2=5e-2, centred=True,
                  prior_temperature=0.55, variants=["plain", "flip"], alpha=0.5, fine_tune=False),
}


def parse(arguments=None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add = parser.add_argument
    here = Path(__file__).resolve().parent
    add("--data", type=Path, default=here, help="the unpacked data set; default: where this script lies")
    add("--out", type=Path, default=None, help="default: result/ in the data set")
    add("--base", default="MobileNetV2", help="a network of Keras Applications, or a .keras or .h5 file of one")
    add("--weights", default="imagenet", help="'imagenet' (downloaded by Keras), 'none', or a file of weights")
    add("--preprocessing", choices=["tf", "torch", "caffe", "none"], help="of the base; default: by its name")
    add("--size", type=int, default=160, help="side of the pictures in pixels")
    add("--preset", choices=PRESETS, default="tutorial")
    add("--seed", type=int, default=1)
    add("--dropout", type=float, default=0.2)
    for name in ("epochs", "batch-size"):
        add(f"--{name}", type=int)
    for name in ("learning-rate", "l2"):
        add(f"--{name}", type=float)
    add("--balanced", action="store_true", help="all classes count equally in the loss")
    add("--fine-tune", action=argparse.BooleanOptionalAction, default=None)
    add("--fine-tune-from", help="name of the first layer to train; default: at 100/154 of the base's depth")
    add("--fine-tune-epochs", type=int, default=10)
    add("--fine-tune-batch-size", type=int, default=32)
    add("--fine-tune-learning-rate", type=float, default=1e-5)
    add("--strategy", choices=["auto", "one", "mirrored", "workers"], default="auto",
        help="auto: workers where TF_CONFIG is set, mirrored where there are several GPUs")
    add("--exact", action="store_true", help="dropout too from the app's own generator; slower")
    options = parser.parse_args(arguments)
    for name, value in PRESETS[options.preset].items():
        if getattr(options, name, None) is None:
            setattr(options, name, value)
    options.out = options.out or options.data / "result"
    return options


def strategy_of(name: str) -> tf.distribute.Strategy:
    gpus = tf.config.list_logical_devices("GPU") if "TF_CONFIG" not in os.environ else []
    if name == "workers" or (name == "auto" and "TF_CONFIG" in os.environ):
        return tf.distribute.MultiWorkerMirroredStrategy()
    if name == "mirrored" or (name == "auto" and len(gpus) > 1):
        return tf.distribute.MirroredStrategy()
    return tf.distribute.get_strategy()


def make_trainable(network: Network, from_layer: str | None) -> str:
    """Unfreezes the base from a layer on. Returns the name of that layer."""
    layers = network.base.layers
    names = [layer.name for layer in layers]
    name = from_layer or names[round(len(names) * 100 / 154)]
    if name not in names:
        raise SystemExit(f"The base has no layer {name}. It has: {', '.join(names)}")
    network.base.trainable = True
    for layer in layers[: names.index(name)]:
        layer.trainable = False
    return name


def is_not_worse(after: dict, before: dict) -> bool:
    if not after:
        return True
    gain = after["validationAccuracy"] - before["validationAccuracy"]
    return gain > 0 or (gain == 0 and after["validationLoss"] <= before["validationLoss"])


def fine_tune(trainer: Trainer) -> dict:
    """Tunes the top of the base with the head, and keeps it if validation does not get worse."""
    network, options = trainer.network, trainer.options
    with trainer.strategy.scope():
        layer = make_trainable(network, options.fine_tune_from)
    initial = [variable.numpy() for variable in network.trainable]
    history, epoch, before = trainer.run(
        "fine-tuning", options.fine_tune_epochs, options.fine_tune_batch_size,
        options.fine_tune_learning_rate, keeps_best=True,
    )
    for variable, value in zip(network.trainable, initial):
        variable.assign(value + options.alpha * (variable.numpy() - value))
    after = trainer.validate()
    kept = epoch > 0 and is_not_worse(after, before)
    if not kept:
        for variable, value in zip(network.trainable, initial):
            variable.assign(value)
    counted = sum(int(np.prod(variable.shape)) for variable in network.trainable)
    return {
        "options": {"fromLayer": layer, "epochs": options.fine_tune_epochs,
                    "batchSize": options.fine_tune_batch_size, "alpha": options.alpha,
                    "learningRate": options.fine_tune_learning_rate},
        "trainableParameters": counted, "history": history, "epoch": epoch,
        "before": before, "after": after, "kept": kept,
    }


def train(options: argparse.Namespace) -> dict:
    """Trains, and writes the model and its report. Returns the report."""
    options.out.mkdir(parents=True, exist_ok=True)
    keras.utils.set_random_seed(options.seed)
    strategy = strategy_of(options.strategy)
    data = Data(options.data)
    with strategy.scope():
        network = Network(options, len(data.labels))
    trainer = Trainer(network, data, strategy)
    started = time.time()
    if options.centred:
        network.mean = network.features_of(data.train.paths).mean(axis=0)
    history, _, _ = trainer.run("head", options.epochs, options.batch_size, options.learning_rate, False)
    network.fold_mean()
    report = {
        "classes": data.labels, "base": {"name": options.base, "inputSize": options.size},
        "hyperparameters": {
            "preset": options.preset, "epochs": options.epochs, "batchSize": options.batch_size,
            "learningRate": options.learning_rate, "schedule": options.schedule, "l2": options.l2,
            "dropout": options.dropout, "centred": options.centred, "seed": options.seed,
        },
        "replicas": strategy.num_replicas_in_sync, "history": history,
    }
    if options.fine_tune:
        report["fineTuning"] = fine_tune(trainer)
    temperature = fit_temperature(
        trainer.asked(data.validation), data.validation.labels, options.prior_temperature
    )
    report["temperature"] = temperature
    if len(data.test.labels):
        logits = trainer.asked(data.test)
        report["test"] = evaluation(logits, data.test.labels, data.test.photos, temperature)
    splits = {"train": data.train, "validation": data.validation, "test": data.test}
    report["photoIds"] = {name: split.photos for name, split in splits.items()}
    report["seconds"] = time.time() - started
    if trainer.is_chief:
        network.save(options.out, data.labels, temperature)
        (options.out / "report.json").write_text(json.dumps(report, indent=1, ensure_ascii=False), "utf-8")
        for file in options.out.glob("checkpoint-*.npz"):
            file.unlink()
        test = report.get("test")
        if test:
            print(f"{test['correct']} of {test['count']} test photos are right.")
        print(f"{options.out / 'model.keras'}: open it in the app, Models, Add a model.")
    return report


if __name__ == "__main__":
    train(parse())
