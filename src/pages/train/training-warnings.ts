import { msg, str } from '../../i18n/msg.ts';
import { ENOUGH_PHOTOS } from '../../photos/class-counts.ts';
import { imbalanceOf, type Imbalance } from '../../photos/imbalance.ts';
import { plural } from '../../i18n/plural.ts';
import { PRESETS } from '../../records/presets.ts';
import type { TrainOptions } from '../../records/training.ts';
import { anyOf, epochCount, listOf, photoCount, wholeNumber } from '../../ui/phrases.ts';
import type { TrainingSet } from '../../photos/training-set.ts';

/**
 * A head hardly learns if none of its weights can move further than this. Adam moves a weight by
 * about the learning rate in each step, so this is the learning rate times the number of steps. It
 * is what Tutorial reaches with 300 photos; TensorFlow's tutorial has 2,000, and Quick reaches 2.4
 * with ten.
 */
const FEWEST_MOVES = 0.01;

/**
 * Warnings about a trainable set, as sentences that tell what to do: classes that are left out,
 * settings that want more photos, no validation or test photos, no test photos of a class, and
 * classes of very different sizes.
 */
export function trainingWarnings(
  { learned, leftOut, counts }: TrainingSet,
  options: Pick<TrainOptions, 'preset' | 'hyperparameters'>,
): string[] {
  const settings = { ...PRESETS[options.preset], ...options.hyperparameters };
  const warnings: string[] = [];
  if (leftOut.length > 0) warnings.push(leftOutSentence(leftOut.map(({ name }) => name)));
  if (movesOf(settings, counts.train) < FEWEST_MOVES) {
    const photos = photoCount(counts.train);
    const epochs = epochCount(settings.epochs);
    warnings.push(
      msg(
        str`These settings want many photos: with ${photos} to learn from, ${epochs} are too few steps, and it will hardly do better than a guess. Quick suits so few.`,
      ),
    );
  }
  if (counts.validation === 0 && counts.test === 0) {
    warnings.push(
      msg(
        'All of your photos are to learn from, so nothing will tell how well it learned. Photos of one burst stay together: take some of another scene, and they are kept aside for that.',
      ),
    );
  } else if (counts.test === 0) {
    warnings.push(
      msg(
        'No photo is kept aside to test with, so nobody will know how often it is right. Take a few of another scene.',
      ),
    );
  } else if (counts.validation === 0) {
    warnings.push(
      msg(
        'No photo is kept aside to check with, so nothing will tell when it learns by heart. Take a few of another scene.',
      ),
    );
  }
  const untested = learned.filter(({ test }) => test === 0).map(({ name }) => name);
  if (counts.test > 0 && untested.length > 0) {
    const names = anyOf(untested);
    warnings.push(
      msg(
        str`No photo to test with yet of: ${names}. The result will say nothing of them. Take a few of another scene.`,
        { desc: '“Cat” or “Cat or Dog”' },
      ),
    );
  }
  const unequal = imbalanceOf(learned);
  if (unequal) {
    warnings.push(imbalanceSentence(unequal, settings.classWeights === 'balanced'));
  }
  return warnings;
}

/** What is missing for the first training, and what to do. */
export function missingSentence(classes: TrainingSet['classes']): string {
  const empty = classes.filter(({ photos }) => photos === 0).map(({ name }) => name);
  if (empty.length > 0 && empty.length < classes.length) {
    const names = anyOf(empty);
    return msg(
      str`No photo yet of: ${names}. To tell them apart, your phone has to see each kind: about ${ENOUGH_PHOTOS} of each make a good start.`,
      { desc: '“Cat” or “Cat or Dog”' },
    );
  }
  return msg(
    str`Your phone learns from examples. About ${ENOUGH_PHOTOS} of each kind make a good start.`,
  );
}

/** Names the classes without photos. */
function leftOutSentence(classNames: readonly string[]): string {
  const names = listOf(classNames);
  return plural(classNames.length, {
    one: msg(str`${names} has no photos yet and is left out.`),
    other: msg(str`${names} have no photos yet and are left out.`),
  });
}

/** How far Adam can move a weight of the head, in the unit of the weights. */
function movesOf(settings: (typeof PRESETS)[keyof typeof PRESETS], photos: number): number {
  const { epochs, batchSize, learningRate, augmentation, variants } = settings;
  const examples = photos * (augmentation === 'all' ? variants.length : 1);
  return epochs * Math.ceil(examples / batchSize) * learningRate;
}

function imbalanceSentence(unequal: Imbalance, balanced: boolean): string {
  const [many, few] = [unequal.most.name, unequal.least.name];
  const times = wholeNumber(unequal.ratio);
  return balanced
    ? msg(
        str`“${many}” has ${times} times as many photos to learn from as “${few}”. Class weights make up for some of it; more photos of “${few}” do better.`,
      )
    : msg(
        str`“${many}” has ${times} times as many photos to learn from as “${few}”: it may say “${many}” too often. Take more photos of “${few}”, or turn on class weights under Options, Expert.`,
      );
}
