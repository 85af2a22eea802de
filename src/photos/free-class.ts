import { msg, str } from '../i18n/msg.ts';
import { isSameName } from '../platform/name.ts';
import { Problem } from '../platform/problem.ts';
import type { ClassRecord } from '../records/class.ts';
import { MOST_CLASSES } from './class-limits.ts';

/**
 * A copy of the record with an order and a colour that no other class has. It keeps its own if they
 * are free; -1 stands for none.
 *
 * @throws Problem `too-many`, or `taken` when another class has the same name
 */
export function withFreeOrderAndColour(
  record: ClassRecord,
  others: readonly ClassRecord[],
): ClassRecord {
  if (others.length >= MOST_CLASSES) {
    throw new Problem('too-many', msg(str`There can be ${MOST_CLASSES} classes at most.`));
  }
  assertFree(record.name, others);
  const palettes = new Set(others.map(({ palette }) => palette));
  const isFree = (palette: number) => palette >= 0 && !palettes.has(palette);
  const firstFree = Array.from({ length: MOST_CLASSES }, (_, i) => i).find(isFree) ?? 0;
  const orders = others.map(({ order }) => order);
  const isOrderFree = record.order >= 0 && !orders.includes(record.order);
  return {
    ...record,
    order: isOrderFree ? record.order : Math.max(-1, ...orders) + 1,
    palette: isFree(record.palette) ? record.palette : firstFree,
  };
}

/** @throws Problem `taken` when one of the classes has this name */
export function assertFree(name: string, others: readonly ClassRecord[]): void {
  const same = others.find((other) => isSameName(other.name, name));
  if (!same) return;
  throw new Problem('taken', msg(str`There is a class called ${same.name} already.`));
}
