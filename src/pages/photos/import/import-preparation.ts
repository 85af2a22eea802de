import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { msg } from '../../../i18n/msg.ts';
import type { Elsewhere, Findings, FoundPicture } from '../../../photos/import/found-picture.ts';
import { countFilms, FRAMES_PER_FILM } from '../../../photos/import/found-films.ts';
import { importRun } from '../../../session/import-run.ts';
import { groupByLabel, type LabelGroup } from '../../../photos/import/label-groups.ts';
import { listClasses } from '../../../photos/classes.ts';
import { listUnusedClasses } from '../../../photos/unused-classes.ts';
import {
  labelPictures,
  type LabelledPicture,
  type Labelling,
  type MatchingChoice,
} from '../../../photos/import/label-pictures.ts';
import type { PictureSource } from '../../../photos/import/picture-source.ts';
import { Problem } from '../../../platform/problem.ts';
import type { ClassRecord } from '../../../records/class.ts';

/**
 * Prepares an import: searches the source for pictures, and finds the label of each picture. Starts
 * the import when no question is left.
 */
export class ImportPreparation implements ReactiveController {
  /** Source of the pictures; undefined before something is chosen. */
  source: PictureSource | undefined;
  /** Contents of the source; undefined until the search is done. */
  findings: Findings | undefined;
  /** The pictures, grouped by the label that their folders give them. */
  groups: readonly LabelGroup[] = [];
  /** The label of all pictures, if the user chose it first. */
  label: ClassRecord | undefined;
  /** The most photos to take from each film. */
  framesPerFilm = FRAMES_PER_FILM;
  /** Whether pictures of a single label stay in the splits of their data set. */
  keepsSplit = false;
  /** Number of files found so far. */
  filesSeen = 0;
  /** Error message for the user; empty if there is none. */
  problem = '';
  /** The first classes, if nothing was ever done in the library. */
  unused: readonly ClassRecord[] = [];
  readonly #host: ReactiveControllerHost;
  #search: AbortController | undefined;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#search?.abort();
  }

  get pictures(): readonly FoundPicture[] {
    return this.findings?.pictures ?? [];
  }

  /** What was chosen and belongs elsewhere. */
  get elsewhere(): readonly Elsewhere[] {
    return this.findings?.elsewhere ?? [];
  }

  /** Number of files that are no pictures. */
  get passedOver(): number {
    return this.findings?.passedOver ?? 0;
  }

  get hasFilms(): boolean {
    return countFilms(this.pictures) > 0;
  }

  /**
   * Searches the source for pictures.
   *
   * @param label the label of all pictures, if the user chose it first
   */
  async inspect(source: PictureSource, label?: ClassRecord): Promise<void> {
    this.reset();
    const search = (this.#search = new AbortController());
    this.source = source;
    this.label = label;
    try {
      const found = await source.find({
        signal: search.signal,
        onSeen: (files) => {
          this.filesSeen = files;
          this.#host.requestUpdate();
        },
      });
      const unused = await listUnusedClasses();
      if (search.signal.aborted) return;
      this.unused = unused;
      this.groups = label
        ? [{ label: undefined, pictures: found.pictures }]
        : groupByLabel(found.pictures);
      this.findings = found;
    } catch (thrown) {
      if (search.signal.aborted) return;
      this.reset();
      this.problem = Problem.from(thrown, msg('What you chose could not be read.')).message;
      return;
    }
    if (this.pictures.length === 0)
      this.#start({ pictures: [], labels: [], newClasses: [], replaced: new Map() });
    else if (label && !this.hasFilms) this.startAs(label);
    else this.#host.requestUpdate();
  }

  /** @param keepsSplit see there */
  keepSplit(keepsSplit: boolean): void {
    this.keepsSplit = keepsSplit;
    this.#host.requestUpdate();
  }

  /** Imports everything under one label. */
  startAs(label: ClassRecord): void {
    const pictures = this.pictures.map((picture): LabelledPicture => {
      const split = this.keepsSplit ? picture.split : undefined;
      return { picture, classId: label.id, ...(split && { split }) };
    });
    this.#start({ pictures, labels: [label], newClasses: [], replaced: new Map() });
  }

  /** Imports each group as the user chose. */
  async startWith(choice: MatchingChoice): Promise<void> {
    try {
      this.#start(labelPictures(this.groups, choice, await listClasses(), this.unused));
    } catch (thrown) {
      this.problem = Problem.from(thrown).message;
      this.#host.requestUpdate();
    }
  }

  /** Cancels the search and clears the state. */
  reset(): void {
    this.#search?.abort();
    this.source = undefined;
    this.findings = undefined;
    this.groups = [];
    this.label = undefined;
    this.framesPerFilm = FRAMES_PER_FILM;
    this.keepsSplit = false;
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
      passedOver: findings.passedOver,
      elsewhere: findings.elsewhere,
      framesPerFilm: this.framesPerFilm,
      whenAllTried: source.whenAllTried,
    });
  }
}
