import {
  BlobSource,
  EncodedPacketSink,
  Input,
  MATROSKA,
  MP4,
  QTFF,
  VideoSampleSink,
  WEBM,
  type InputVideoTrack,
  type VideoSample,
} from 'mediabunny';
import type { Picture } from '../../../image/draw-square.ts';
import { FrameCanvas } from '../../../image/frame-canvas.ts';
import { msg } from '../../../i18n/msg.ts';
import { filmProblem, frameCanvas, frameContext, type Film } from './film.ts';

/**
 * Opens a film to decode it with WebCodecs. Only the parts of the file that are needed are read.
 *
 * @throws Problem `film` if there are no pictures in it or it is damaged, `film-codec` if this
 *   browser cannot decode it
 */
export async function decodeFilm(file: Blob): Promise<Film> {
  const input = new Input({
    source: new BlobSource(file),
    formats: [MP4, QTFF, WEBM, MATROSKA],
  });
  try {
    const track = await videoTrack(input);
    const start = await track.getFirstTimestamp();
    const end = await track.computeDuration();
    return {
      start,
      end,
      frames: (times) => framesOf(track, times),
      close: () => input.dispose(),
    };
  } catch (thrown) {
    input.dispose();
    throw thrown;
  }
}

async function videoTrack(input: Input): Promise<InputVideoTrack> {
  const track = await input.getPrimaryVideoTrack().catch((thrown: unknown) => {
    throw filmProblem('film', msg('The film is damaged.'), thrown);
  });
  if (!track) {
    // Without any track, what says where they are was cut off.
    const hasSound = (await input.getTracks().catch(() => [])).length > 0;
    throw filmProblem(
      'film',
      hasSound ? msg('There are no pictures in this film.') : msg('The film is damaged.'),
    );
  }
  if (!(await track.canDecode())) {
    const codec = (await track.getCodec()) ?? '?';
    throw filmProblem('film-codec', msg('This browser cannot play this film.'), codec);
  }
  return track;
}

async function* framesOf(
  track: InputVideoTrack,
  times: Iterable<number>,
): AsyncGenerator<OffscreenCanvas | undefined, void> {
  const canvas = frameCanvas(await track.getDisplayWidth(), await track.getDisplayHeight());
  const context = frameContext(canvas);
  const stored = new FrameCanvas();
  const sink = new VideoSampleSink(track);
  for await (const sample of sink.samplesAtTimestamps(nearKeyFrames(track, times))) {
    if (!sample) {
      yield undefined;
      continue;
    }
    const frame = sample.toVideoFrame();
    try {
      drawUpright(context, await stored.draw(frame), sample);
    } finally {
      stored.clear();
      frame.close();
      sample.close();
    }
    yield canvas;
  }
}

/** Fills the canvas with a frame, as the film says that it is turned and mirrored. */
function drawUpright(
  context: OffscreenCanvasRenderingContext2D,
  picture: Picture,
  { rotation, flip }: Pick<VideoSample, 'rotation' | 'flip'>,
): void {
  const { width, height } = context.canvas;
  const isTurned = rotation % 180 !== 0;
  const [across, down] = isTurned ? [height, width] : [width, height];
  context.save();
  context.translate(width / 2, height / 2);
  if (flip) context.scale(-1, 1);
  context.rotate((rotation * Math.PI) / 180);
  context.drawImage(picture, -across / 2, -down / 2, across, down);
  context.restore();
}

/**
 * Moves a time back to the key frame before it, unless that is before the time before: a frame
 * between two key frames needs all frames since the first of them.
 */
async function* nearKeyFrames(
  track: InputVideoTrack,
  times: Iterable<number>,
): AsyncGenerator<number, void> {
  const packets = new EncodedPacketSink(track);
  let before = -Infinity;
  for (const time of times) {
    const key = await packets.getKeyPacket(time, { metadataOnly: true });
    yield key && key.timestamp > before ? key.timestamp : time;
    before = time;
  }
}
