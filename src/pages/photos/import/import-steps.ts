import { html, nothing } from 'lit';
import { msg } from '../../../i18n/msg.ts';
import type { MatchingChoice } from '../../../photos/import/label-pictures.ts';
import { fromFiles } from '../../../photos/import/picture-source.ts';
import type { ClassRecord } from '../../../records/class.ts';
import '../../../widgets/library/elsewhere-list.ts';
import { passedOverSentence } from '../photo-sentences.ts';
import './film-question.ts';
import './import-choice.ts';
import type { Chosen } from './import-choice.ts';
import './import-matching.ts';
import type { ImportPreparation } from './import-preparation.ts';
import './import-question.ts';
import { foundSentence, seenSentence } from './import-sentences.ts';
import './own-split.ts';

type Classes = readonly ClassRecord[];

// The steps of the import sheet before the import runs.

/** Nothing is chosen yet. */
export function chooseStep(preparation: ImportPreparation, classes: Classes) {
  return html`
    ${beforeQuestion(preparation)}
    <pp-import-choice
      .classes=${classes}
      @chosen=${({ detail }: CustomEvent<Chosen>) =>
        void preparation.inspect(fromFiles(detail.files), detail.label)}
    ></pp-import-choice>
  `;
}

/** All that was found has one label, which is asked for. */
export function askStep(preparation: ImportPreparation, classes: Classes) {
  const { groups, label, pictures, keepsSplit } = preparation;
  return html`
    ${beforeQuestion(preparation)} ${filmQuestion(preparation)}
    <pp-own-split
      .pictures=${pictures}
      .keeps=${keepsSplit}
      @keep=${({ detail }: CustomEvent<boolean>) => preparation.keepSplit(detail)}
    ></pp-own-split>
    <pp-import-question
      .classes=${label ? [label] : classes}
      .folder=${groups[0]?.label}
      ready
      @label=${({ detail }: CustomEvent<ClassRecord>) => preparation.startAs(detail)}
      @new-class=${() => void preparation.startWith({ choices: ['new'], keepsSplit })}
    ></pp-import-question>
  `;
}

/** @param onCancel closes the sheet */
export function lookingStep({ filesSeen }: ImportPreparation, onCancel: () => void) {
  return html`
    <p class="quiet">
      ${filesSeen > 0 ? seenSentence(filesSeen) : nothing} ${msg('Nothing is imported yet.')}
    </p>
    <div class="looking"></div>
    <div class="actions">
      <button @click=${onCancel}>${msg('Cancel')}</button>
    </div>
  `;
}

/** What was found has several labels, which are matched with the classes. */
export function matchStep(preparation: ImportPreparation, classes: Classes) {
  const { pictures, groups, unused, passedOver, elsewhere, problem } = preparation;
  return html`
    <p class="quiet">${foundSentence(pictures)} ${passedOverSentence(passedOver)}</p>
    <pp-elsewhere-list .items=${elsewhere}></pp-elsewhere-list> ${filmQuestion(preparation)}
    <pp-import-matching
      .groups=${groups}
      .classes=${classes}
      .unused=${unused}
      .problem=${problem}
      @choices=${({ detail }: CustomEvent<MatchingChoice>) => void preparation.startWith(detail)}
    ></pp-import-matching>
  `;
}

function beforeQuestion({ passedOver, problem, elsewhere }: ImportPreparation) {
  return html`
    <p class="quiet">
      ${msg('Photos stay on this phone, cut to their middle square. You can adjust it afterwards.')}
      ${passedOverSentence(passedOver)}
    </p>
    <p class="problem" role="alert">${problem}</p>
    <pp-elsewhere-list .items=${elsewhere}></pp-elsewhere-list>
  `;
}

function filmQuestion(preparation: ImportPreparation) {
  if (!preparation.hasFilms) return nothing;
  return html`<pp-film-question
    .frames=${preparation.framesPerFilm}
    @frames=${({ detail }: CustomEvent<number>) => (preparation.framesPerFilm = detail)}
  ></pp-film-question>`;
}
