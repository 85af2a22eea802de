import { BaseClient } from '../learning/api/base-client.ts';

/** Adds and removes the person's own base models, beside those that the app serves. */
export const ownBases = new BaseClient(new URL('bases/', document.baseURI).href);
