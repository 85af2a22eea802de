import * as Comlink from 'comlink';
import { addBase, inspectBase } from './base/own/add-base.ts';
import { ownBaseFiles, removeOwnBase, sweepOwnBases } from './base/own/own-bases.ts';
import { restoreBase } from './base/own/restore-base.ts';
import type { BaseService } from './base-service.ts';
import { crossing } from './crossing.ts';

Comlink.expose({
  inspect: crossing(inspectBase),
  add: crossing(addBase),
  files: crossing(async (id: string, basesUrl: string) => {
    const files = await ownBaseFiles(id, basesUrl);
    return Comlink.transfer(files, files);
  }),
  restore: crossing(restoreBase),
  remove: crossing(removeOwnBase),
  sweep: crossing(sweepOwnBases),
} satisfies Record<keyof BaseService, unknown>);
