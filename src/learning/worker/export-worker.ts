import * as Comlink from 'comlink';
import * as tf from '@tensorflow/tfjs-core';
import { msg } from '../../i18n/msg.ts';
import { Problem } from '../../platform/problem.ts';
import type { ExportService } from '../api/export-service.ts';
import { activateOnProcessor } from '../backend/backends.ts';
import { exportModel, exportOffers } from '../export/export-model.ts';
import { openModel, type OpenModel } from '../export/open-model.ts';
import { packModel } from '../export/pack-model.ts';
import { exposeService, releaseProxy } from './expose-service.ts';

let model: OpenModel | undefined;

exposeService<ExportService>({
  open: async (modelId, basesUrl) => {
    tf.enableProdMode();
    await activateOnProcessor();
    model = await openModel(modelId, basesUrl);
    return exportOffers(model);
  },
  pack: packModel,
  export: async (format, onProgress) => {
    try {
      if (!model) throw new Problem('no-model', msg('That model is no longer there.'));
      const exported = await exportModel(model, format, __APP_VERSION__, onProgress);
      return Comlink.transfer(exported, [exported.bytes]);
    } finally {
      releaseProxy(onProgress);
    }
  },
});
