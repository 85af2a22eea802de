import { expect, test } from '@playwright/test';
import { knowsAllClasses, presentClasses } from '../../src/models/present-classes.ts';

const cat = { id: 'cat', name: 'Cat', palette: 0 };
const dog = { id: 'dog', name: 'Dog', palette: 1 };
const fox = { id: 'x', name: 'Fox', palette: 2 };

test.describe('a model’s classes now', () => {
  test('have the library’s names, in the order that the model answers in', () => {
    const library = [{ ...dog, name: 'Poodle', order: 0 }, fox, cat];
    expect(presentClasses([cat, dog], library)).toEqual([cat, { ...dog, name: 'Poodle' }]);
  });

  test('keep their own where the library has them no more', () => {
    expect(presentClasses([cat, fox], [cat, dog])).toEqual([cat, fox]);
    expect(presentClasses([cat, fox], [])).toEqual([cat, fox]);
  });

  test('are all of the library’s, or not', () => {
    expect(knowsAllClasses([cat, dog], [dog, cat])).toBe(true);
    expect(knowsAllClasses([cat, dog], [cat, dog, fox])).toBe(false);
    expect(knowsAllClasses([cat, dog, fox], [cat, dog])).toBe(false);
    expect(knowsAllClasses([cat, dog], [cat, fox])).toBe(false);
  });
});
