import { expect, test } from '@playwright/test';
import { parseCommandLine } from '../../scripts/bases/options.ts';

test('no words make the default base', () => {
  expect(parseCommandLine([])).toEqual({ out: 'bases', task: { base: 'openimages' } });
  expect(parseCommandLine(['openimages', '--out', 'x'])).toMatchObject({ out: 'x' });
  expect(parseCommandLine(['--help'])).toBeUndefined();
});

test('imagenet comes from the network, a mirror or a file', () => {
  expect(parseCommandLine(['imagenet'])?.task).toEqual({ base: 'imagenet' });
  expect(parseCommandLine(['imagenet', '--from', 'a.h5'])?.task).toEqual({
    base: 'imagenet',
    from: 'a.h5',
  });
  expect(parseCommandLine(['imagenet', '--url', 'http://x'])?.task).toMatchObject({
    url: 'http://x',
  });
});

test('a folder comes with what is stated of it', () => {
  const args =
    '--from model --id mine --size 160,224 --range -1,1 --trained-on cats --licence MIT --holder me';
  expect(parseCommandLine(args.split(' '))?.task).toEqual({
    base: 'folder',
    from: 'model',
    statements: {
      id: 'mine',
      sizes: [160, 224],
      range: [-1, 1],
      trainedOn: 'cats',
      licence: 'MIT',
      holder: 'me',
    },
  });
});

for (const line of [
  'nonsense',
  'openimages imagenet',
  'openimages --from x',
  '--url http://x',
  'imagenet --from a.h5 --url http://x',
  '--from x --size 160px',
  '--from x --size 0',
  '--from x --range 1',
  '--from x --range 1,-1',
  '--from x --range 0,',
  '--from',
  '--unknown',
]) {
  test(`\`${line}\` is refused with a sentence`, () => {
    expect(() => parseCommandLine(line.split(' '))).toThrow(/--help` shows what there is\.$/);
  });
}
