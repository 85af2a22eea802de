import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '../../i18n/msg.ts';
import { plural } from '../../i18n/plural.ts';
import type { Evaluation, ModelRecord, Validation } from '../../records/model.ts';
import { percent, wholeNumber } from '../../ui/phrases.ts';
import { sharedStyles } from '../../ui/shared-styles.ts';
import type { FineTunedPair } from './fine-tuning-facts.ts';
import { decisionSentence, fineTuningTitle } from './fine-tuning-sentences.ts';
import { inUseBadge, inUseStyles } from './in-use-badge.ts';
import { chooseModel } from '../../widgets/result/choose-model.ts';

/** Compares the head model with the fine-tuned model, with a button to switch between them. */
@customElement('pp-fine-tuning-card')
export class FineTuningCard extends LitElement {
  @property({ attribute: false }) accessor pair: FineTunedPair | undefined;
  /** Id of the model that Live classifies with. */
  @property() accessor usedId: string | undefined;

  override render() {
    if (!this.pair) return nothing;
    const { result, head, tuned } = this.pair;
    const isUsed = (model: ModelRecord | undefined) =>
      model?.id === this.usedId && model !== undefined;
    const isTunedUsed = isUsed(tuned);
    const other = isTunedUsed ? head : isUsed(head) ? tuned : undefined;
    return html`<div class="card" data-fine-tuning data-kept=${result.kept}>
      <h2>${fineTuningTitle(result)}</h2>
      <div class="sides">
        ${this.#side('head', result.before, head, isUsed(head))}
        ${this.#side('tuned', result.after, tuned, isTunedUsed)}
      </div>
      <p class="quiet">
        ${decisionSentence(result)}
        ${result.kept && isUsed(head) ? msg('You chose the head alone.') : nothing}
      </p>
      ${other ? this.#switch(other, isTunedUsed) : nothing}
    </div>`;
  }

  #side(
    side: 'head' | 'tuned',
    validation: Validation,
    model: ModelRecord | undefined,
    used: boolean,
  ) {
    const photos = model?.photoIds.validation.length ?? 0;
    return html`<section class=${used ? 'used' : ''} data-side=${side} data-used=${used}>
      <h3>
        ${side === 'head' ? msg('Head alone') : msg('Fine-tuned')} ${used ? inUseBadge : nothing}
      </h3>
      ${this.#figure(validation.validationAccuracy, photos, 'validation')}
      ${this.#test(model?.test)}
    </section>`;
  }

  #test(test: Evaluation | undefined) {
    if (!test || test.count === 0) return nothing;
    return this.#figure(test.correct / test.count, test.count, 'test');
  }

  #figure(accuracy: number | undefined, photos: number, kind: 'validation' | 'test') {
    return html`<p class=${kind} data-figure=${kind}>
      <strong>${accuracy === undefined ? '–' : percent(accuracy)}</strong>
      <span class="quiet">${kind === 'test' ? testWords(photos) : validationWords(photos)}</span>
    </p>`;
  }

  #switch(other: ModelRecord, isTunedUsed: boolean) {
    return html`<button data-action="use-model" @click=${() => chooseModel(this, other)}>
      ${isTunedUsed ? msg('Use the head alone') : msg('Use the fine-tuned model')}
    </button>`;
  }

  static override styles = [
    sharedStyles,
    inUseStyles,
    css`
      .card {
        display: grid;
        gap: 12px;
      }
      .sides {
        display: grid;
        grid-template-columns: 1fr 1fr;
        gap: 10px;
      }
      section {
        display: grid;
        gap: 6px;
        align-content: start;
        padding: 12px 14px 14px;
        border: 1px solid var(--line);
        border-radius: 18px;
      }
      .used {
        border-color: var(--press);
        background: var(--press-soft);
      }
      .used .quiet {
        color: var(--ink);
      }
      h3 {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 8px;
        margin: 0;
        font-size: 0.9375rem;
      }
      section p {
        display: grid;
        font-variant-numeric: tabular-nums;
        line-height: 1.25;
      }
      strong {
        font-size: 1.125rem;
      }
      .validation strong {
        font-size: 1.5rem;
        letter-spacing: -0.01em;
      }
      section .quiet {
        font-size: 0.8125rem;
      }
    `,
  ];
}

function testWords(photos: number): string {
  const n = wholeNumber(photos);
  return plural(photos, {
    one: msg(str`of ${n} test photo`),
    other: msg(str`of ${n} test photos`),
  });
}

function validationWords(photos: number): string {
  if (photos === 0) return msg('validation');
  const n = wholeNumber(photos);
  return plural(photos, {
    one: msg(str`of ${n} validation photo`),
    other: msg(str`of ${n} validation photos`),
  });
}
