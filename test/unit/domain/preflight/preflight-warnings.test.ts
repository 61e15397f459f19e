import { describe, expect, test } from '@jest/globals';
import { fileOf, healthy, plan, things } from '../planning.js';
import { version } from './cloud.js';
import { NUCLEUS, app, facts, needs, pinning, running } from './preflight-plan.js';

describe('a person is told', () => {
  const warnings = (
    change: Parameters<typeof plan>[0],
    file = fileOf({ App: { version: '1.1.0' } }),
  ) => plan(change, file).warnings.filter((line) => !line.startsWith('wave'));

  test('where the nucleus moves by itself, and where only devices still have a version', () => {
    const recipes = [needs({ [NUCLEUS]: '>=2.12.7' }), version(NUCLEUS, '2.12.9')];
    const change = facts(recipes, {
      ...running('2.12.6'),
      ...pinning({ Gone: '1.0.0' }),
      unread: 7,
    });
    expect(warnings(change)).toEqual([
      `${NUCLEUS} moves from 2.12.6 to 2.12.9, which restarts every component (all 20 devices)`,
      "thinggroup/sensors pins Gone 1.0.0, which the cloud has no more: devices that don't have it yet can't take it (all 20 devices)",
      "7 more devices have a deployment of their own, which has not been read: only the canary's are",
    ]);
  });

  test('what the nucleus lite could not take, instead of a refusal', () => {
    const coreDevices = things(20).map((thing, i) =>
      healthy(thing, i < 2 ? { runtime: 'aws_nucleus_lite' } : {}),
    );
    expect(warnings({ ...facts([app({ manifests: [{ os: 'linux' }] })]), coreDevices })).toContain(
      'App 1.1.0 has no manifest for linux/amd64 (nucleus lite) (the release pins App 1.1.0) (2 devices, such as t-0)',
    );
  });

  test('where configuration does not fit the defaults, with the name that may have been meant', () => {
    const defaults = {
      rate: 60,
      report: { topic: 'a', everySeconds: 5 },
      tags: [],
      open: {},
      any: null,
    };
    const file = fileOf({
      App: {
        version: '1.1.0',
        merge: { rat: 1, rate: '30', report: { topik: 'b' }, tags: {}, open: { x: 1 }, any: 4 },
        reset: ['/report/everySecond', '/nothing', '/rate', ''],
      },
    });
    expect(warnings(facts([app({ defaults })]), file).slice(1)).toEqual([
      "release.components.App: /rat (/rate?) is merged, but not in the recipe's default configuration",
      'release.components.App: /rate is merged as a string, but is a number by default',
      "release.components.App: /report/topik (/report/topic?) is merged, but not in the recipe's default configuration",
      'release.components.App: /tags is merged as an object, but is a list by default',
      "release.components.App: /report/everySecond (/report/everySeconds?) is reset, but neither in the recipe's default configuration nor ever merged",
      "release.components.App: /nothing is reset, but neither in the recipe's default configuration nor ever merged",
    ]);
  });

  test('where devices have to download a document; one that a rollout could not keep is refused', () => {
    const merging = (bytes: number) =>
      fileOf({ App: { version: '1.1.0', merge: { text: 'x'.repeat(bytes) } } });
    const change = facts([app()]);
    expect(warnings(change, merging(40_000))).toContain(
      'the release document has 40 KB, over 31 KB: devices download it, which takes greengrass:GetDeploymentConfiguration in their policy',
    );
    expect(() => plan(change, merging(400_000))).toThrow(
      'release: baseline, release and way back have 391 KB together; a rollout keeps 350 KB',
    );
    expect(() => plan(change, merging(7_000_000))).toThrow('a deployment takes 6144 KB');
  });
});
