import { expect, test } from '../harness-test.ts';

test('one batch of good, bad and hostile files: each is taken or refused by name', async ({
  page,
}) => {
  const report = await page.evaluate(async () => {
    const picture = async (type: string, side: number) => {
      const canvas = new OffscreenCanvas(side, side);
      harness.drawPet(canvas, 'cat', side);
      return new Uint8Array(await (await canvas.convertToBlob({ type })).arrayBuffer());
    };
    const jpeg = await picture('image/jpeg', 300);
    const bomb = await picture('image/png', 200);
    // A small file that claims to be 16,000 by 16,000.
    new DataView(bomb.buffer).setUint32(16, 16_000);
    new DataView(bomb.buffer).setUint32(20, 16_000);
    return harness.importFiles(
      [
        new File([jpeg], 'declared-as-html', { type: 'text/html' }),
        new File([jpeg], 'again.jpg'),
        new File([], 'empty.jpg'),
        new File(['hello'], 'text.jpg', { type: 'image/jpeg' }),
        new File([jpeg.slice(0, jpeg.length / 4)], 'cut.jpg'),
        new File([bomb], 'bomb.png'),
        new File([new Uint8Array(25_000_001)], 'too-many-bytes.jpg'),
        new File(['<svg xmlns="http://www.w3.org/2000/svg"/>'], 'drawing.svg'),
        new File([await picture('image/png', 280)], 'good.png'),
        new File([await picture('image/webp', 260)], 'good.webp'),
        new File([await picture('image/png', 1)], 'one-pixel.png'),
      ],
      'cat',
    );
  });
  expect(report).toMatchObject({ total: 11, added: 3, duplicates: 1, notTried: 0 });
  expect(report.refused.map(({ name }) => name).sort()).toEqual([
    'bomb.png',
    'cut.jpg',
    'drawing.svg',
    'empty.jpg',
    'one-pixel.png',
    'text.jpg',
    'too-many-bytes.jpg',
  ]);
  const bomb = report.refused.find(({ name }) => name === 'bomb.png');
  expect(bomb?.reason).toContain('16,000 by 16,000');
});

test('a photo is stored and exported upright, and without what EXIF said of it', async ({
  page,
}) => {
  const stored = await page.evaluate(async () => {
    // Left half red, right half blue; EXIF says: turn by 90 degrees clockwise, and where it was.
    const canvas = new OffscreenCanvas(64, 64);
    const context = canvas.getContext('2d')!;
    context.fillStyle = 'red';
    context.fillRect(0, 0, 32, 64);
    context.fillStyle = 'blue';
    context.fillRect(32, 0, 32, 64);
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 1 });
    const jpeg = new Uint8Array(await blob.arrayBuffer());
    const ascii = (text: string) => [...new TextEncoder().encode(text)];
    const entry = (tag: number, type: number, count: number, value: readonly number[]) => [
      ...[tag >> 8, tag & 255, 0, type, 0, 0, 0, count, ...value],
    ];
    const place = 'N 48.8584';
    const tiff = [
      ...[0x4d, 0x4d, 0, 42, 0, 0, 0, 8],
      ...[0, 2, ...entry(0x0112, 3, 1, [0, 6, 0, 0]), ...entry(0x8825, 4, 1, [0, 0, 0, 38])],
      ...[0, 0, 0, 0],
      // GPSMapDatum, whose text lies behind the directory.
      ...[0, 1, ...entry(0x0012, 2, place.length + 1, [0, 0, 0, 56]), 0, 0, 0, 0],
      ...ascii(`${place}\0`),
    ];
    const exif = [...ascii('Exif\0\0'), ...tiff];
    const app1 = [0xff, 0xe1, 0, exif.length + 2, ...exif];
    const file = new File([jpeg.slice(0, 2), Uint8Array.from(app1), jpeg.slice(2)], 'turned.jpg');
    const { photoIds } = await harness.importFiles([file], 'cat');
    const image = await harness.photos.getImage(photoIds[0]!);
    const thumbnail = await harness.photos.getThumbnail(photoIds[0]!);
    await harness.backup.write();
    const bitmap = await createImageBitmap(new Blob([image!.bytes]));
    context.drawImage(bitmap, 0, 0);
    const pixel = (x: number, y: number) => [...context.getImageData(x, y, 1, 1).data.slice(0, 3)];
    const text = (bytes: ArrayBuffer) => new TextDecoder('latin1').decode(bytes);
    return {
      top: pixel(32, 8),
      bottom: pixel(32, 56),
      place,
      chosen: text(await file.arrayBuffer()),
      kept: [image!.bytes, thumbnail!.bytes, await harness.backup.bytes()].map(text),
    };
  });
  expect(stored.top[0]).toBeGreaterThan(200);
  expect(stored.top[2]).toBeLessThan(60);
  expect(stored.bottom[2]).toBeGreaterThan(200);
  expect(stored.chosen).toContain(stored.place);
  expect(stored.kept[2]).toContain('photos/');
  for (const text of stored.kept) {
    expect(text).not.toContain('Exif');
    expect(text).not.toContain(stored.place);
  }
});

test('a new class comes with its first photo, and not at all if every picture is refused', async ({
  page,
}) => {
  const result = await page.evaluate(async () => {
    const picture = async (seed: number) => {
      const canvas = new OffscreenCanvas(64, 64);
      harness.drawPet(canvas, 'cat', seed);
      return new File([await canvas.convertToBlob({ type: 'image/png' })], `${seed}.png`);
    };
    const names = async () => (await harness.classes.listClasses()).map(({ name }) => name);
    const fox = { id: 'fox', name: 'Fox', order: 2, palette: 2 };
    const options = { newClasses: [fox] };
    const bad = new File(['hello'], 'text.jpg');
    const refused = await harness.importFiles([bad], 'fox', options);
    const before = await names();
    const good = await Promise.all([1, 40, 80].map(picture));
    const added = await harness.importFiles([bad, ...good], 'fox', options);
    const after = await harness.classes.listClasses();
    // A class that was removed meanwhile is not added again by the next photo.
    let step = 0;
    const owl = { id: 'owl', name: 'Owl', order: 3, palette: 3 };
    const interrupted = await harness.importFiles(
      await Promise.all([120, 160, 200, 240, 280, 320].map(picture)),
      'owl',
      {
        newClasses: [owl],
        onProgress: ({ added }) => {
          if (added === 1 && step++ === 0) void harness.classes.removeClass('owl');
        },
      },
    );
    return { refused, before, added, after, interrupted, last: await names() };
  });
  expect(result.refused).toMatchObject({ added: 0, created: [] });
  expect(result.before).toEqual(['Cat', 'Dog']);
  expect(result.added).toMatchObject({ added: 3, created: [{ id: 'fox', name: 'Fox' }] });
  expect(result.after.at(-1)).toEqual({ id: 'fox', name: 'Fox', order: 2, palette: 2 });
  expect(result.interrupted.problem).toBeDefined();
  expect(result.last).toEqual(['Cat', 'Dog', 'Fox']);
});

test('full storage ends the batch; what was stored stays, the rest is counted', async ({
  page,
}) => {
  const { report, kept } = await page.evaluate(async () => {
    const files: File[] = [];
    for (let seed = 1; seed <= 12; seed++) {
      const canvas = new OffscreenCanvas(64, 64);
      harness.drawPet(canvas, 'dog', seed);
      files.push(new File([await canvas.convertToBlob({ type: 'image/png' })], `${seed}.png`));
    }
    // As the platform does it: the transaction aborts, whatever its requests said.
    // oxlint-disable-next-line typescript/unbound-method -- called with `apply` below
    const add = IDBObjectStore.prototype.add;
    let photos = 0;
    IDBObjectStore.prototype.add = function (...args) {
      const request = add.apply(this, args);
      if (this.name === 'photos' && ++photos > 5) this.transaction.abort();
      return request;
    };
    const report = await harness.importFiles(files, 'dog');
    return { report, kept: (await harness.photos.listPhotos()).length };
  });
  expect(report.problem).toBeDefined();
  // Photos that are stored in one transaction with the sixth are lost with it, and counted so.
  expect(report.added).toBeLessThanOrEqual(5);
  expect(report.notTried).toBe(12 - report.added);
  expect(kept).toBe(report.added);
});

test('a stopped import leaves the rest untried, and a named split overrides the hash', async ({
  page,
}) => {
  const result = await page.evaluate(async () => {
    const files: File[] = [];
    for (let seed = 1; seed <= 8; seed++) {
      const canvas = new OffscreenCanvas(64, 64);
      harness.drawPet(canvas, 'cat', seed);
      files.push(new File([await canvas.convertToBlob({ type: 'image/png' })], `${seed}.png`));
    }
    const stop = new AbortController();
    const report = await harness.importFiles(files, 'cat', {
      split: 'test',
      signal: stop.signal,
      onProgress: ({ done }) => {
        // Photos that are stored together are done together.
        if (done >= 1) stop.abort();
      },
    });
    return { report, photos: await harness.photos.listPhotos() };
  });
  expect(result.report.notTried).toBeGreaterThanOrEqual(2);
  expect(result.report.added + result.report.notTried).toBe(8);
  expect(result.photos.every(({ split }) => split === 'test')).toBe(true);
});

test('another square takes the place of a photo, with its label and split, or changes nothing', async ({
  page,
}) => {
  const result = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 200);
    harness.drawPet(canvas, 'dog', 5);
    const file = new File([await canvas.convertToBlob({ type: 'image/png' })], 'wide.png');
    const report = await harness.importFiles([file], 'dog', { split: 'test' });
    const [old] = await harness.photos.listPhotos();
    const left = await harness.encode.encodePhoto(canvas, { x: 0, y: 0, side: 200 });
    const right = await harness.encode.encodePhoto(canvas, { x: 200, y: 0, side: 180 });
    const same = await harness.replacePhoto(old!.id, await harness.encode.encodePhoto(canvas));
    const photo = await harness.replacePhoto(old!.id, left);
    const kinds: string[] = [];
    const note = (thrown: { kind: string }) => kinds.push(thrown.kind);
    await harness.replacePhoto(old!.id, right).catch(note);
    const other = await harness.photos.addPhoto({ ...right, classId: 'cat', source: 'file' });
    await harness.replacePhoto(photo.id, right).catch(note);
    const listed = await harness.photos.listPhotos();
    const image = await harness.photos.getImage(photo.id);
    return {
      wide: report.wide.map(({ photoId, picture }) => [photoId, picture.name]),
      old: old!,
      same,
      photo,
      kinds,
      isSquare: image!.bytes.byteLength === left.image.bytes.byteLength,
      listed: listed.map(({ id }) => id).sort(),
      expected: [photo.id, other.photo.id].sort(),
    };
  });
  const { old, photo } = result;
  expect(result.wide).toEqual([[old.id, 'wide.png']]);
  expect(result.same).toEqual(old);
  expect(photo).toMatchObject({ classId: 'dog', split: 'test', createdAt: old.createdAt });
  expect(photo.id).not.toBe(old.id);
  expect(photo.sha256).not.toBe(old.sha256);
  expect(result.isSquare).toBe(true);
  // The first was replaced already; the second is a square that another photo is.
  expect(result.kinds).toEqual(['gone', 'taken']);
  expect(result.listed).toEqual(result.expected);
});

test('an import announces its photos about once a second, and the last of them', async ({
  page,
}) => {
  const { announced, counted, added, seconds } = await page.evaluate(async () => {
    const files: File[] = [];
    for (let seed = 1; seed <= 20; seed++) {
      const canvas = new OffscreenCanvas(64, 64);
      harness.drawPet(canvas, 'dog', seed);
      files.push(new File([await canvas.convertToBlob({ type: 'image/png' })], `${seed}.png`));
    }
    let announced = 0;
    let reading = Promise.resolve(0);
    harness.changes.onChange('photos', () => {
      announced++;
      reading = harness.photos.listPhotos().then(({ length }) => length);
    });
    const started = performance.now();
    const { added } = await harness.importFiles(files, 'dog');
    const seconds = (performance.now() - started) / 1000;
    return { announced, counted: await reading, added, seconds };
  });
  expect(added).toBeGreaterThan(10);
  expect(counted).toBe(added);
  // The first photo, each second, and the end.
  expect(announced).toBeGreaterThanOrEqual(1);
  expect(announced).toBeLessThanOrEqual(2 + Math.ceil(seconds));
});

test('a folder that is chosen again: what is here already is not decoded, only what is new', async ({
  page,
}) => {
  const { first, again, changed } = await page.evaluate(async () => {
    const draw = async (seed: number, lastModified: number) => {
      const canvas = new OffscreenCanvas(200, 200);
      harness.drawPet(canvas, 'cat', seed);
      return new File([await canvas.convertToBlob({ type: 'image/png' })], `${seed}.png`, {
        lastModified,
      });
    };
    const [a, b, c] = await Promise.all([draw(1, 1000), draw(2, 1000), draw(3, 1000)]);
    const first = await harness.importFiles([a, b], 'cat');
    // Another file in the place of the first one, of the same size: it is not even looked at.
    const noise = new File([new Uint8Array(a.size)], a.name, { lastModified: 1000 });
    const again = await harness.importFiles([noise, b, c], 'cat');
    const later = new File([new Uint8Array(a.size)], a.name, { lastModified: 2000 });
    const changed = await harness.importFiles([later], 'cat');
    return { first, again, changed };
  });
  expect(first).toMatchObject({ added: 2, duplicates: 0 });
  expect(again).toMatchObject({ added: 1, duplicates: 2, refused: [] });
  expect(changed).toMatchObject({ added: 0, duplicates: 0, refused: [{ name: '1.png' }] });
});
