import type { CameraStream } from '../../camera/camera-stream.ts';

/** Phones list one camera at most until they were asked; there the other one is taken on trust. */
export function hasOtherCamera({ cameraCount }: CameraStream): boolean {
  return cameraCount > 1 || matchMedia('(pointer: coarse)').matches;
}
