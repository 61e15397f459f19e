import { expect, test } from '@jest/globals';
import { rememberAbsent } from '../../../src/aws/absent-names.js';

test('a name that is not there is asked for again once its time is over, not before', () => {
  const absent = rememberAbsent({ keptMs: 5000, most: 10 });
  expect(absent.isAbsent('nobody', 0)).toBe(false);
  absent.note('nobody', 1000);
  expect(absent.isAbsent('nobody', 5999)).toBe(true);
  expect(absent.isAbsent('nobody', 6000)).toBe(false);
  expect(absent.isAbsent('somebody', 5999)).toBe(false);
});

test('of more names than are remembered the oldest is forgotten; one that is noted again is young', () => {
  const absent = rememberAbsent({ keptMs: 5000, most: 2 });
  for (const name of ['a', 'b', 'a', 'c']) absent.note(name, 0);
  expect(['a', 'b', 'c'].map((name) => absent.isAbsent(name, 1))).toEqual([true, false, true]);
});
