import { unpackProgram } from '../../models/formats/web-page/pack-program.ts';
import { networkOf, type Network } from '../../learning/program/program-network.ts';
import { answerPicture } from './answer-picture.ts';
import type { Reply, Request } from './messages.ts';

/** The worker: keeps the model, and answers one picture after the other. */
export function answerMessages(): void {
  let network: Network | undefined;
  const scope = globalThis as unknown as {
    onmessage: (event: MessageEvent<Request>) => void;
    postMessage(reply: Reply): void;
  };
  scope.onmessage = ({ data }) => {
    if (data.kind === 'program') network = networkOf(unpackProgram(data.packed));
    else if (network) scope.postMessage({ answer: answerPicture(network, data.rgba) });
    else scope.postMessage({});
  };
}
