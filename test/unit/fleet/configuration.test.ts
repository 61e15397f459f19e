import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyConfiguration } from '../../../emulator/fleet/configuration.js';
import { fromThere, withUpdate, type AppliedUpdate } from '../../../emulator/fleet/update-order.js';

const defaults = {
  sampleSeconds: 60,
  report: { topic: 'readings', everySeconds: 300 },
  tags: [1, 2],
};
const update = (merge: Record<string, unknown>, reset: string[] = []) => ({ merge, reset });

describe('a first installation', () => {
  test('starts from the defaults', () => {
    expect(applyConfiguration(undefined, defaults, [])).toEqual(defaults);
  });

  test('merges over the defaults, objects key by key', () => {
    const merge = { report: { everySeconds: 30 }, extra: true };
    expect(applyConfiguration(undefined, defaults, [update(merge)])).toEqual({
      sampleSeconds: 60,
      report: { topic: 'readings', everySeconds: 30 },
      tags: [1, 2],
      extra: true,
    });
  });
});

describe('an update', () => {
  const current = { sampleSeconds: 30, report: { topic: 'mine', everySeconds: 300 }, tags: [1, 2] };

  test('patches what the device has', () => {
    expect(applyConfiguration(current, defaults, [update({ sampleSeconds: 5 })])).toEqual({
      sampleSeconds: 5,
      report: { topic: 'mine', everySeconds: 300 },
      tags: [1, 2],
    });
  });

  test('replaces a list as a whole', () => {
    const result = applyConfiguration(current, defaults, [update({ tags: [9] })]);
    expect(result['tags']).toEqual([9]);
  });

  test('reset puts a pointer back to its default, before the merge', () => {
    const change = update({ report: { everySeconds: 10 } }, ['/report', '/sampleSeconds']);
    expect(applyConfiguration(current, defaults, [change])).toEqual({
      sampleSeconds: 60,
      report: { topic: 'readings', everySeconds: 10 },
      tags: [1, 2],
    });
  });

  test('reset of what has no default removes it', () => {
    const extra = { ...current, extra: { deep: 1, kept: 2 } };
    const result = applyConfiguration(extra, defaults, [update({}, ['/extra/deep'])]);
    expect(result['extra']).toEqual({ kept: 2 });
  });

  test('the empty pointer resets everything', () => {
    expect(applyConfiguration(current, defaults, [update({}, [''])])).toEqual(defaults);
  });

  test('a pointer into a list is skipped', () => {
    const result = applyConfiguration(current, {}, [update({}, ['/tags/0', '/report'])]);
    expect(result).toEqual({ sampleSeconds: 30, tags: [1, 2] });
  });

  test('escaped pointers name keys with slashes and tildes', () => {
    const odd = { 'a/b': 1, 'c~d': 2 };
    expect(applyConfiguration(odd, {}, [update({}, ['/a~1b', '/c~0d'])])).toEqual({});
  });

  test('a new version adds its new defaults and keeps what the device has', () => {
    const newer = { ...defaults, sampleSeconds: 10, added: 'new' };
    expect(applyConfiguration(current, newer, [])).toEqual({
      ...current,
      added: 'new',
    });
  });

  test('answers the same object when nothing changes', () => {
    expect(applyConfiguration(current, defaults, [update({ sampleSeconds: 30 })])).toBe(current);
  });
});

describe('updates of several targets', () => {
  const keys = fc.constantFrom('a', 'b', 'c');
  const tree: fc.Memo<unknown> = fc.memo((depth): fc.Arbitrary<unknown> =>
    depth <= 1
      ? fc.oneof(fc.integer({ min: 0, max: 3 }), fc.constant([1]))
      : fc.oneof(fc.integer({ min: 0, max: 3 }), fc.dictionary(keys, tree(depth - 1))),
  );
  const object = fc.dictionary(keys, tree(3), { maxKeys: 3 });
  const pointer = fc
    .array(keys, { maxLength: 3 })
    .map((path) => path.map((key) => `/${key}`).join(''));
  const updates = fc
    .array(fc.record({ merge: object, reset: fc.array(pointer, { maxLength: 2 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    .map((all) => all.map((each, at) => ({ ...each, at, deploymentId: `d${at}` })));

  test('come to the same in whatever order they arrive', () => {
    const arrivals = updates.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(object, arrivals, (recipe, [inOrder, arriving]) => {
        let configuration = applyConfiguration(undefined, recipe, []);
        let applied: readonly AppliedUpdate[] = [];
        for (const each of arriving) {
          configuration = applyConfiguration(configuration, recipe, fromThere(applied, each));
          applied = withUpdate(applied, each);
        }
        // Where an object has taken a value's place, the recipe's defaults are in it after one more deployment.
        const settled = applyConfiguration(configuration, recipe, []);
        const wanted = applyConfiguration(undefined, recipe, inOrder);
        expect(settled).toEqual(applyConfiguration(wanted, recipe, []));
      }),
      { numRuns: 1000 },
    );
  });

  test('leave one where each sets what the one before it set', () => {
    const revision = (at: number) => ({
      ...update({ sampleSeconds: at, report: { topic: `t${at}` } }, ['/report']),
      ...{ at, deploymentId: `d${at}` },
    });
    const applied = [1, 2, 4, 3].reduce<readonly AppliedUpdate[]>(
      (all, at) => withUpdate(all, revision(at)),
      [],
    );
    expect(applied).toEqual([revision(4)]);
  });

  test('stay as long as they say something that no later one does', () => {
    const first = { ...update({ a: 1, b: 1 }), at: 1, deploymentId: 'd1' };
    const second = { ...update({ a: 2 }, ['/c/d']), at: 2, deploymentId: 'd2' };
    const third = { ...update({ c: { d: 3 }, a: 3 }), at: 3, deploymentId: 'd3' };
    expect(withUpdate([first], second)).toEqual([first, second]);
    expect(withUpdate([first, second], third)).toEqual([first, third]);
  });
});
