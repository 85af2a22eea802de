"""Makes models with Keras, and what Keras computes with them, for test/interop/keras-applications.spec.ts.

Usage: python make_keras_models.py FOLDER

For each network of Keras Applications, with random weights at the smallest input that it takes:
NAME.keras, NAME.h5, and NAME.json with the features of one picture after global average pooling.
Then classifiers of three classes, with their probabilities. The picture is picture_SIZE.bin: RGB,
one byte a number, row by row.
"""

import json
import os
import sys

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

import keras
import numpy as np

FOLDER = sys.argv[1]

# name, module, function, smallest input, preprocessing mode, other arguments
APPLICATIONS = [
    ("MobileNet", "mobilenet", 32, "tf", {}),
    ("MobileNetV2", "mobilenet_v2", 32, "tf", {}),
    ("MobileNetV3Small", "mobilenet_v3", 32, "0..255", {}),
    ("EfficientNetB0", "efficientnet", 32, "0..255", {}),
    ("ResNet50", "resnet", 32, "caffe", {}),
    ("DenseNet121", "densenet", 32, "torch", {}),
    ("NASNetMobile", "nasnet", 32, "tf", {}),
    ("InceptionV3", "inception_v3", 75, "tf", {}),
    ("Xception", "xception", 71, "tf", {}),
    ("VGG16", "vgg16", 32, "caffe", {}),
]


def picture(size):
    """A picture with edges, gradients and three different channels."""
    y, x = np.mgrid[0:size, 0:size]
    red = (x * 255 // size).astype(np.uint8)
    green = (y * 255 // size).astype(np.uint8)
    blue = (((x // 5 + y // 7) % 2) * 200 + 20).astype(np.uint8)
    return np.stack([red, green, blue], axis=-1)


def random_weights(model, seed):
    """Random statistics too, so that a moving mean taken for a variance shows."""
    rng = np.random.default_rng(seed)
    for layer in model._flatten_layers(include_self=False):
        if isinstance(layer, keras.layers.BatchNormalization):
            values = []
            for weight in layer.weights:
                low, high = (0.5, 1.5) if weight.name.endswith(("variance", "gamma")) else (-0.2, 0.2)
                values.append(rng.uniform(low, high, weight.shape).astype("float32"))
            layer.set_weights(values)


def write(name, value):
    with open(os.path.join(FOLDER, name), "w") as file:
        json.dump(value, file)


def save(model, name):
    model.save(os.path.join(FOLDER, f"{name}.keras"))
    model.save(os.path.join(FOLDER, f"{name}.h5"))


def application(name, module, size, mode, arguments):
    if os.path.exists(os.path.join(FOLDER, f"{name}.json")):
        return
    keras.utils.set_random_seed(7)
    package = getattr(keras.applications, module)
    model = getattr(keras.applications, name)(
        weights=None, include_top=False, input_shape=(size, size, 3), **arguments
    )
    random_weights(model, 7)
    save(model, name)
    pixels = picture(size)
    batch = package.preprocess_input(pixels[np.newaxis].astype("float32"))
    features = np.asarray(model(batch, training=False)).mean(axis=(1, 2))[0]
    write(f"{name}.json", {
        "size": size, "mode": mode, "layers": len(model.layers),
        "parameters": model.count_params(), "features": features.tolist(),
    })
    print(name, model.count_params(), flush=True)


def classifiers():
    layers = keras.layers
    keras.utils.set_random_seed(11)

    def whole():
        return keras.applications.MobileNetV2(weights=None, alpha=0.35, classes=3, input_shape=(96, 96, 3))

    def transfer():
        base = keras.applications.MobileNetV2(
            weights=None, alpha=0.35, include_top=False, input_shape=(96, 96, 3))
        inputs = keras.Input((96, 96, 3))
        x = layers.RandomFlip("horizontal")(inputs)
        x = keras.applications.mobilenet_v2.preprocess_input(x)
        x = base(x, training=False)
        x = layers.GlobalAveragePooling2D()(x)
        x = layers.Dropout(0.2)(x)
        return keras.Model(inputs, layers.Dense(1, activation="sigmoid")(x))

    def hidden():
        return keras.Sequential([
            keras.Input((64, 64, 3)), layers.Rescaling(1 / 255),
            layers.Conv2D(8, 3, activation="relu"), layers.MaxPooling2D(),
            layers.Conv2D(16, 3, activation="relu"), layers.MaxPooling2D(),
            layers.Flatten(), layers.Dense(24, activation="relu"), layers.Dropout(0.3),
            layers.Dense(3, activation="softmax"),
        ])

    def normalised():
        return keras.Sequential([
            keras.Input((64, 64, 3)), layers.Rescaling(1 / 127.5, offset=-1),
            layers.SeparableConv2D(12, 3, strides=2, use_bias=False), layers.BatchNormalization(),
            layers.ReLU(6.0), layers.DepthwiseConv2D(3, padding="same"), layers.Activation("swish"),
            layers.AveragePooling2D(31), layers.Flatten(), layers.BatchNormalization(),
            layers.Dense(4), layers.Softmax(),
        ])

    for make, classes in [(whole, 3), (transfer, 2), (hidden, 3), (normalised, 4)]:
        name = f"classifier_{make.__name__}"
        if os.path.exists(os.path.join(FOLDER, f"{name}.json")):
            continue
        model = make()
        random_weights(model, 13)
        # Larger weights at the end, so that the probabilities differ.
        last = [layer for layer in model.layers if isinstance(layer, layers.Dense)][-1]
        kernel = np.random.default_rng(5).normal(0, 1, last.kernel.shape).astype("float32")
        last.set_weights([kernel, *last.get_weights()[1:]])
        save(model, name)
        size = model.input_shape[1]
        pixels = picture(size)
        batch = pixels[np.newaxis].astype("float32")
        if make is whole:
            batch = keras.applications.mobilenet_v2.preprocess_input(batch)
        probabilities = np.asarray(model(batch, training=False))[0].tolist()
        if classes == 2:
            probabilities = [1 - probabilities[0], probabilities[0]]
        write(f"{name}.json", {"size": size, "probabilities": probabilities,
                               "mode": "tf" if make is whole else "0..255"})
        print(name, flush=True)


if __name__ == "__main__":
    os.makedirs(FOLDER, exist_ok=True)
    for size in (32, 64, 71, 75, 96):
        picture(size).tofile(os.path.join(FOLDER, f"picture_{size}.bin"))
    for each in APPLICATIONS:
        application(*each)
    classifiers()
