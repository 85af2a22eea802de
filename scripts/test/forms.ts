import { ENGINE_PACKAGES } from '../other-engines.ts';
import { WITHOUT_SLOW_SPECS } from './slow-specs.ts';
import { CHECK_PARTS, needsBuild, type CheckPart } from '../check/checks.ts';

/** A selection of checks and tests that has a command of its own in package.json. */
interface TestForm {
  readonly checks: readonly CheckPart[];
  /** What Playwright is asked to run; everything where this is empty. */
  readonly args: readonly string[];
  /** The long form of tests that have one: see test/long-form.ts. */
  readonly long: boolean;
}

const FORMS = {
  /** `npm test` */
  short: { checks: CHECK_PARTS, args: [], long: false },
  /** `npm run test:quick` */
  quick: {
    checks: ['types', 'lint'],
    args: ['--project=unit', '--project=browser', WITHOUT_SLOW_SPECS],
    long: false,
  },
  /** `npm run test:long` */
  long: { checks: CHECK_PARTS, args: [], long: true },
  /** `npm run test:faults` */
  faults: { checks: [], args: ['--project=faults'], long: true },
  /** `npm run test:soak` */
  soak: { checks: [], args: ['live-soak'], long: true },
} as const satisfies Record<string, TestForm>;

const FORM_OPTION = '--form=';

/** A form, and what the person asks of Playwright in addition. */
export interface TestRequest extends TestForm {
  /** `2/3` is the second of three machines that share the tests. */
  readonly shard?: string;
}

/**
 * Reads a command line: `--form=NAME`, then arguments for Playwright.
 *
 * @throws when there is no form of that name
 */
export function parseTestRequest(line: readonly string[]): TestRequest {
  const name = line.find((arg) => arg.startsWith(FORM_OPTION))?.slice(FORM_OPTION.length);
  const form = FORMS[(name ?? 'short') as keyof typeof FORMS] as TestForm | undefined;
  if (!form) {
    throw new Error(`No form “${name ?? ''}”: there are ${Object.keys(FORMS).join(', ')}.`);
  }
  const asked = line.filter((arg) => !arg.startsWith(FORM_OPTION));
  const shard = optionValues(asked, '--shard')[0];
  const args = [...form.args, ...asked];
  const { app } = neededBuilds(args);
  const possible = form.checks.filter((part) => app || !needsBuild(part));
  // One machine checks; the others only test.
  const checks = shard === undefined || shard.startsWith('1/') ? possible : [];
  return { ...form, args, checks, ...(shard !== undefined && { shard }) };
}

/** What must be built for some tests. */
export interface Builds {
  /** `dist/`, the app as it is released. */
  readonly app: boolean;
  /** `build/harness/`, the page of the browser tests. */
  readonly harness: boolean;
}

/** Projects of playwright.config.ts, and what they run against; others need both builds. */
const NEEDED: Readonly<Record<string, Builds>> = {
  unit: { app: false, harness: false },
  browser: { app: false, harness: true },
  compute: { app: false, harness: true },
  interop: { app: false, harness: true },
  e2e: { app: true, harness: false },
  webkit: { app: true, harness: false },
  firefox: { app: true, harness: false },
};

/** Whether these arguments of Playwright select tests in other engines than Chromium's. */
export function needsOtherEngines(args: readonly string[]): boolean {
  const projects = optionValues(args, '--project');
  const others: readonly string[] = Object.keys(ENGINE_PACKAGES);
  return projects.length === 0 || projects.some((project) => others.includes(project));
}

/** The builds that the tests need which these arguments of Playwright select. */
export function neededBuilds(args: readonly string[]): Builds {
  const projects = optionValues(args, '--project');
  const everything = { app: true, harness: true };
  if (projects.length === 0) return everything;
  const needed = projects.map((project) => NEEDED[project] ?? everything);
  return { app: needed.some(({ app }) => app), harness: needed.some(({ harness }) => harness) };
}

/** The values of an option, written as `--name=value` or as `--name value`. */
function optionValues(args: readonly string[], name: string): string[] {
  return args.flatMap((arg, i) => {
    if (arg.startsWith(`${name}=`)) return [arg.slice(name.length + 1)];
    return arg === name ? valuesAfter(args, i) : [];
  });
}

/** `--project` takes every argument up to the next option. */
function valuesAfter(args: readonly string[], index: number): string[] {
  const rest = args.slice(index + 1);
  const end = rest.findIndex((arg) => arg.startsWith('-'));
  return end < 0 ? rest : rest.slice(0, end);
}
