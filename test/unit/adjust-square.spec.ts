import { expect, test } from '@playwright/test';
import { moveSquare, resizeSquare, squareIn, squareSides } from '../../src/image/adjust-square.ts';
import { SquareGesture } from '../../src/pages/photos/adjust/square-gesture.ts';

const WIDE = { width: 1000, height: 600 };
const MIDDLE = { x: 200, y: 0, side: 600 };

test.describe('a square in a picture', () => {
  test('is the same part of it at another size, and never beyond its edges', () => {
    const square = { crop: { x: 100, y: 30, side: 300 }, width: 500 };
    expect(squareIn(square, WIDE)).toEqual({ x: 200, y: 0, side: 600 });
    expect(squareIn({ crop: { x: 60, y: 20, side: 200 }, width: 500 }, WIDE)).toEqual({
      x: 120,
      y: 40,
      side: 400,
    });
    // Rounded up, it would reach beyond the picture.
    const edge = squareIn(
      { crop: { x: 666, y: 0, side: 667 }, width: 1333 },
      { width: 667, height: 333 },
    );
    expect(edge.x + edge.side).toBeLessThanOrEqual(667);
    expect(edge.side).toBeLessThanOrEqual(333);
  });

  test('moves as far as the picture reaches', () => {
    expect(moveSquare(MIDDLE, 50.4, 10, WIDE)).toEqual({ x: 250, y: 0, side: 600 });
    expect(moveSquare(MIDDLE, 900, 0, WIDE)).toEqual({ x: 400, y: 0, side: 600 });
    expect(moveSquare(MIDDLE, -900, -5, WIDE)).toEqual({ x: 0, y: 0, side: 600 });
  });

  test('is sized about its middle, between what can be learned from and what there is', () => {
    expect(resizeSquare(MIDDLE, 300, WIDE)).toEqual({ x: 350, y: 150, side: 300 });
    expect(resizeSquare(MIDDLE, 1, WIDE).side).toBe(160);
    expect(resizeSquare({ x: 700, y: 300, side: 300 }, 5000, WIDE)).toEqual({
      x: 400,
      y: 0,
      side: 600,
    });
    expect(squareSides({ width: 90, height: 300 })).toEqual({ least: 90, most: 90 });
  });

  test('follows one finger, and the spread of two', () => {
    const gesture = new SquareGesture();
    const finger = (pointerId: number, type: string, clientX: number, clientY: number) =>
      gesture.put({ pointerId, type, clientX, clientY }, MIDDLE);
    expect(finger(1, 'pointermove', 0, 0)).toBe(false);
    finger(1, 'pointerdown', 100, 100);
    finger(1, 'pointermove', 110, 100);
    expect(gesture.crop(2, WIDE)).toEqual({ x: 220, y: 0, side: 600 });

    finger(2, 'pointerdown', 310, 100);
    finger(1, 'pointermove', 160, 100);
    finger(2, 'pointermove', 260, 100);
    expect(gesture.crop(2, WIDE)).toEqual({ x: 350, y: 150, side: 300 });

    // The finger that stays moves on from where the square is.
    const small = { x: 350, y: 150, side: 300 };
    gesture.lift({ pointerId: 2, type: 'pointerup', clientX: 260, clientY: 100 }, small);
    gesture.put({ pointerId: 1, type: 'pointermove', clientX: 170, clientY: 95 }, small);
    expect(gesture.crop(2, WIDE)).toEqual({ x: 370, y: 140, side: 300 });
  });
});
