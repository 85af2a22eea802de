import { expect, test } from '@playwright/test';
import { parseClassName } from '../../src/photos/class-name.ts';
import { isSameName } from '../../src/platform/name.ts';

const kindOf = (typed: string) => {
  try {
    parseClassName(typed);
    return undefined;
  } catch (thrown) {
    return (thrown as { kind: string }).kind;
  }
};

test.describe('names of classes', () => {
  test('are trimmed, composed, and have single blanks', () => {
    expect(parseClassName('  Guinea   pig ')).toBe('Guinea pig');
    expect(parseClassName('Schwarzwa\u0308lder')).toBe('Schwarzwälder');
  });

  test('may be of any script, and emoji', () => {
    for (const name of ['猫', 'Кот', 'قطة', '🐱', '👩‍🦰', '🇫🇷', '7', '?']) {
      expect(parseClassName(name)).toBe(name);
    }
  });

  test('have 1 to 40 characters, an emoji being one', () => {
    expect(kindOf('a'.repeat(40))).toBeUndefined();
    expect(kindOf('🐱'.repeat(40))).toBeUndefined();
    expect(kindOf('a'.repeat(41))).toBe('name-long');
    for (const nothing of ['', '   ', '\u200b', '\u200d\u200d', '\ufe0f']) {
      expect(kindOf(nothing), JSON.stringify(nothing)).toBe('name-missing');
    }
  });

  test('have no controls, line ends, lone surrogates or signs that turn the text around', () => {
    for (const sign of ['\0', '\n', '\t', '\u0085', '\u2028', '\ud83d', '\u202e', '\u2067']) {
      expect(kindOf(`a${sign}b`), JSON.stringify(sign)).toBe('name-characters');
    }
  });

  test('are the same whatever their case, and not the same with other letters', () => {
    expect(isSameName('Fox', 'FOX')).toBe(true);
    expect(isSameName('ÄPFEL', 'äpfel')).toBe(true);
    expect(isSameName('Cat', 'Cat\u200d')).toBe(true);
    expect(isSameName('Resume', 'Résumé')).toBe(false);
    expect(isSameName('🐱', '🐶')).toBe(false);
    expect(isSameName('Cat', 'Cat 2')).toBe(false);
  });
});
