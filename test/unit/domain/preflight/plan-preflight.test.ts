import { describe, expect, test } from '@jest/globals';
import { healthy, things } from '../planning.js';
import { version } from './cloud.js';
import { NUCLEUS, app, facts, libs, needs, pinning, refusal, running } from './preflight-plan.js';

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
      facts([needs({ Lib: '99.0.0' })]),
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
