import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { percent } from '../../ui/phrases.ts';
import { SettingSwitch } from './setting-switch.ts';

/**
 * Accuracy on 300 test photos: without any photo, and with 10 photos a class, alone and together
 * with what the base knows; see docs/learning.md.
 */
const MEASURED = { untrained: 0.983, without: 0.959, with: 0.98 };

/** The switch for what the base knows, and what it is worth. */
@customElement('pp-known-switch')
export class KnownSwitch extends SettingSwitch {
  /** Whether the figures were measured with this base. */
  @property({ type: Boolean }) accessor measured = false;
  protected readonly setting = 'usesKnownClasses';

  protected label(): string {
    return msg('Start from what the base model knows');
  }

  protected explanation(): string {
    return this.measured
      ? this.#figures()
      : msg('This base has seen such things before; your photos teach it yours.');
  }

  #figures(): string {
    const [untrained, without, together] = [
      MEASURED.untrained,
      MEASURED.without,
      MEASURED.with,
    ].map(percent);
    return msg(
      str`This base has seen cats and dogs before; your photos teach it yours. Of 300 photos of other people’s, it got ${untrained} right without any training, ${together} after 10 photos of each, and ${without} from those photos alone.`,
    );
  }
}
