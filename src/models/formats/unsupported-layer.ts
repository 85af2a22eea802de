/** A layer that a format cannot hold. */
export class UnsupportedLayerError extends Error {
  override readonly name = 'UnsupportedLayerError';

  /** @param layer Keras's class, such as `Conv2DTranspose` */
  constructor(readonly layer: string) {
    super(`The layer ${layer} cannot be written`);
  }
}
