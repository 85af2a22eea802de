import { appendFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shutter, takePhoto, visit } from '../e2e/phone-test.ts';
import { databaseFolder } from './database-folder.ts';
import { expect, test, type FragilePhone } from './fault-test.ts';
import { count } from './figures.ts';
import { expectNothingLost } from './stored-library.ts';

const FIRST_OF_MANY = 2;

/**
 * What a kill in the middle of a write leaves at the end of LevelDB's log: a header (checksum, length,
 * kind) that promises more than follows.
 *
 * Source: https://github.com/google/leveldb/blob/main/doc/log_format.md
 */
function halfRecord(): Buffer {
  const record = Buffer.alloc(7 + 500, 0xa5);
  record.writeUInt16LE(2000, 4);
  record.writeUInt8(FIRST_OF_MANY, 6);
  return record;
}

async function logs(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => name.endsWith('.log'));
}

/** A phone that was killed in the middle of a write, after two photos. */
async function tearLog(
  phone: FragilePhone,
  url: string,
): Promise<{ folder: string; torn: string }> {
  const page = await phone.open(url);
  await takePhoto(page);
  await takePhoto(page);
  await phone.kill();
  const folder = await databaseFolder(phone);
  const torn = (await logs(folder)).sort().at(-1)!;
  await appendFile(join(folder, torn), halfRecord());
  count('faults injected');
  return { folder, torn };
}

async function expectThreePhotos(phone: FragilePhone, url: string): Promise<void> {
  const page = await phone.open(url);
  await visit(page, 'photos');
  await expect(page.locator('button[data-photo]')).toHaveCount(3);
  await expect(page.locator('pp-banner[data-lost]')).toHaveCount(0);
  await expectNothingLost(page, new Map());
}

test('a record that was half written is behind the browser at the next start, so that nothing is lost at the one after', async ({
  appUrl,
  phone,
}) => {
  const { folder, torn } = await tearLog(phone, appUrl);
  const page = await phone.open(appUrl);
  await expect.poll(() => logs(folder)).not.toContain(torn);
  await takePhoto(page);
  await phone.close();
  await expectThreePhotos(phone, appUrl);
});

test('killed in a write, and again right after the next photo: nothing is lost', async ({
  appUrl,
  phone,
}) => {
  await tearLog(phone, appUrl);
  // A picture that is not stored yet.
  const page = await phone.open(appUrl, { fps: 7 });
  await expect(shutter(page, 'cat')).toBeEnabled();
  await shutter(page, 'cat').dispatchEvent('click');
  await expect(shutter(page, 'cat')).toHaveAccessibleName(/3 photos/);
  await phone.kill();
  await expectThreePhotos(phone, appUrl);
});
