"""Opens unpacked exports with the readers of their formats, and prints what they answer as JSON.

Usage: python read_export.py FORMAT=FOLDER...

The answer, by format: {NAME OF READER: {"probabilities": [[...], ...], "names": [...], "shape": [...]}}
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
import numpy as np


def pictures(folder: Path) -> np.ndarray:
    """The golden pictures as the models read them: [pictures, size, size, 3], -1 to 1."""
    import tensorflow as tf

    golden = json.loads((folder / "golden.json").read_text("utf-8"))
    files = [folder / picture["file"] for picture in golden["pictures"]]
    pixels = [tf.io.decode_png(file.read_bytes(), channels=3).numpy() for file in files]
    return np.stack(pixels).astype("float32") / 127.5 - 1


def keras_reader(folder: Path, keras) -> dict:
    model = keras.models.load_model(str(folder / "model.h5"))
    labels = (folder / "labels.txt").read_text("utf-8").splitlines()
    return {
        "probabilities": np.asarray(model(pictures(folder), training=False)).tolist(),
        "names": [layer.name for layer in model.layers],
        "shape": list(model.input_shape[1:]),
        "parameters": int(model.count_params()),
        "labels": [line.split(" ", 1)[1] for line in labels],
    }


def keras3(folder: Path) -> dict:
    import keras

    return keras_reader(folder, keras)


def keras2(folder: Path) -> dict:
    import tf_keras

    return keras_reader(folder, tf_keras)


def onnx_runtime(folder: Path) -> dict:
    import onnx
    import onnxruntime

    path = str(folder / "model.onnx")
    onnx.checker.check_model(path, full_check=True)
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    x = pictures(folder).transpose(0, 3, 1, 2)
    probabilities, novelty = session.run(None, {"image": x})
    return {
        "probabilities": probabilities.tolist(),
        "novelty": novelty[:, 0].tolist(),
        "names": [output.name for output in session.get_outputs()],
        "shape": list(session.get_inputs()[0].shape[1:]),
        "labels": json.loads(session.get_modelmeta().custom_metadata_map["labels"]),
    }


def litert(folder: Path) -> dict:
    from ai_edge_litert.interpreter import Interpreter

    interpreter = Interpreter(model_path=str(folder / "model.tflite"))
    interpreter.allocate_tensors()
    [image], [output] = interpreter.get_input_details(), interpreter.get_output_details()
    probabilities = []
    for picture in pictures(folder):
        interpreter.set_tensor(image["index"], picture[None])
        interpreter.invoke()
        probabilities.append(interpreter.get_tensor(output["index"])[0].tolist())
    return {
        "probabilities": probabilities,
        "names": [image["name"], output["name"]],
        "shape": image["shape"][1:].tolist(),
    }


READERS = {
    "keras": {"Keras 3": keras3, "tf_keras 2": keras2},
    "onnx": {"onnx and ONNX Runtime": onnx_runtime},
    "tflite": {"LiteRT": litert},
}


def main() -> None:
    exports = [argument.split("=", 1) for argument in sys.argv[1:]]
    answers = {
        name: {reader: read(Path(folder)) for reader, read in READERS[name].items()}
        for name, folder in exports
    }
    print(json.dumps(answers))


if __name__ == "__main__":
    main()
