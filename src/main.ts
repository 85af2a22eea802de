import { installApp } from './session/install-app.ts';
import { startLearningAhead } from './session/learning-ahead.ts';
import { startPageLanguage } from './session/page-language.ts';

installApp.listen();
// The language before the app: some modules say something as soon as they are there. Not by a
// top-level `await`: the app's chunks may import this one, and would wait for it for ever.
// Not at all in a browser that check-browser.js has refused.
if (!('oldBrowser' in document.documentElement.dataset)) {
  void startPageLanguage().then(() => {
    startLearningAhead();
    return import('./app/app-shell.ts');
  });
}
