import { expect, test } from '@playwright/test';
import { droppedFiles } from '../../src/photos/import/dropped-files.ts';

/**
 * Entries as a file system has them: text is a file; undefined is a folder or file that cannot be read,
 * which no real one of this test's is.
 */
interface Folder {
  readonly [name: string]: Folder | string | undefined;
}

function entryOf(fullPath: string, content: Folder | string | undefined, isFile: boolean) {
  const entry = { fullPath, isFile, isDirectory: !isFile };
  if (isFile) {
    return {
      ...entry,
      file: (resolve: (file: File) => void, reject: (reason: Error) => void) =>
        typeof content === 'string'
          ? resolve(new File([content], fullPath.split('/').at(-1)!))
          : reject(new Error('NotReadableError')),
    };
  }
  return {
    ...entry,
    createReader: () => {
      let isRead = false;
      return {
        readEntries: (resolve: (entries: unknown[]) => void, reject: (reason: Error) => void) => {
          if (typeof content !== 'object') return reject(new Error('NotReadableError'));
          const entries = Object.entries(content).map(([name, inside]) =>
            entryOf(`${fullPath}/${name}`, inside, name.includes('.')),
          );
          resolve(isRead ? [] : entries);
          isRead = true;
        },
      };
    },
  };
}

function dropped(folder: Folder) {
  const items = Object.entries(folder).map(([name, content]) => ({
    webkitGetAsEntry: () => entryOf(`/${name}`, content, name.includes('.')),
  }));
  return droppedFiles({ items, files: [] } as unknown as DataTransfer)({});
}

test('a folder or a file that cannot be read is refused, and the others are taken', async () => {
  const { chosen, refused } = await dropped({
    pets: { cats: { 'a.jpg': 'a', 'b.jpg': undefined }, locked: undefined, dogs: { 'c.jpg': 'c' } },
    'd.jpg': 'd',
  });
  expect(chosen.map(({ path }) => path)).toEqual(['pets/cats/a.jpg', 'pets/dogs/c.jpg', 'd.jpg']);
  expect(refused).toEqual([
    { name: 'pets/cats/b.jpg', reason: 'The file could not be read.' },
    { name: 'pets/locked', reason: 'The folder could not be read.' },
  ]);
});

test('a folder without end is refused where it is too deep', async () => {
  let deep: Folder = { 'a.jpg': 'a' };
  for (let depth = 0; depth < 30; depth++) deep = { again: deep, 'b.jpg': 'b' };
  const { chosen, refused } = await dropped({ pets: deep });
  expect(chosen).toHaveLength(20);
  expect(refused).toEqual([
    expect.objectContaining({ reason: 'The folder lies too deep in others.' }),
  ]);
});
