/**
 * `npm run test:gpu`: on a machine with a GPU, the golden tests of WebGPU in their long form and the
 * benchmarks of the network, of Live and of a training, on that GPU, through Vulkan and without a
 * screen. `npm test` runs the same tests on a software adapter. Arguments go to the benchmark of the
 * network.
 */
import { installChromium } from './chromium.ts';
import { run } from './run-command.ts';
import { buildForTests } from './test/build-for-tests.ts';
import { runPlaywright } from './test/run-playwright.ts';

const TESTS = ['gpu-plan', 'gpu-shaders', 'webgpu', 'lost-gpu'];

process.env['WEBGPU'] = 'vulkan';
try {
  await installChromium();
  await buildForTests({ app: false, harness: true });
  const args = ['--project=compute', ...TESTS.map((name) => `compute/${name}.spec`)];
  const { passed, failed, skipped } = await runPlaywright({ args, long: true });
  console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
  if (failed > 0) process.exitCode = 1;
  await run('npm', [
    ...['run', 'bench', '--', 'network', '--webgpu', '--peers'],
    ...process.argv.slice(2),
  ]);
  await run('npm', ['run', 'bench', '--', 'live', '--backend', 'webgpu']);
  await run('npm', ['run', 'bench', '--', 'training', '--backend', 'webgpu']);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
