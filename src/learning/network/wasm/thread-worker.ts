/** The entry of a helper thread of a network. */
import { runHelper, type StartHelper } from './thread-messages.ts';

addEventListener('message', ({ data }: MessageEvent<StartHelper>) => {
  runHelper(data, () => {
    postMessage('ready');
  });
});
