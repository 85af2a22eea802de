import network from 'asset-url:./keras/purrceptron_network.py';
import recipe from 'asset-url:./keras/purrceptron_recipe.py';
import training from 'asset-url:./keras/purrceptron_training.py';
import main from 'asset-url:./keras/train_keras.py';

const SCRIPTS: Readonly<Record<string, string>> = {
  'train_keras.py': main,
  'purrceptron_network.py': network,
  'purrceptron_recipe.py': recipe,
  'purrceptron_training.py': training,
};

/**
 * The scripts with which a data set is trained in Keras, by name; docs/bigger-machine.md. The photos
 * matter more: if a script cannot be read, as when a browser has dropped the app's files, none goes
 * along.
 */
export async function kerasScripts(): Promise<Readonly<Record<string, string>>> {
  try {
    const texts = Object.entries(SCRIPTS).map(async ([name, url]) => {
      const response = await fetch(url);
      if (!response.ok) throw new Error(`${name}: status ${response.status}`);
      return [name, await response.text()] as const;
    });
    return Object.fromEntries(await Promise.all(texts));
  } catch {
    return {};
  }
}
