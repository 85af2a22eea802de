import { customElement } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { addClass, renameClass } from '../../photos/classes.ts';
import { NameDialog, type NameWords } from '../../ui/name-dialog.ts';
import type { ClassRecord } from '../../records/class.ts';

/**
 * The dialog that asks for the name of a class, to add or to rename the class.
 *
 * Event: `class-added`, with the new class in `detail`.
 */
@customElement('pp-class-name-dialog')
export class ClassNameDialog extends NameDialog<ClassRecord> {
  /** @param record the class to rename; undefined to add one */
  open(record?: ClassRecord): void {
    this.show(record);
  }

  protected override words(): NameWords {
    const name = this.record?.name;
    return name === undefined
      ? {
          title: msg('Add a class'),
          hint: msg('What else should your phone tell apart? It needs about 10 photos of it.'),
          save: msg('Add'),
        }
      : {
          title: msg(str`Rename ${name}`),
          hint: msg('Its photos stay, and so does what your phone has learned from them.'),
          save: msg('Rename'),
        };
  }

  protected override async save(typed: string): Promise<void> {
    if (this.record) {
      await renameClass(this.record.id, typed);
      return;
    }
    const detail = await addClass(typed);
    this.dispatchEvent(new CustomEvent('class-added', { detail }));
  }
}
