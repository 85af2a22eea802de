import * as Comlink from 'comlink';
import { addBase, inspectBase } from './base/own/add-base.ts';
import { removeOwnBase, sweepOwnBases } from './base/own/own-bases.ts';
import type { BaseService } from './base-service.ts';
import { crossing } from './crossing.ts';

Comlink.expose({
  inspect: crossing(inspectBase),
  add: crossing(addBase),
  remove: crossing(removeOwnBase),
  sweep: crossing(sweepOwnBases),
} satisfies Record<keyof BaseService, unknown>);
