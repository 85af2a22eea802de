"""The photos of a data set, and the network: a base of Keras Applications and the app's head."""

import argparse
import csv
import hashlib
import math
from pathlib import Path

import keras
import numpy as np
import tensorflow as tf
from purrceptron_recipe import Random

# Keras's mode of preprocessing by the start of a network's name; the others rescale pixels themselves.
MODES = [("MobileNetV3", None), ("EfficientNet", None), ("ConvNeXt", None), ("DenseNet", "torch"),
         ("VGG", "caffe"), ("ResNet50V2", "tf"), ("ResNet101V2", "tf"), ("ResNet152V2", "tf"),
         ("ResNet", "caffe"), ("", "tf")]


class Split:
    """The photos of one split, in the app's order: by the hash of their bytes."""

    def __init__(self, folder: Path, rows: dict, classes: list[str]):
        self.paths, self.labels, self.photos = [], np.zeros(0, int), []
        if not folder.is_dir():
            return
        listed = keras.utils.image_dataset_from_directory(
            folder, class_names=sorted(path.name for path in folder.iterdir() if path.is_dir()),
            shuffle=False, batch_size=None, verbose=False,
        ) if any(folder.glob("*/*")) else None
        paths = [Path(path) for path in listed.file_paths] if listed else []
        paths = [path for path in paths if path.parent.name in classes]
        paths.sort(key=lambda path: hashlib.sha256(path.read_bytes()).hexdigest())
        self.paths = [str(path) for path in paths]
        self.labels = np.array([classes.index(path.parent.name) for path in paths], int)
        # Photos without a row in labels.csv, as of another data set, are seeded by their path.
        keys = [path.relative_to(folder.parent).as_posix() for path in paths]
        self.photos = [rows.get(key, {}).get("id", key) for key in keys]


class Data:
    """A data set of the app, or any folder with `train/CLASS/*.jpg`, `validation/` and `test/`."""

    def __init__(self, folder: Path):
        table = folder / "labels.csv"
        lines = table.read_text("utf-8").splitlines() if table.exists() else []
        rows = {row["filename"]: row for row in csv.DictReader(lines)}
        names = {Path(path).parts[1]: row for path, row in rows.items()}
        train = folder / "train"
        found = [path.name for path in train.iterdir() if any(path.glob("*"))] if train.is_dir() else []
        # The app's own order of the classes; where it is not known, that of Keras.
        found.sort(key=lambda name: (int(names.get(name, {}).get("order") or 0), name))
        if len(found) < 2:
            raise SystemExit(f"{train} has photos of fewer than two classes.")
        self.labels = [names.get(name, {}).get("label", name) for name in found]
        self.train, self.validation, self.test = (
            Split(folder / split, rows, found) for split in ("train", "validation", "test")
        )


def decoded(file):
    """The pixels of a JPEG, PNG, BMP or GIF file, [height, width, 3], as a browser decodes them.

    TensorFlow decodes a JPEG fast by default, which is up to 8 of 255 off; browsers decode it exactly.
    """
    return tf.cond(
        tf.io.is_jpeg(file),
        lambda: tf.io.decode_jpeg(file, channels=3, dct_method="INTEGER_ACCURATE"),
        lambda: tf.io.decode_image(file, channels=3, expand_animations=False),
    )


def pictures(paths, size: int):
    """Reads pictures, [size, size, 3], 0 to 255."""
    def read(path):
        pixels = tf.ensure_shape(decoded(tf.io.read_file(path)), [None, None, 3])
        pixels = tf.image.resize(pixels, [size, size], method="area")
        return tf.ensure_shape(pixels, [size, size, 3])
    return tf.data.Dataset.from_tensor_slices(paths).map(read, num_parallel_calls=tf.data.AUTOTUNE)


def preprocessing(mode: str | None) -> list[keras.layers.Layer]:
    """What maps pixels to the input of the base, in layers that the app reads."""
    if mode == "tf":
        return [keras.layers.Rescaling(1 / 127.5, offset=-1, name="preprocessing")]
    if mode == "torch":
        mean, deviation = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])
        scale, offset = (1 / 255 / deviation).tolist(), (-mean / deviation).tolist()
        return [keras.layers.Rescaling(scale, offset=offset, name="preprocessing")]
    if mode == "caffe":
        layer = keras.layers.Conv2D(3, 1, name="preprocessing", trainable=False)
        layer.build((None, None, None, 3))
        layer.set_weights([np.eye(3)[:, ::-1][None, None], np.array([-103.939, -116.779, -123.68])])
        return [layer]
    return []


def load_base(options: argparse.Namespace) -> tuple[keras.Model, str | None]:
    """The base without its head, and its mode of preprocessing."""
    mode = options.preprocessing or next(mode for start, mode in MODES if options.base.startswith(start))
    if not options.base.endswith((".keras", ".h5")):
        weights = None if options.weights == "none" else options.weights
        more = {"include_preprocessing": True} if options.base.startswith("MobileNetV3") else {}
        make = getattr(keras.applications, options.base)
        shape = (options.size, options.size, 3)
        base = make(include_top=False, input_shape=shape, weights=weights, **more)
        return base, None if mode == "none" else mode
    model = keras.models.load_model(options.base, compile=False)
    if len(model.output.shape) == 2:
        pools = [each for each in model.layers if isinstance(each, keras.layers.GlobalAveragePooling2D)]
        if not pools:
            raise SystemExit(f"{options.base} has no feature map that is pooled.")
        model = keras.Model(model.input, pools[-1].input)
    return model, None if mode == "none" else mode


class Network:
    """The model, and what the training computes with it. `model` answers with probabilities."""

    def __init__(self, options: argparse.Namespace, classes: int):
        self.base, mode = load_base(options)
        self.base.trainable = False
        self.options, self.outputs = options, 1 if classes == 2 else classes
        inputs = keras.Input((options.size, options.size, 3), name="image")
        x = inputs
        for layer in preprocessing(mode):
            x = layer(x)
        # Batch normalisation stays in inference mode, also while its gamma and beta are tuned.
        x = self.base(x, training=False)
        features = keras.layers.GlobalAveragePooling2D(name="features")(x)
        self.length = features.shape[-1]
        self.features = keras.Model(inputs, features)
        kept = keras.layers.Dropout(options.dropout, seed=options.seed)(features)
        self.dropout = keras.Model(features, kept)
        self.head = keras.layers.Dense(self.outputs, name="dense")
        self.head.build((None, self.length))
        self.random = Random(options.seed)
        limit = math.sqrt(6 / (self.length + self.outputs))
        kernel = (2 * self.random.uniform(self.length * self.outputs) - 1) * limit
        self.head.set_weights([kernel.reshape(self.length, self.outputs), np.zeros(self.outputs)])
        self.mean = np.zeros(self.length, "float32")
        activation = "sigmoid" if self.outputs == 1 else "softmax"
        answer = keras.layers.Dense(self.outputs, activation=activation, name="predictions")
        self.model = keras.Model(inputs, answer(kept), name="purrceptron")

    @property
    def trainable(self) -> list:
        return [*self.base.trainable_variables, *self.head.trainable_variables]

    def logits(self, paths, flip: bool = False) -> np.ndarray:
        """Of photos, without dropout: [photos, outputs]; every worker computes all of them."""
        return self.features_of(paths, flip) @ self.head.kernel.numpy() + self.head.bias.numpy()

    def features_of(self, paths, flip: bool = False) -> np.ndarray:
        rows = [np.zeros((0, self.length), "float32")]
        if len(paths):
            for batch in pictures(list(paths), self.options.size).batch(32).prefetch(tf.data.AUTOTUNE):
                x = batch[:, :, ::-1] if flip else batch
                rows.append(self._infer(x).numpy())
        return np.concatenate(rows) - self.mean

    @tf.function(reduce_retracing=True)
    def _infer(self, x):
        return self.features(x, training=False)

    def fold_mean(self) -> None:
        """Turns the head of centred features into one of plain features."""
        self.head.bias.assign_sub(self.mean @ self.head.kernel.numpy())
        self.mean = np.zeros(self.length, "float32")

    def save(self, out: Path, labels: list[str], temperature: float) -> None:
        kernel, bias = self.head.get_weights()
        answer = self.model.get_layer("predictions")
        answer.set_weights([kernel / temperature, bias / temperature])
        self.model.save(out / "model.keras")
        self.model.save(out / "model.h5")
        (out / "labels.txt").write_text("".join(f"{i} {label}\n" for i, label in enumerate(labels)), "utf-8")
