import { msg } from '../../../i18n/msg.ts';

/** Every text of an exported page, in one language. */
export type PageTexts = ReturnType<typeof pageTexts>;

/** The texts of an exported page in the current language; names and numbers stand beside them. */
export function pageTexts() {
  return {
    promise: msg('It works in this page alone: nothing that it sees leaves this device.'),
    start: msg('Show it something: with the camera, or in a photo.'),
    opening: msg('Getting ready…'),
    openCamera: msg('Open the camera'),
    closeCamera: msg('Close the camera'),
    otherCamera: msg('Other camera'),
    choosePhoto: msg('Choose a photo'),
    picture: msg('What the model looks at'),
    probabilities: msg('Probabilities'),
    looking: msg('Looking…'),
    notSure: msg('Not sure'),
    unfamiliar: msg('Unlike any photo it has learned from'),
    noCamera: msg('There is no camera here, or another app is using it. A photo works too.'),
    refused: msg('The camera is not allowed here. Allow it in the browser, or choose a photo.'),
    insecure: msg(
      'The browser gives no camera to a page that is opened like this one. Choose a photo: phones can take one at that moment.',
    ),
    unreadable: msg('This file is not a picture that the browser can read.'),
    broken: msg('The model does not run in this browser.'),
    about: msg('About this model'),
    learnedFrom: msg('Photos it learned from'),
    testPhotos: msg('Test photos right'),
    likely: msg('Likely share right'),
    date: msg('Trained'),
    base: msg('Base model'),
    licence: msg('Licence of the base'),
    elsewhere: msg('Trained elsewhere'),
    card: msg('Model card'),
    limits: msg('It names one of its classes whatever it sees, and it is wrong at times.'),
    made: msg('Made with Purrceptron'),
  };
}
