import { expect, test } from '@jest/globals';
import { endStates } from '../../bench/notification-worlds.js';

const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

test.each(SEEDS)(
  'lost, doubled and late notifications lead to the same end (seed %d)',
  async (seed) => {
    const { plain, faulty } = await endStates(seed, await sharedHost());
    expect(faulty).toEqual(plain);
    expect(plain.phase).toBe(seed % 2 === 0 ? 'Promoted' : 'Aborted');
    expect(plain).toMatchObject({ isGroupLeft: false, isLocked: false, stragglers: [] });
  },
);
