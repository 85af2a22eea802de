import { msg, str } from '../i18n/msg.ts';
import { Problem } from '../platform/problem.ts';
import { announce } from '../storage/changes.ts';
import { read, write } from '../storage/database.ts';
import { parseClassName } from './class-name.ts';
import { classOf, inOrder, openClasses } from './class-store.ts';
import { bringBack, takeOut } from './deleted-photos.ts';
import { classRange } from './repository.ts';
import { isSameName } from '../platform/name.ts';
import type { ClassRecord } from '../records/class.ts';

/** With one class there is nothing to tell apart. */
export const FEWEST_CLASSES = 2;
/** As many as there are colours that can be told apart; see app/theme.css. */
export const MOST_CLASSES = 8;

/** A class that was removed, and the photos that went with it: what `restoreClass` needs. */
export interface RemovedClass {
  readonly record: ClassRecord;
  readonly photoIds: readonly string[];
}

/** The classes in their order; a new library starts with Cat and Dog. */
export async function listClasses(): Promise<ClassRecord[]> {
  const stored = await read(['classes'], (transaction) =>
    transaction.objectStore('classes').getAll(),
  );
  if (stored.length > 0) return inOrder(stored);
  return write(['classes'], (transaction) => openClasses(transaction.objectStore('classes')));
}

/**
 * Adds a class behind the others, in the first colour that is free.
 *
 * @throws Problem `too-many`, `taken`, or of a NameProblemKind
 */
export async function addClass(typed: string): Promise<ClassRecord> {
  const name = parseClassName(typed);
  const record = await write(['classes'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const classes = await openClasses(store);
    const added = place({ id: crypto.randomUUID(), name, order: -1, palette: -1 }, classes);
    await store.put(added);
    return added;
  });
  announce('classes');
  return record;
}

/**
 * Gives a class another name. Its id, its photos and what was learned from them stay.
 *
 * @throws Problem `taken`, `gone`, or of a NameProblemKind
 */
export async function renameClass(id: string, typed: string): Promise<ClassRecord> {
  const name = parseClassName(typed);
  const record = await write(['classes'], async (transaction) => {
    const store = transaction.objectStore('classes');
    const renamed = { ...(await classOf(store, id)), name };
    assertFree(
      name,
      (await openClasses(store)).filter((other) => other.id !== id),
    );
    await store.put(renamed);
    return renamed;
  });
  announce('classes');
  return record;
}

/**
 * Removes a class, and with it its photos, in one transaction: they go where deleted photos go.
 *
 * @throws Problem `too-few` when no more than FEWEST_CLASSES are left, `gone`
 */
export async function removeClass(id: string): Promise<RemovedClass> {
  const removed = await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    const record = await classOf(classes, id);
    if ((await openClasses(classes)).length <= FEWEST_CLASSES) {
      throw new Problem(
        'too-few',
        msg('Two classes must stay: with one there is nothing to tell apart.'),
      );
    }
    const own = await photos.index('byClass').getAll(classRange(id));
    for (const photo of own) await takeOut({ photos, deletedPhotos }, photo);
    await classes.delete(id);
    return { record, photoIds: own.map((photo) => photo.id) };
  });
  announce('classes');
  if (removed.photoIds.length > 0) announce('photos');
  return removed;
}

/**
 * Undoes `removeClass`: the same class with the same photos, in its place and colour unless another
 * class has taken them meanwhile.
 *
 * @throws Problem `gone` when a photo was purged meanwhile, `too-many`, `taken`; then nothing of it
 *   is restored
 */
export async function restoreClass({ record, photoIds }: RemovedClass): Promise<void> {
  await write(['classes', 'photos', 'deletedPhotos'], async (transaction) => {
    const classes = transaction.objectStore('classes');
    const photos = transaction.objectStore('photos');
    const deletedPhotos = transaction.objectStore('deletedPhotos');
    const others = await openClasses(classes);
    // Undo pressed twice.
    if (others.some((other) => other.id === record.id)) return;
    await classes.put(place(record, others));
    for (const id of photoIds) await bringBack({ photos, deletedPhotos }, id);
  });
  announce('classes');
  if (photoIds.length > 0) announce('photos');
}

/** The record with an order and a colour that none of the others has: its own, where it can be. */
export function place(record: ClassRecord, others: readonly ClassRecord[]): ClassRecord {
  if (others.length >= MOST_CLASSES) {
    throw new Problem('too-many', msg(str`There can be ${MOST_CLASSES} classes at most.`));
  }
  assertFree(record.name, others);
  const palettes = new Set(others.map(({ palette }) => palette));
  const isFree = (palette: number) => palette >= 0 && !palettes.has(palette);
  const firstFree = Array.from({ length: MOST_CLASSES }, (_, i) => i).find(isFree) ?? 0;
  const orders = others.map(({ order }) => order);
  const hasPlace = record.order >= 0 && !orders.includes(record.order);
  return {
    ...record,
    order: hasPlace ? record.order : Math.max(...orders) + 1,
    palette: isFree(record.palette) ? record.palette : firstFree,
  };
}

function assertFree(name: string, others: readonly ClassRecord[]): void {
  const same = others.find((other) => isSameName(other.name, name));
  if (!same) return;
  throw new Problem('taken', msg(str`There is a class called ${same.name} already.`));
}
