import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { admissionOrder } from '../../../src/domain/admission-order.js';
import { platformCounts, platformsInOrder } from '../../../src/domain/platform-order.js';

const members = (platform: string, devices: number) =>
  Array.from({ length: devices }, (_, i) => ({ thing: `${platform}-${i}`, platform }));

test('platforms are counted, in the order of their names', () => {
  expect(platformCounts([...members('b', 2), ...members('a', 1), ...members('b', 1)])).toEqual([
    { platform: 'a', devices: 1 },
    { platform: 'b', devices: 3 },
  ]);
});

test('where two are due the first by name comes first', () => {
  const platformAt = platformsInOrder(platformCounts([...members('b', 2), ...members('a', 2)]));
  expect([0, 1, 2, 3, 4].map(platformAt)).toEqual(['a', 'b', 'a', 'b', undefined]);
});

test('the platform of a rank, whatever was asked before, is that of the device that has the rank', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(sizes, fc.nat({ max: 119 }), (devices, first) => {
      const fleet = devices.flatMap((size, i) => members(`p${i}`, size));
      const order = admissionOrder('r-1', fleet).map(({ platform }) => platform);
      const platformAt = platformsInOrder(platformCounts(fleet));
      expect(platformAt(first)).toBe(order[first]);
      expect(order.map((_, rank) => platformAt(rank))).toEqual(order);
      expect(order).toHaveLength(fleet.length);
    }),
    { seed: 1 },
  );
});
