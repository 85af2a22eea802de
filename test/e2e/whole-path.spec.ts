import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from '@playwright/test';
import { drawnPets, photoFiles, writeCameraFile } from '../fixtures/camera-file.ts';
import type { PetKind } from '../fixtures/drawn-pets.ts';
import { hasSharedPhotos, sharedPhotos } from '../fixtures/shared-material.ts';
import { AppOnPhone } from './app-on-phone.ts';

/**
 * The main job from start to end, as a person does it: photos through the shutter buttons, a
 * training, a live answer, everything closed, opened again with the server gone, a live answer.
 */
async function wholePath(camera: Cameras, minimumFraction: number): Promise<void> {
  const profile = await mkdtemp(join(tmpdir(), 'purrceptron-'));
  const phone = new AppOnPhone(profile);
  try {
    await phone.serve();

    await phone.open('capture', camera.shoot.cat);
    await phone.shoot('cat', 12);
    await phone.burst('cat');
    await phone.waitUntilOfflineReady();
    await phone.close();

    await phone.open('capture', camera.shoot.dog);
    await phone.shoot('dog', 14);
    await phone.train();
    await phone.goTo('live');
    await phone.expectAnswers('dog', minimumFraction);
    await phone.close();

    await phone.stopServing();
    for (const kind of ['cat', 'dog'] as const) {
      await phone.open('live', camera.live[kind]);
      await phone.expectAnswers(kind, minimumFraction);
      await phone.close();
    }

    // Airplane mode is not only for looking: take more, and learn again.
    await phone.open('capture', camera.live.cat);
    await phone.shoot('cat', 3);
    await phone.train();
    phone.expectNoComplaints();
  } finally {
    await phone.close();
    await phone.stopServing();
    await rm(profile, { recursive: true, force: true });
  }
}

/** Camera files by what is before the camera. */
interface Cameras {
  readonly shoot: Readonly<Record<PetKind, string>>;
  /** Other animals than those that were learned from. */
  readonly live: Readonly<Record<PetKind, string>>;
}

const seeds = (first: number, count: number) => Array.from({ length: count }, (_, i) => first + i);

// The same path as with real photos: once is enough.
if (!hasSharedPhotos)
  test('drawn pets: capture, train, live, then the same without a server', async ({}, info) => {
    const file = (name: string) => info.outputPath(`${name}.mjpeg`);
    const cameras: Cameras = {
      shoot: { cat: file('shoot-cat'), dog: file('shoot-dog') },
      live: { cat: file('live-cat'), dog: file('live-dog') },
    };
    for (const kind of ['cat', 'dog'] as const) {
      await writeCameraFile(cameras.shoot[kind], drawnPets(kind, seeds(1, 24)));
      await writeCameraFile(cameras.live[kind], drawnPets(kind, seeds(101, 12)));
    }
    await wholePath(cameras, 1);
  });

test('real photos: capture, train, live, then the same without a server', async ({}, info) => {
  test.skip(!hasSharedPhotos, 'real photos are not here');
  const file = (name: string) => info.outputPath(`${name}.mjpeg`);
  const cameras: Cameras = {
    shoot: { cat: file('shoot-cat'), dog: file('shoot-dog') },
    live: { cat: file('live-cat'), dog: file('live-dog') },
  };
  for (const kind of ['cat', 'dog'] as const) {
    await writeCameraFile(cameras.shoot[kind], photoFiles(sharedPhotos(`train/${kind}`, 40)));
    await writeCameraFile(cameras.live[kind], photoFiles(sharedPhotos(`test/${kind}`, 12)));
  }
  await wholePath(cameras, 0.7);
});
