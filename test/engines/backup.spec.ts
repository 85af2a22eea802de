import { expect, test } from './engine-test.ts';

test('a backup that was saved is restored where nothing is stored', async ({
  app,
  serve,
  drawFiles,
}) => {
  const old = await serve();
  await app.open(old.url, 'photos');
  await app.importPhotos('cat', await drawFiles('cat', [1, 2, 3]));
  await app.importPhotos('dog', await drawFiles('dog', [1, 2]));
  await app.train();
  const file = await app.backUp();

  const fresh = await serve();
  await app.open(fresh.url, 'settings');
  await app.restore(file);
  expect(await app.text('[data-backup-state] [role="status"]')).toContain('5 photos and 1 model');
  await app.visit('photos');
  await expect.poll(() => app.text('[data-filter="cat"]')).toContain('3');
  await expect.poll(() => app.text('[data-filter="dog"]')).toContain('2');
  await app.visit('models');
  await expect.poll(() => app.isVisible('a[href^="#/models/"]')).toBe(true);
});
