"""Converts what make_keras_models.py made to TensorFlow.js, with the converter of the package tensorflowjs.

Usage: python convert_keras_models.py FOLDER

For each network of Keras Applications: NAME.layers, a LayersModel made of NAME.h5. For some also
NAME.graph, a GraphModel made of a SavedModel that gives pooled features, as those of TensorFlow Hub.
"""

import os
import shutil
import sys
import tempfile
import types

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["CUDA_VISIBLE_DEVICES"] = ""

# Keras looks for jax itself: it comes before the stand-ins.
import keras
import tf_keras  # noqa: F401

# Installed without its dependencies, as none of their versions goes with this TensorFlow. They are
# imported at once, and used only for models of their own.
for name in ["tensorflow_decision_forests", "tensorflow_hub", "jax", "jax.experimental"]:
    sys.modules[name] = types.ModuleType(name)
sys.modules["jax.experimental"].jax2tf = None

from make_keras_models import APPLICATIONS
from tensorflowjs.converters.converter import convert

FOLDER = sys.argv[1]
GRAPHS = ["MobileNet", "MobileNetV2", "MobileNetV3Small", "EfficientNetB0", "ResNet50"]


def to_layers_model(name, target):
    convert(["--input_format=keras", "--output_format=tfjs_layers_model", f"{FOLDER}/{name}.h5", target])


def to_graph_model(name, target):
    model = keras.models.load_model(f"{FOLDER}/{name}.keras", compile=False)
    pooled = keras.Model(model.input, keras.layers.GlobalAveragePooling2D()(model.output))
    with tempfile.TemporaryDirectory() as saved:
        pooled.export(saved, verbose=False)
        formats = ["--input_format=tf_saved_model", "--output_format=tfjs_graph_model"]
        convert([*formats, saved, target])


def once(make, name, target):
    if os.path.exists(target):
        return
    make(name, f"{target}.partial")
    os.rename(f"{target}.partial", target)
    print(target, flush=True)


if __name__ == "__main__":
    for name, *_ in APPLICATIONS:
        for target in (f"{FOLDER}/{name}.layers", f"{FOLDER}/{name}.graph"):
            shutil.rmtree(f"{target}.partial", ignore_errors=True)
        once(to_layers_model, name, f"{FOLDER}/{name}.layers")
        if name in GRAPHS:
            once(to_graph_model, name, f"{FOLDER}/{name}.graph")
