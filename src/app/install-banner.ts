import { html, type TemplateResult } from 'lit';
import { msg } from '../i18n/msg.ts';
import { chooseBackup } from '../session/choose-backup.ts';
import type { installAdviser } from '../session/install-advice.ts';
import { installApp } from '../session/install-app.ts';
import { hrefOf } from '../session/routes.ts';
import './banner.ts';

/** The banner with the current advice about the home screen; undefined if there is none. */
export function installBanner(adviser: typeof installAdviser): TemplateResult | undefined {
  switch (adviser.current) {
    case 'install':
      return banner(
        adviser,
        msg('Put Purrceptron on your home screen: your photos are safer there.'),
        msg('Install'),
        () => void installApp.ask(),
      );
    case 'before-first-photo':
      return banner(
        adviser,
        msg(
          'Put Purrceptron on your home screen before the first photo: that app does not see the photos of this tab, and a tab loses them after seven days without use.',
        ),
        msg('Show how'),
        showSteps,
      );
    case 'move':
      return banner(
        adviser,
        msg(
          'Move your photos to the home screen: this tab loses them if you do not use it for seven days.',
        ),
        msg('Show how'),
        showSteps,
      );
    case 'restore':
      return banner(
        adviser,
        msg(
          'Have you used Purrceptron in the browser before? This app does not see those photos: choose their backup in Files, and they are here.',
        ),
        msg('Restore a backup'),
        chooseBackup,
        // Whoever changes their mind in Files is asked once more.
        false,
      );
    case undefined:
      return undefined;
  }
}

function banner(
  adviser: typeof installAdviser,
  text: string,
  action: string,
  onAction: () => void,
  endsWithAction = true,
): TemplateResult {
  return html`<pp-banner
    icon="download"
    data-advice=${adviser.current}
    text=${text}
    action=${action}
    dismissable
    @action=${() => {
      onAction();
      if (endsWithAction) adviser.dismiss();
    }}
    @dismiss=${() => adviser.dismiss()}
  ></pp-banner>`;
}

function showSteps(): void {
  location.hash = `${hrefOf('settings')}?install`;
}
