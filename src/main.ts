import { startPageLanguage } from './i18n/page-language.ts';

// The language first: some modules say something as soon as they are there. Not by a top-level
// `await`: the app's chunks may import this one, and would wait for it for ever.
void startPageLanguage().then(() => import('./app/app-shell.ts'));
