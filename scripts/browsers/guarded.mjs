/**
 * What the app's scripts use although some browsers of the least versions lack it, and what happens
 * there. Keys as in MDN's data.
 */
export const GUARDED = {
  'api.CanvasRenderingContext2D.imageSmoothingQuality': 'a hint, which Firefox does not need',
  'api.OffscreenCanvasRenderingContext2D.imageSmoothingQuality': 'as above',
  'api.DataTransferItem.webkitGetAsEntry': 'photos/import/dropped-files.ts takes the files alone',
  'api.Document.startViewTransition': 'app/fade.ts asks for it',
  'api.ViewTransition.finished': 'comes with it',
  'api.ViewTransition.ready': 'comes with it',
  'api.ViewTransition.updateCallbackDone': 'comes with it',
  'api.File.webkitRelativePath': 'no folder can be chosen there; the name counts',
  'api.FileSystemFileHandle.createWritable': 'platform/temporary-files.ts writes a Blob',
  'api.HTMLVideoElement.requestVideoFrameCallback': 'camera/frame-loop.ts uses animation frames',
  'api.HTMLVideoElement.cancelVideoFrameCallback': 'as above',
  'api.HTMLVideoElement.playsInline': 'only an iPhone plays in full screen otherwise',
  'api.VideoDecoder.isConfigSupported_static':
    'photos/import/decode-heif.ts is tried only where there is a VideoDecoder',
  'api.VideoFrame.close':
    'a page without VideoFrame sends an ImageBitmap, which has the same method',
  'api.GPUSupportedFeatures.has': 'of a device, which is only there with WebGPU',
  'api.Navigator.share': 'offered where `canShare` agrees',
  'api.Navigator.vibrate': 'asked for; never essential',
  'api.Navigator.wakeLock': 'session/wake-lock.ts asks for it',
  'api.WakeLock.request': 'comes with it',
  'api.WakeLockSentinel.release': 'comes with it',
};
