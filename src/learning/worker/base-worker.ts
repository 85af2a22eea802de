import * as Comlink from 'comlink';
import { addBase, inspectBase } from '../bases/own/add-base.ts';
import { ownBaseFiles, removeOwnBase, sweepOwnBases } from '../bases/own/own-bases.ts';
import { restoreBase } from '../bases/own/restore-base.ts';
import type { BaseService } from '../api/base-service.ts';
import { crossing } from '../api/error-transfer.ts';

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
