"""What Keras computes, for the tests that compare the app with it. Prints JSON.

Usage: python keras_checks.py base FILE.keras SIZE
       python keras_checks.py numbers FILE.json
       python keras_checks.py features DATA_SET BASE SIZE
       python keras_checks.py step DATA_SET [--plain] OPTION...
       python keras_checks.py predict MODEL PICTURE...
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import keras
import numpy as np
import tensorflow as tf


def base(file: str, size: str) -> dict:
    """Writes MobileNetV2 with random weights, whose features tell pictures apart.

    Random layers alone would give the same features to all pictures, so the statistics of the batch
    normalizations are those of patches of colour.
    """
    keras.utils.set_random_seed(7)
    shape = (int(size), int(size), 3)
    model = keras.applications.MobileNetV2(
        weights=None, include_top=False, alpha=0.35, input_shape=shape
    )
    random = np.random.default_rng(7)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.gamma.assign(random.uniform(0.8, 1.6, layer.gamma.shape))
            layer.beta.assign(random.uniform(-0.2, 0.6, layer.beta.shape))
            layer.momentum = 0.0
    patches = tf.image.resize(random.uniform(-1, 1, (32, 6, 6, 3)), (int(size), int(size)))
    model(patches, training=True)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = 0.99
    model.save(file)
    return {"layers": len(model.layers), "parameters": model.count_params()}


def numbers(file: str) -> dict:
    """Augmentation, optimizer, loss and metrics at the given numbers."""
    given = json.loads(Path(file).read_text())
    size = given["size"]
    picture = np.array(given["picture"], "float32").reshape(size, size, 3)
    pictures = []
    for flip, angle in given["augmentations"]:
        turn = angle / (2 * np.pi)
        x = picture[:, ::-1] if flip else picture
        layer = keras.layers.RandomRotation((turn, turn), fill_mode="reflect", interpolation="bilinear")
        pictures.append(np.asarray(layer(x[None], training=True))[0].ravel().tolist())

    variable = keras.Variable(given["weights"])
    optimizer = keras.optimizers.Adam(given["learningRate"])
    optimizer.build([variable])
    steps = []
    for gradient in given["gradients"]:
        optimizer.apply([tf.constant(gradient, "float32")])
        steps.append(variable.numpy().tolist())

    batches = []
    for batch in given["batches"]:
        logits, labels = tf.constant(batch["logits"], "float32"), np.array(batch["labels"])
        outputs = logits.shape[1]
        truth = labels[:, None].astype("float32") if outputs == 1 else keras.utils.to_categorical(labels, outputs)
        loss_of = (
            keras.losses.BinaryCrossentropy(from_logits=True)
            if outputs == 1
            else keras.losses.CategoricalCrossentropy(from_logits=True)
        )
        accuracy = keras.metrics.BinaryAccuracy(threshold=0) if outputs == 1 else keras.metrics.CategoricalAccuracy()
        accuracy.update_state(truth, logits)
        weights = np.array(batch["classWeights"], "float32")[labels]
        with tf.GradientTape() as tape:
            tape.watch(logits)
            loss = loss_of(truth, logits, sample_weight=weights)
        batches.append({
            "loss": float(loss_of(truth, logits)),
            "accuracy": float(accuracy.result()),
            "gradient": tape.gradient(loss, logits).numpy().ravel().tolist(),
        })
    return {"pictures": pictures, "steps": steps, "batches": batches}


def features(folder: str, base_file: str, size: str) -> dict:
    """The features of the test photos by their id, with the scripts of the data set itself."""
    sys.path.insert(0, folder)
    from purrceptron_network import Data, Network
    from train_keras import parse

    data = Data(Path(folder))
    network = Network(parse(["--base", base_file, "--size", size]), len(data.labels))
    split = data.test
    return dict(zip(split.photos, network.features_of(split.paths).tolist()))


def step(folder: str, *options: str) -> dict:
    """Trains with the scripts of a data set, one step of fine-tuning.

    With `--plain` as the first option, it trains on the pictures as they are, not on rotated ones.
    Returns the weights of the model that they saved, and for those that were tuned their gradients, by
    the names of layer and weight.
    """
    sys.path.insert(0, folder)
    # The checkpoint stays: it has Adam's first moment, which is a tenth of the first gradient.
    Path.unlink = lambda *_, **__: None
    from purrceptron_training import Trainer
    from train_keras import parse, train

    names, run = [], Trainer.run

    def run_and_note(trainer, *arguments, **more):
        layers = [*trainer.network.base.layers, trainer.network.head]
        by_id = {id(weight): f"{layer.name}/{weight.name}" for layer in layers for weight in layer.weights}
        names[:] = [by_id[id(weight)] for weight in trainer.network.trainable]
        return run(trainer, *arguments, **more)

    Trainer.run = run_and_note
    is_plain = options[0] == "--plain"
    parsed = parse(options[1:] if is_plain else options)
    if is_plain:
        parsed.variants = ["plain"]
    train(parsed)
    result = Path(folder) / "result"
    stored = np.load(result / "checkpoint-fine-tuning.npz", allow_pickle=False)
    # The weights, the number of steps, the learning rate, and two moments of each weight.
    first = [stored[f"state_{len(names) + 2 + 2 * i}"] for i in range(len(names))]
    model = keras.models.load_model(result / "model.keras", compile=False)
    layers = [inner for layer in model.layers for inner in (getattr(layer, "layers", None) or [layer])]
    return {
        "weights": {
            f"{layer.name}/{weight.name}": weight.numpy().ravel().tolist()
            for layer in layers
            for weight in layer.weights
        },
        "gradients": {name: (10 * value).ravel().tolist() for name, value in zip(names, first)},
    }


def predict(file: str, *paths: str) -> list:
    """The probabilities of JPEG files that have the size of the model's input."""
    model = keras.models.load_model(file, compile=False)
    exactly = {"channels": 3, "dct_method": "INTEGER_ACCURATE"}
    pictures = [tf.io.decode_jpeg(tf.io.read_file(path), **exactly).numpy() for path in paths]
    answers = np.asarray(model(np.stack(pictures).astype("float32"), training=False))
    return (np.concatenate([1 - answers, answers], 1) if answers.shape[1] == 1 else answers).tolist()


if __name__ == "__main__":
    commands = {"base": base, "numbers": numbers, "features": features, "step": step, "predict": predict}
    print(json.dumps(commands[sys.argv[1]](*sys.argv[2:])))
