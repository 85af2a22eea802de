/**
 * The script of an exported page (docs/formats.md). It runs twice: in the page, and in the worker
 * that the page makes of it, where the model answers.
 */
import { answerMessages } from './answering/worker-side.ts';
import { startPage } from './page.ts';

if ('document' in globalThis) startPage(document.currentScript!.textContent);
else answerMessages();
