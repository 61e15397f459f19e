import { describe, expect, test } from '@jest/globals';
import { healthy, plan, revision, things } from '../planning.js';
import { withoutPins } from '../../../../src/domain/preflight/pins.js';
import type { Release } from '../../../../src/domain/rollout-file.js';
import { version } from './cloud.js';
import { NUCLEUS, app, facts, libs, needs, pinning, refusal, running } from './preflight-plan.js';

describe('what a release needs', () => {
  const pinned = (change: Parameters<typeof plan>[0]) => {
    const { releaseDocument, preflight } = plan(change);
    return { components: releaseDocument.components, ...preflight };
  };

  test('is pinned at what devices take, and the way back takes it out again', () => {
    const planned = plan(facts([needs({ Lib: '^2.0.0' }), ...libs]));
    expect(planned.releaseDocument.components['Lib']).toEqual({ componentVersion: '2.1.0' });
    expect(planned.revertDocument.components).not.toHaveProperty('Lib');
    expect(planned.preflight.pins).toEqual({ Lib: '2.1.0' });
  });

  const withPin = {
    revisions: [
      {
        ...revision,
        document: {
          components: { App: { componentVersion: '1.0.0' }, Lib: { componentVersion: '2.0.0' } },
        },
      },
    ],
  };
  test.each([
    ['keeps its version where that still does', '^2.0.0', { Lib: '2.0.0' }, []],
    ['moves where it does not', '^2.1.0', { Lib: '2.1.0' }, []],
    ['may move down', '^1.0.0', { Lib: '1.4.0' }, []],
    ['goes where nobody needs it', undefined, {}, ['Lib']],
  ])('%s', (_, range, pins, uninstalls) => {
    const recipes = [range === undefined ? app() : needs({ Lib: range }), ...libs];
    const planned = plan({ ...withPin, ...facts(recipes, { pins: { Lib: '2.0.0' } }) });
    expect(planned.preflight.pins).toEqual(pins);
    expect(planned.uninstalls).toEqual(uninstalls);
    expect(planned.revertDocument.components['Lib']).toEqual({ componentVersion: '2.0.0' });
  });

  test('stays in the way where a person has pinned it', () => {
    expect(refusal({ ...withPin, ...facts([needs({ Lib: '^2.1.0' }), ...libs]) })).toContain(
      'App 1.1.0 requires Lib ^2.1.0; thinggroup/thermostats pins Lib 2.0.0: no version meets both',
    );
  });

  test('is not pinned where it is the nucleus, named by another target, or not the same everywhere', () => {
    const coreDevices = things(20).map((thing, i) =>
      healthy(thing, { platform: i < 12 ? 'linux/aarch64' : 'linux/amd64' }),
    );
    const recipes = [
      needs({ [NUCLEUS]: '>=2.0.0', Lib: '*', Log: '*' }),
      ...libs.slice(1),
      version('Log', '2.0.0', { manifests: [{ architecture: 'amd64' }] }),
      version('Log', '1.0.0'),
    ];
    const change = facts(recipes, {
      ...pinning({ Lib: '2.0.0' }, things(3)),
      ...running('2.12.6'),
    });
    expect(pinned({ ...change, coreDevices })).toMatchObject({
      components: { App: { componentVersion: '1.1.0' } },
      pins: {},
      unpinned: [
        { component: 'Lib', reason: 'another target of these devices names it' },
        { component: 'Log', reason: 'devices take different versions: 1.0.0, 2.0.0' },
        {
          component: NUCLEUS,
          reason: 'the core software is pinned only where the release names it',
        },
      ],
    });
  });

  test('is told for each kind of devices, with what is added, updated and removed', () => {
    const change = facts([needs({ Lib: '^2.0.0' }), ...libs, version('Log', '1.0.0')], {
      ...running('2.12.6'),
      ...pinning({ Log: '1.0.0' }),
    });
    expect(pinned(change).kinds).toEqual([
      {
        platform: 'linux/amd64',
        devices: 20,
        comparedWith: 't-3',
        others: ['thinggroup/sensors'],
        components: [
          {
            component: 'App',
            version: '1.1.0',
            from: '1.0.0',
            asks: ['the release pins App 1.1.0'],
          },
          {
            component: 'Lib',
            version: '2.1.0',
            from: null,
            asks: ['App 1.1.0 requires Lib ^2.0.0', 'the rollout pins Lib 2.1.0'],
          },
          {
            component: 'Log',
            version: '1.0.0',
            from: null,
            asks: ['thinggroup/sensors pins Log 1.0.0'],
          },
        ],
        removed: [{ component: 'Old', version: '3.0.0' }],
      },
    ]);
  });
});

test('a pin that the release itself names is kept for it to change', () => {
  const pin = { componentVersion: '2.0.0' };
  const document = { components: { App: { componentVersion: '1.0.0' }, Lib: pin } };
  const left = (components: Release['components']) =>
    Object.keys(withoutPins(document, { Lib: '2.0.0' }, { components }).components);
  expect(left({ App: { version: '1.1.0' } })).toEqual(['App']);
  expect(left({ Lib: 'remove' })).toEqual(['App', 'Lib']);
  expect(left({ Lib: { version: '2.1.0' } })).toEqual(['App', 'Lib']);
});
