import { customElement } from 'lit/decorators.js';
import { msg } from '../../i18n/msg.ts';
import { SettingSwitch } from './setting-switch.ts';

/** The switch for the squares of imported photos. */
@customElement('pp-squares-switch')
export class SquaresSwitch extends SettingSwitch {
  protected readonly setting = 'movesSquares';

  protected label(): string {
    return msg('Move the square onto the animal');
  }

  protected explanation(): string {
    return msg(
      'In wide and tall photos that you import. It looks for what your classes are, and comes closer only if that is small. You can adjust each square after the import.',
    );
  }
}
