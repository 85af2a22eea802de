import * as Comlink from 'comlink';
import type { BaseService } from '../api/base-service.ts';
import { addBase, inspectBase } from '../bases/own/add-base.ts';
import { baseForHead } from '../bases/base-for-head.ts';
import { ownBaseFiles, removeOwnBase, sweepOwnBases } from '../bases/own/own-bases.ts';
import { restoreBase } from '../bases/own/restore-base.ts';
import { exposeService } from './expose-service.ts';

exposeService<BaseService>({
  inspect: inspectBase,
  add: addBase,
  files: async (id, basesUrl) => {
    const files = await ownBaseFiles(id, basesUrl);
    return Comlink.transfer(files, files);
  },
  forHead: baseForHead,
  restore: restoreBase,
  remove: removeOwnBase,
  sweep: sweepOwnBases,
});
