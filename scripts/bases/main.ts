import { Problem } from '../../src/platform/problem.ts';
import type { MadeBase, Say } from './made-base.ts';
import { parseCommandLine, USAGE, type Task } from './options.ts';
import { putBase } from './put-base.ts';

/** `npm run bases`: makes pretrained bases for the app; see USAGE. */
async function main(args: readonly string[]): Promise<void> {
  const say: Say = (line) => {
    console.log(line);
  };
  const line = parseCommandLine(args);
  if (!line) say(USAGE);
  else await putBase(line.out, await make(line.task, say), say);
}

/**
 * Makes one base. The code is loaded lazily, because each source needs a library for its format.
 */
async function make(task: Task, say: Say): Promise<MadeBase> {
  switch (task.base) {
    case 'openimages': {
      const { makeOpenImages } = await import('./openimages/openimages.ts');
      return makeOpenImages();
    }
    case 'imagenet': {
      const { makeImageNet } = await import('./imagenet/imagenet.ts');
      return makeImageNet(task, say);
    }
    case 'folder': {
      const { makeFromFolder } = await import('./folder/from-folder.ts');
      return makeFromFolder(task.from, task.statements);
    }
  }
}

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  const problem = Problem.from(thrown, 'The base could not be made.');
  console.error(problem.message);
  for (let { cause } = problem; cause instanceof Error; { cause } = cause) {
    console.error(`  ${cause.message}`);
  }
  process.exitCode = 1;
}
