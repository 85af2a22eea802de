import type { Pair } from './pairs.ts';

/** Pictures of docs/architecture.md, by the name in the comments around each. */
export const PICTURES = { house: 'rooms of src', learning: 'rooms of src/learning' } as const;

/** Rooms that nearly every room imports: their arrows would hide all others. */
const GROUND = ['records', 'i18n', 'platform'];

/** The rooms of src/, with each folder of learning's worker side as one and all pages as one. */
export function drawHouse(pairs: readonly Pair[]): string {
  const wholes = pairs.map(([from, to]): Pair => [wholeOf(from), wholeOf(to)]);
  return drawing(wholes.filter(([from, to]) => from !== to && isDrawn(from) && isDrawn(to)));
}

/** The rooms of learning's worker side. */
export function drawLearning(pairs: readonly Pair[]): string {
  const inner = (room: string) => room.startsWith('learning/') && room !== 'learning/api';
  const short = (room: string) => room.replace('learning/', '');
  return drawing(
    pairs
      .filter(([from, to]) => inner(from) && inner(to))
      .map(([from, to]): Pair => [short(from), short(to)]),
  );
}

/**
 * Puts a picture between the comments that name it.
 *
 * @throws Error when the document has no such comments
 */
export function withPicture(document: string, name: string, picture: string): string {
  const [begin, end] = [`<!-- picture: ${name} -->`, `<!-- end of picture: ${name} -->`];
  const from = document.indexOf(begin);
  const to = document.indexOf(end);
  if (from < 0 || to < from) throw new Error(`No “${begin}” and “${end}” in the document`);
  return `${document.slice(0, from + begin.length)}\n\n${picture}\n\n${document.slice(to)}`;
}

function wholeOf(room: string): string {
  if (room.startsWith('learning/'))
    return room === 'learning/api' ? room : 'learning/worker and below';
  return room.startsWith('pages/') ? 'pages' : room;
}

function isDrawn(room: string): boolean {
  return !GROUND.includes(room) && room !== 'sw' && room !== 'src/main.ts';
}

/** A Mermaid flowchart of the arrows that no path of other arrows implies. */
function drawing(pairs: readonly Pair[]): string {
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of pairs) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const reaches = (from: string, to: string): boolean =>
    [...(targets.get(from) ?? [])].some((next) => next === to || reaches(next, to));
  const needed = [...targets].flatMap(([from, tos]) =>
    [...tos]
      .filter((to) => ![...tos].some((other) => other !== to && reaches(other, to)))
      .map((to) => `  ${node(from)} --> ${node(to)}`),
  );
  return ['```mermaid', 'flowchart TD', ...needed.sort(), '```'].join('\n');
}

function node(room: string): string {
  return `${room.replaceAll(/\W/g, '_')}["${room}"]`;
}
