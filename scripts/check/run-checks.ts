import { availableParallelism } from 'node:os';
import { capture, type CommandResult } from '../captured-command.ts';
import { checksOf, type Check, type CheckPart } from './checks.ts';

/** A check that has ended. */
export interface CheckResult extends Check, CommandResult {}

interface RunChecksOptions {
  /** Called for each check when it ends. */
  readonly onEnd?: (result: CheckResult) => void;
}

/** More compilers at the same time need too much memory for the time that they save. */
const MOST_AT_A_TIME = 4;

/** Runs parts of the checks in parallel; a check that fails does not stop the others. */
export async function runChecks(
  parts: readonly CheckPart[],
  { onEnd }: RunChecksOptions = {},
): Promise<CheckResult[]> {
  const waiting = await checksOf(parts);
  const results: CheckResult[] = [];
  const runWaiting = async (): Promise<void> => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const program = `node_modules/${check.program}`;
      const end = await capture(program, check.args);
      const result = { ...check, ...end };
      results.push(result);
      onEnd?.(result);
    }
  };
  const atATime = Math.min(availableParallelism(), MOST_AT_A_TIME);
  await Promise.all(Array.from({ length: atATime }, runWaiting));
  return results;
}

/** One line about a check: whether it passed, and how long it took. */
export function lineOf({ ok, name, seconds }: CheckResult): string {
  return `${ok ? 'passed' : 'FAILED'}  ${name}, ${seconds.toFixed(1)} s`;
}

/** The whole output of the checks that failed, each with its command. */
export function failuresOf(results: readonly CheckResult[]): string {
  return results
    .filter(({ ok }) => !ok)
    .map(({ program, args, output }) => `\n$ ${[program, ...args].join(' ')}\n${output}`)
    .join('');
}
