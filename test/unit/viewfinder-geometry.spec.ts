import { expect, test } from '@playwright/test';
import { centreSquare } from '../../src/image/square.ts';
import { viewfinderGeometry } from '../../src/widgets/camera/viewfinder-geometry.ts';

const ROOM = { x: 0, y: 60, width: 390, height: 516 };
const VIDEOS = [
  { width: 1280, height: 720 },
  { width: 720, height: 1280 },
  { width: 641, height: 480 },
  { width: 480, height: 480 },
  { width: 480, height: 640 },
];

for (const video of VIDEOS) {
  test(`the stored square of ${video.width}x${video.height} lies exactly under the mark`, () => {
    const geometry = viewfinderGeometry(ROOM, video);
    const crop = centreSquare(video.width, video.height);
    const scale = geometry.video.width / video.width;
    expect(geometry.video.height / video.height).toBeCloseTo(scale, 10);
    expect(geometry.video.x + crop.x * scale).toBeCloseTo(geometry.square.x, 10);
    expect(geometry.video.y + crop.y * scale).toBeCloseTo(geometry.square.y, 10);
    expect(crop.side * scale).toBeCloseTo(geometry.square.width, 10);
  });
}

test('the square keeps its distance from the edges and sits in the middle of the room', () => {
  const { square } = viewfinderGeometry(ROOM, { width: 1280, height: 720 });
  expect(square).toEqual({ x: 12, y: 60 + (516 - 366) / 2, width: 366, height: 366 });
});

test('in a low room the height decides', () => {
  const { square } = viewfinderGeometry({ ...ROOM, height: 224 }, { width: 720, height: 1280 });
  expect(square).toEqual({ x: 95, y: 72, width: 200, height: 200 });
});

test('before the first frame and without room there is no division by zero', () => {
  const { video } = viewfinderGeometry(ROOM, { width: 0, height: 0 });
  expect(video.width).toBe(366);
  const { square } = viewfinderGeometry({ ...ROOM, height: 10 }, { width: 4, height: 3 });
  expect(square.width).toBe(0);
});

test('a picture that is as wide as the square has no edge beside it, at any size', () => {
  for (const video of VIDEOS) {
    for (let side = 100; side <= 700; side++) {
      const room = { ...ROOM, width: side, height: side };
      const { square, video: box } = viewfinderGeometry(room, video);
      const short = video.width < video.height ? box.width : box.height;
      expect(short, `${video.width} x ${video.height} in ${side}`).toBe(square.width);
    }
  }
});
