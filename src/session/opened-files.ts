import { isModelFileName } from '../models/formats/phone/phone-model.ts';
import { offerModel } from './model-to-add.ts';

/** What the app was opened with; TypeScript's DOM types do not have it. */
interface LaunchParams {
  readonly files: readonly FileSystemFileHandle[];
}

interface LaunchQueue {
  setConsumer(consumer: (params: LaunchParams) => void): void;
}

/**
 * Takes the model files with which the system opens the installed app, see `file_handlers` in the
 * manifest, and lets Models read them. Browsers without it open no files with an app.
 *
 * @param onFailure called when a file could not be read
 */
export function takeOpenedFiles(onFailure: (thrown: unknown) => void): void {
  const { launchQueue } = window as { launchQueue?: LaunchQueue };
  launchQueue?.setConsumer(({ files }) => {
    void Promise.all(files.map((handle) => handle.getFile()))
      .then((opened) => {
        const models = opened.filter(({ name }) => isModelFileName(name));
        if (models.length > 0) offerModelFiles(models);
      })
      .catch(onFailure);
  });
}

/** Opens Models and lets it read model files that arrived elsewhere. */
export function offerModelFiles(files: readonly File[]): void {
  offerModel(files.map((file) => ({ file, path: file.name })));
}
