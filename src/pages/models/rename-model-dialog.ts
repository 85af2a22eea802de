import { customElement } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import type { ModelRecord } from '../../records/model.ts';
import { renameModel } from '../../models/versions.ts';
import { NameDialog, type NameWords } from '../../ui/name-dialog.ts';

/** The sheet to rename a model. */
@customElement('pp-rename-model-dialog')
export class RenameModelDialog extends NameDialog<ModelRecord> {
  open(model: ModelRecord): void {
    this.show(model);
  }

  protected override words(): NameWords {
    const name = this.record?.name ?? '';
    return { title: msg(str`Rename ${name}`), save: msg('Rename') };
  }

  protected override async save(typed: string): Promise<void> {
    if (this.record) await renameModel(this.record.id, typed);
  }
}
