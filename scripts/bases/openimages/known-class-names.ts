import type { KnownClass } from '../../../src/records/known-classes.ts';

/**
 * Names of the labels of the detector, in the languages of the app: first the one to display, then
 * words that people use for a class of their own.
 */
export const KNOWN_CLASS_NAMES: Readonly<Record<string, KnownClass['names']>> = {
  bicycle: {
    en: ['Bicycle', 'Bike'],
    es: ['Bicicleta', 'Bici'],
    ar: ['دراجة هوائية', 'دراجة', 'دراجات', 'بسكليت'],
  },
  boot: { en: ['Boot'], es: ['Bota'], ar: ['جزمة', 'حذاء طويل', 'بوت'] },
  laptop: {
    en: ['Laptop', 'Notebook computer'],
    es: ['Portátil', 'Ordenador portátil', 'Laptop'],
    ar: ['حاسوب محمول', 'لابتوب', 'لاب توب'],
  },
  person: {
    en: ['Person', 'People', 'Human'],
    es: ['Persona', 'Gente', 'Humano'],
    ar: ['شخص', 'أشخاص', 'إنسان', 'ناس'],
  },
  chair: { en: ['Chair'], es: ['Silla'], ar: ['كرسي', 'كراسي'] },
  cattle: {
    en: ['Cattle', 'Cow', 'Bull'],
    es: ['Ganado', 'Vaca', 'Toro', 'Res'],
    ar: ['أبقار', 'بقرة', 'بقر', 'ثور'],
  },
  desk: { en: ['Desk'], es: ['Escritorio'], ar: ['مكتب', 'مكاتب'] },
  cat: {
    en: ['Cat', 'Kitten', 'Kitty', 'Pussycat', 'Tomcat'],
    es: ['Gato', 'Gata', 'Gatito', 'Gatita', 'Minino'],
    ar: ['قطة', 'قط', 'قطط', 'قطه', 'هرة', 'هر', 'بسة', 'قطيطة'],
  },
  'computer mouse': {
    en: ['Computer mouse'],
    es: ['Ratón de ordenador', 'Ratón de computadora'],
    ar: ['فأرة حاسوب', 'ماوس'],
  },
  'computer monitor': {
    en: ['Computer monitor', 'Monitor', 'Computer screen'],
    es: ['Monitor', 'Pantalla de ordenador'],
    ar: ['شاشة حاسوب', 'شاشة'],
  },
  box: { en: ['Box'], es: ['Caja'], ar: ['صندوق', 'صناديق', 'علبة'] },
  mug: { en: ['Mug'], es: ['Taza grande', 'Tazón'], ar: ['كوب', 'أكواب'] },
  'coffee cup': {
    en: ['Coffee cup', 'Cup'],
    es: ['Taza de café', 'Taza'],
    ar: ['فنجان قهوة', 'فنجان', 'فناجين'],
  },
  'stationary bicycle': {
    en: ['Stationary bicycle', 'Exercise bike'],
    es: ['Bicicleta estática', 'Bici estática'],
    ar: ['دراجة ثابتة', 'دراجة تمرين'],
  },
  table: { en: ['Table'], es: ['Mesa'], ar: ['طاولة', 'طاولات', 'ترابيزة'] },
  bottle: { en: ['Bottle'], es: ['Botella'], ar: ['زجاجة', 'زجاجات', 'قارورة', 'قنينة'] },
  'high heels': {
    en: ['High heels', 'High heel'],
    es: ['Tacones', 'Zapatos de tacón'],
    ar: ['كعب عال', 'كعب عالي', 'حذاء بكعب عال'],
  },
  vehicle: { en: ['Vehicle'], es: ['Vehículo'], ar: ['مركبة', 'مركبات'] },
  footwear: {
    en: ['Footwear', 'Shoe'],
    es: ['Calzado', 'Zapato'],
    ar: ['أحذية', 'حذاء'],
  },
  dog: {
    en: ['Dog', 'Puppy', 'Doggy', 'Doggo'],
    es: ['Perro', 'Perra', 'Perrito', 'Perrita', 'Cachorro'],
    ar: ['كلب', 'كلبة', 'كلاب', 'جرو'],
  },
  book: { en: ['Book'], es: ['Libro'], ar: ['كتاب', 'كتب'] },
  camera: { en: ['Camera'], es: ['Cámara'], ar: ['كاميرا', 'كاميرات', 'آلة تصوير'] },
  car: {
    en: ['Car', 'Auto', 'Automobile'],
    es: ['Coche', 'Auto', 'Carro', 'Automóvil'],
    ar: ['سيارة', 'سيارات'],
  },
};
