import { expect, test } from '@jest/globals';
import { InvalidRolloutError } from '../../../src/domain/errors.js';
import { preflightNews, preflightedPlace } from '../../../src/domain/release/place-preflight.js';
import { place } from './places.js';

const refusal = new InvalidRolloutError('rollout: release: no version meets both');
const found = 'InvalidRolloutError: rollout: release: no version meets both';

test('what devices could not take is refused at the head of the line, and noted behind another', () => {
  const refused = preflightedPlace(place(), { refusal, isFirst: true });
  expect(refused).toMatchObject({ state: 'Failed', reason: found, warning: undefined });
  const noted = preflightedPlace(place(), { refusal, isFirst: false });
  expect(noted).toEqual({ ...place(), warning: found });
  const free = preflightedPlace(noted, { refusal: undefined, isFirst: true });
  expect(free).toMatchObject({ state: 'Waiting', warning: undefined });
  expect(preflightNews('in line for x', [refused, noted, free])).toBe(
    `in line for x; refused for thinggroup/a: ${found}; thinggroup/a could not take it now: ${found}`,
  );
});
