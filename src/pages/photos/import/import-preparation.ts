import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { msg } from '../../../i18n/msg.ts';
import type { Findings, FoundPicture } from '../../../photos/import/found-picture.ts';
import { importRun } from '../../../session/import-run.ts';
import {
  groupByLabel,
  type GroupChoice,
  type LabelGroup,
} from '../../../photos/import/label-groups.ts';
import { labelPictures, type Labelling } from '../../../photos/import/label-pictures.ts';
import type { PictureSource } from '../../../photos/import/picture-source.ts';
import { Problem } from '../../../platform/problem.ts';
import type { ClassRecord } from '../../../records/class.ts';

/** More folders than this are no classes; a hostile archive has thousands. */
const MOST_GROUPS = 60;

/**
 * What comes before an import runs: looking through what was chosen, and finding the label of each
 * picture. Starts the import where nothing is left to ask.
 */
export class ImportPreparation implements ReactiveController {
  /** Where the pictures come from, once something was chosen. */
  source: PictureSource | undefined;
  /** What the source holds, once it was looked through. */
  findings: Findings | undefined;
  /** The pictures by the label that their folders give them. */
  groups: readonly LabelGroup[] = [];
  /** Files that were seen while the source is looked through. */
  filesSeen = 0;
  /** Why it did not go on, as a sentence for the person. */
  problem = '';
  readonly #host: ReactiveControllerHost;
  #found: readonly LabelGroup[] = [];
  #looking: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#looking?.abort();
  }

  get pictures(): readonly FoundPicture[] {
    return this.findings?.pictures ?? [];
  }

  /** Groups that were found, and are too many to be asked about. */
  get leftOut(): number {
    return Math.max(0, this.#found.length - MOST_GROUPS);
  }

  /** Finds out what there is; `label` is what the person says that it shows. */
  async look(source: PictureSource, label?: ClassRecord): Promise<void> {
    this.reset();
    const looking = (this.#looking = new AbortController());
    this.source = source;
    try {
      const findings = await source.find({
        signal: looking.signal,
        onSeen: (files) => {
          this.filesSeen = files;
          this.#host.requestUpdate();
        },
      });
      if (looking.signal.aborted) return;
      this.#found = groupByLabel(findings.pictures);
      this.groups = this.#found.slice(0, MOST_GROUPS);
      this.findings = findings;
    } catch (thrown) {
      if (looking.signal.aborted) return;
      this.reset();
      this.problem = Problem.from(thrown, msg('What you chose could not be read.')).message;
      return;
    }
    if (this.pictures.length === 0) this.#start({ pictures: [], labels: [], created: [] });
    else if (label && this.#found.length === 1) this.startAs(label);
    else this.#host.requestUpdate();
  }

  /** Imports everything under one label. */
  startAs(label: ClassRecord): void {
    const pictures = this.pictures.map((picture) => ({ picture, classId: label.id }));
    this.#start({ pictures, labels: [label], created: [] });
  }

  /** Imports each group as the person chose. */
  async startWith(choices: readonly GroupChoice[], classes: readonly ClassRecord[]): Promise<void> {
    try {
      this.#start(await labelPictures(this.groups, choices, classes));
    } catch (thrown) {
      this.problem = Problem.from(thrown).message;
      this.#host.requestUpdate();
    }
  }

  /** Forgets what was chosen. */
  reset(): void {
    this.#looking?.abort();
    this.source = undefined;
    this.findings = undefined;
    this.#found = [];
    this.groups = [];
    this.filesSeen = 0;
    this.problem = '';
    this.#host.requestUpdate();
  }

  #start(labelling: Labelling): void {
    const { source, findings } = this;
    if (!source || !findings) return;
    void importRun.start({
      ...labelling,
      source: source.source,
      refused: findings.refused,
      whenAllTried: source.whenAllTried,
    });
  }
}
