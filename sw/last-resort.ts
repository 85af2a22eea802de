import { pickLanguage, type Language } from '../src/i18n/languages.ts';

/**
 * The page that is shown, instead of the browser's "no internet", when the stored page of the app
 * is damaged and the network does not deliver it.
 */
function page({ code, direction }: Language): string {
  const { title, missing, connect, again } = WORDS[code];
  return `<!doctype html>
<html lang="${code}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Purrceptron</title>
<h1>${title}</h1>
<p>${missing}
<p>${connect}
<p><a href="">${again}</a>
</html>`;
}

/** Separate from the other translations, because this page must not depend on other files. */
const WORDS = {
  en: {
    title: 'Purrceptron cannot start',
    missing: 'A part of the app is missing on this phone. Your photos and models are safe.',
    connect: 'Connect to the internet and try again.',
    again: 'Try again',
  },
  es: {
    title: 'Purrceptron no puede iniciarse',
    missing:
      'Falta una parte de la aplicación en este teléfono. Tus fotos y modelos están a salvo.',
    connect: 'Conéctate a internet e inténtalo de nuevo.',
    again: 'Intentar de nuevo',
  },
  ar: {
    title: 'تعذّر بدء Purrceptron',
    missing: 'جزء من التطبيق مفقود على هذا الهاتف. صورك ونماذجك في أمان.',
    connect: 'اتصل بالإنترنت وحاول مرة أخرى.',
    again: 'حاول مرة أخرى',
  },
} satisfies Record<Language['code'], unknown>;

/** Answers a request that failed both in the cache and on the network. */
export async function lastResort({ request }: { request: Request }): Promise<Response> {
  if (request.mode !== 'navigate') return Response.error();
  try {
    // The server may have the page of a newer version, which is just as good.
    return await fetch(request);
  } catch {
    // The language chosen in the app is in local storage, which a service worker cannot read.
    return new Response(page(pickLanguage(undefined, navigator.languages)), {
      status: 503,
      headers: {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': "default-src 'none'",
      },
    });
  }
}
