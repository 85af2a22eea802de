/**
 * What the label of a camera says. The label comes from the system: iOS gives it in the phone's
 * language ("Cámara ultra gran angular trasera"), Android in English with a number ("camera2 0,
 * facing back"), and a webcam has the name of its maker.
 */

/** A camera of a phone other than its plain main one. */
export type LensKind = 'ultra-wide' | 'dual-wide' | 'triple' | 'dual' | 'tele' | 'macro' | 'desk';

/** Beginnings of words, by alphabet; scripts without spaces are searched anywhere. */
function words(beginnings: string, anywhere: string): RegExp {
  return new RegExp(`(?<!\\p{L})(?:${beginnings})|${anywhere}`, 'iu');
}

const BACK = words(
  'back|rear|environment|trase|arrière|posterior|rück|hinter|achter|tyln|tył|arka|bakre|baksid|bagsid|taka|zadn|hátlap|spate|belakang|sau(?!\\p{L})|задн|тылов|πίσω',
  '背|后置|後置|後面|リア|후면|خلفي|אחורי|पीछे|หลัง',
);
const FRONT = words(
  'front|user|facetime|delanter|avant|anterior|voorzij|voorkant|przedni|przód|ön(?!\\p{L})|främre|framsid|forsid|etu|předn|előlap|față|depan|trước|передн|фронт|μπροστ',
  '前|フロント|전면|أمامي|קדמי|सामने|หน้า',
);
const WIDE = words(
  'wide|gran[ -]?angular|grand[ -]?angle|weitwinkel|grandangol|grande[ -]?angular|groothoek|szerokok|geniş|vidvink|vidvinkel|широко',
  '広角|广角|廣角|광각|واسع|عريض',
);

/** What follows "ultra" in the name of an ultra wide lens. */
const ULTRA = ['wide', 'gran', 'weit', 'ang', 'groot', 'breed', 'szer', 'geniş', 'vid', 'laaj'];

const KINDS: readonly (readonly [kind: LensKind, pattern: RegExp])[] = [
  [
    'ultra-wide',
    words(
      `${ULTRA.map((word) => `ultra[ -]*${word}`).join('|')}|сверхшир|ультрашир`,
      '超広角|超广角|超廣角|초광각|فائق|(?:واسع|عريض)\\p{L}* جد',
    ),
  ],
  ['triple', words('tripl|dreifach|drievoud|potrój|üçlü|тройн', 'トリプル|三|트리플|ثلاثي')],
  [
    'dual',
    words('dual|doble|doubl|doppi|dupl|dubbel|podwój|çift|двойн', 'デュアル|双|雙|듀얼|مزدوج'),
  ],
  ['tele', words('t[eé]l[eé](?!vi)|телеф|телеоб', '望遠|望远|长焦|長焦|망원|مقرب|تقريب')],
  ['macro', words('ma[ck]ro|макро', 'マクロ|微距|접사|ماكرو')],
  ['desk', words('desk|escritorio|schreibtisch|scrivania', 'デスク|桌面|桌上')],
];

/** The side of the phone that a label names; undefined if it names none. */
export function sideOfLabel(label: string): 'environment' | 'user' | undefined {
  const text = label.normalize('NFC');
  if (BACK.test(text)) return 'environment';
  return FRONT.test(text) ? 'user' : undefined;
}

/** The kind of lens that a label names; undefined for the main one and for webcams. */
export function lensKindOf(label: string): LensKind | undefined {
  const text = label.normalize('NFC');
  const kind = KINDS.find(([, pattern]) => pattern.test(text))?.[0];
  return kind === 'dual' && WIDE.test(text) ? 'dual-wide' : kind;
}

/** Whether a label only says that the lens is a wide one, as a main lens is. */
export function isWide(label: string): boolean {
  return lensKindOf(label) === undefined && WIDE.test(label.normalize('NFC'));
}

/**
 * The number in an Android label: camera 0 is the main camera on the back and 1 the one on the
 * front; further lenses have higher numbers. Undefined for other labels.
 */
export function androidNumber(label: string): number | undefined {
  const number = /^camera2? (\d+), facing/i.exec(label)?.[1];
  return number === undefined ? undefined : Number(number);
}
