import { describe, expect, test } from '@jest/globals';
import type { PreflightFacts } from '../../../../src/domain/preflight/preflight.js';
import type { RecipeFacts } from '../../../../src/domain/preflight/recipe.js';
import { arn, fileOf, healthy, plan, revision, things } from '../planning.js';
import { catalogueOf, version } from './cloud.js';

const NUCLEUS = 'aws.greengrass.Nucleus';
const app = (more: Partial<RecipeFacts> = {}) => version('App', '1.1.0', more);
const needs = (dependencies: Record<string, string>) => app({ dependencies });
const libs = ['2.1.0', '2.0.0', '1.4.0'].map((number) => version('Lib', number));
const facts = (
  recipes: readonly RecipeFacts[],
  more: Partial<Omit<PreflightFacts, 'catalogue'>> = {},
) => ({
  preflight: {
    neighbours: [],
    unread: 0,
    installed: [],
    pins: {},
    ...more,
    catalogue: catalogueOf(...recipes),
  },
});
/** The same where the cloud has been asked for a version that it doesn't have. */
const lacking = (key: string, { preflight }: ReturnType<typeof facts>) => ({
  preflight: {
    ...preflight,
    catalogue: {
      ...preflight.catalogue,
      recipes: { ...preflight.catalogue.recipes, [key]: null },
    },
  },
});
const pinning = (components: Record<string, string>, some: readonly string[] = things(20)) => ({
  neighbours: [
    {
      targetArn: arn.replace('thermostats', 'sensors'),
      deploymentId: 'd-2',
      document: {
        components: Object.fromEntries(
          Object.entries(components).map(([name, componentVersion]) => [
            name,
            { componentVersion },
          ]),
        ),
      },
      things: some,
    },
  ],
});
const running = (nucleus: string) => ({
  installed: [{ thing: 't-3', components: { [NUCLEUS]: nucleus, App: '1.0.0', Old: '3.0.0' } }],
});

const refusal = (change: Parameters<typeof plan>[0]) => {
  try {
    plan(change);
  } catch (error) {
    if (error instanceof Error) return `${error.name}: ${error.message}`;
  }
  return undefined;
};

describe('a plan is refused, with what clashes, who asks, and how many devices it is about', () => {
  test.each([
    [
      'a dependency and a pin of another target',
      facts([needs({ Lib: '^2.0.0' }), ...libs], pinning({ Lib: '1.4.0' }, things(3))),
      'InvalidRolloutError: rollout.yaml: release: App 1.1.0 requires Lib ^2.0.0; thinggroup/sensors pins Lib 1.4.0: no version meets both (3 devices, such as t-0)',
    ],
    [
      'two pins',
      facts([app()], pinning({ App: '1.0.0' })),
      'InvalidRolloutError: rollout.yaml: release: thinggroup/sensors pins App 1.0.0; the release pins App 1.1.0: no version meets both (all 20 devices)',
    ],
    [
      'two pins, of which no recipe has been read',
      facts([], pinning({ App: '1.0.0' })),
      'InvalidRolloutError: rollout.yaml: release: thinggroup/sensors pins App 1.0.0; the release pins App 1.1.0: no version meets both (all 20 devices)',
    ],
    [
      'the two of three that clash',
      facts(
        [
          needs({ Lib: '>=1.0.0', Other: '1.0.0' }),
          version('Other', '1.0.0', { dependencies: { Lib: '^2.0.0' } }),
          ...libs,
        ],
        pinning({ Lib: '^1.0.0' }),
      ),
      'InvalidRolloutError: rollout.yaml: release: Other 1.0.0 requires Lib ^2.0.0; thinggroup/sensors requires Lib ^1.0.0: no version meets both (all 20 devices)',
    ],
    [
      'a range that no version meets',
      facts([needs({ Lib: '^3.0.0' }), ...libs]),
      'InvalidRolloutError: rollout.yaml: release: App 1.1.0 requires Lib ^3.0.0: no DEPLOYABLE version does; there are 2.1.0, 2.0.0, 1.4.0 (all 20 devices)',
    ],
    [
      'a component that is not there',
      lacking('Lib@99.0.0', facts([needs({ Lib: '99.0.0' })])),
      'InvalidRolloutError: rollout.yaml: release: App 1.1.0 requires Lib 99.0.0, which is not there or not DEPLOYABLE (all 20 devices)',
    ],
    [
      'components that need each other',
      facts([needs({ Lib: '*' }), version('Lib', '1.0.0', { dependencies: { App: '*' } })]),
      'InvalidRolloutError: rollout.yaml: release: App, Lib: components that need each other (all 20 devices)',
    ],
    [
      'a second core software',
      facts([needs({ Core: '*', [NUCLEUS]: '*' }), version('Core', '1.0.0', { isNucleus: true })]),
      `InvalidRolloutError: rollout.yaml: release: Core 1.0.0, ${NUCLEUS}: a device has one core software (all 20 devices)`,
    ],
    [
      'a nucleus that the canary does not run',
      facts([needs({ [NUCLEUS]: '>=2.13.0' }), version(NUCLEUS, '2.15.0')], running('2.12.6')),
      `InvalidRolloutError: rollout.yaml: release: App 1.1.0 requires ${NUCLEUS} >=2.13.0; devices run ${NUCLEUS} 2.12.6: only a document that names it may bring 2.15.0 (all 20 devices)`,
    ],
  ])('%s', (_, change, expected) => {
    expect(refusal(change)).toBe(expected);
  });

  test('a platform without a manifest, as not deployable', () => {
    const coreDevices = things(20).map((thing, i) =>
      healthy(thing, { platform: i < 12 ? 'linux/armv7l' : 'linux/amd64' }),
    );
    const change = facts([app({ manifests: [{ os: 'linux', architecture: '/amd64|aarch64/' }] })]);
    expect(refusal({ ...change, coreDevices })).toBe(
      'NotDeployableError: rollout.yaml: release: App 1.1.0 has no manifest for linux/armv7l (the release pins App 1.1.0) (12 devices, such as t-0)',
    );
  });

  test('a version that is not there or not ready, once', () => {
    const components = [{ name: 'App', version: '1.1.0', state: 'FAILED' as const }];
    expect(refusal({ ...facts([app({ state: 'FAILED' })]), components })).toBe(
      'NotDeployableError: rollout.yaml: release.components.App.version: "1.1.0" is FAILED; it has to be DEPLOYABLE',
    );
  });
});

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
    expect(warnings(lacking('Gone@1.0.0', change))).toEqual([
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
