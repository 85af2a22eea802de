import { expect, test } from '@playwright/test';
import { hrefOf, ROUTES, routeOf } from '../../src/session/routes.ts';

test('each place has an address that leads to it', () => {
  for (const route of ROUTES) expect(routeOf(hrefOf(route))).toBe(route);
});

test('what follows the place is its own affair', () => {
  expect(routeOf('#/photos?import')).toBe('photos');
  expect(routeOf('#/photos/3f2a')).toBe('photos');
});

test('an unknown or empty address is Capture', () => {
  expect(routeOf('')).toBe('capture');
  expect(routeOf('#/nowhere')).toBe('capture');
  expect(routeOf('#/__proto__')).toBe('capture');
});
