/** Mean and deviation of the ImageNet pictures, RGB, 0 to 1: mode `torch` subtracts and divides. */
export const MEAN = [0.485, 0.456, 0.406] as const;
export const DEVIATION = [0.229, 0.224, 0.225] as const;
/** Mean of the ImageNet pictures, BGR, 0 to 255: what mode `caffe` subtracts. */
export const MEAN_BGR = [103.939, 116.779, 123.68] as const;
