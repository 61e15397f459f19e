import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import semver from 'semver';
import { resolveComponents } from '../../../../emulator/fleet/resolve-components.js';
import { platformOf } from '../../../../src/domain/preflight/device-kind.js';
import { nucleusFate } from '../../../../src/domain/preflight/nucleus.js';
import { pinsFor, withPins } from '../../../../src/domain/preflight/pins.js';
import { resolve, type Root } from '../../../../src/domain/preflight/resolve.js';
import type { RecipeFacts } from '../../../../src/domain/preflight/recipe.js';
import { componentVersion } from '../../fleet/component-version.js';
import { catalogueOf, readAll, version } from '../preflight/cloud.js';

const NUCLEUS = 'aws.greengrass.Nucleus';
const names = ['A', 'B', 'C', 'D'];
const numbers = ['1.0.0', '1.1.0', '1.1.1-beta', '2.0.0', '2.1.0'];
const ranges = ['^1.0.0', '^2.0.0', '~1.1.0', '>=1.1.0', '1.0.0', '2.1.0', '*', '<2.0.0 || >2.0.0'];

const dependencies = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...ranges), {
  maxKeys: 2,
});
/** Now and then a component is core software, or asks something of it. */
const recipe = fc
  .record({
    name: fc.constantFrom(...names),
    version: fc.constantFrom(...numbers),
    dependencies,
    isNucleus: fc.constantFrom(false, false, false, false, false, false, false, false, true),
    nucleus: fc.constantFrom(undefined, undefined, undefined, '>=2.10.0', '~2.12.0', '>=2.14.0'),
    manifests: fc.constantFrom(
      [],
      [{ os: 'linux' }],
      [{ os: 'linux', architecture: '/amd64|arm/' }],
      [{ os: 'windows' }, { architecture: 'aarch64' }],
    ),
    state: fc.constantFrom('DEPLOYABLE', 'DEPLOYABLE', 'DEPLOYABLE', 'FAILED'),
  })
  .map(({ nucleus, dependencies: needs, ...rest }): RecipeFacts => ({
    ...rest,
    defaults: {},
    dependencies: nucleus === undefined ? needs : { ...needs, [NUCLEUS]: nucleus },
  }));
const roots = fc.dictionary(fc.constantFrom(...names), fc.constantFrom(...numbers, '^1.0.0', '*'), {
  maxKeys: 2,
});

/** Components and their versions, what two targets ask for, and the device that both reach. */
const worlds = fc.record({
  recipes: fc
    .uniqueArray(recipe, {
      minLength: 8,
      maxLength: 16,
      selector: (one) => `${one.name} ${one.version}`,
    })
    .map((all) => all.sort((a, b) => semver.rcompare(a.version, b.version))),
  others: roots,
  own: roots,
  platform: fc.constantFrom('linux/amd64', 'linux/aarch64'),
  nuclei: fc.constantFrom([], ['2.12.9'], ['2.15.1', '2.12.9']),
});
type World = typeof worlds extends fc.Arbitrary<infer Value> ? Value : never;

const RUNNING = '2.12.5';

/** What the emulated device makes of it: the versions it takes, or the code of its refusal. */
function deviceSays({ recipes, others, own, platform, nuclei }: World) {
  const [os = '', architecture = ''] = platform.split('/');
  const catalogue = [
    ...recipes
      .filter(({ state }) => state === 'DEPLOYABLE')
      .map((one) => ({
        ...componentVersion(one.name, one.version, one.dependencies),
        isNucleus: one.isNucleus,
        platforms: one.manifests.map((attributes) => ({ attributes })),
      })),
    ...nuclei.map((number) => componentVersion(NUCLEUS, number)),
  ];
  const slots = Object.entries({ 'thinggroup/others': others, 'thinggroup/own': own }).map(
    ([name, asked]) => ({ name, deploymentId: name, createdAt: 0, roots: asked }),
  );
  const resolution = resolveComponents(slots, {
    catalogue,
    local: [],
    platform: { os, architecture, runtime: 'aws_nucleus_classic' },
    nucleus: NUCLEUS,
    nucleusVersion: RUNNING,
  });
  if ('refusal' in resolution) return 'refused';
  return {
    nucleus: resolution.nucleusVersion,
    versions: Object.fromEntries(
      [...resolution.versions].map(([name, { componentVersion: number }]) => [name, number]),
    ),
  };
}

/** What preflight says of the same, from what it reads of it. */
function preflightSays({ recipes, others, own, platform: written, nuclei }: World) {
  const full = catalogueOf(...recipes, ...nuclei.map((number) => version(NUCLEUS, number)));
  const platform = platformOf({ platform: written });
  const asked: Root[] = Object.entries({
    'thinggroup/others': others,
    'thinggroup/own': own,
  }).flatMap(([target, wanted]) =>
    Object.entries(wanted).map(([component, range]) => ({ target, component, range })),
  );
  const look = (catalogue: typeof full) => {
    const resolution = resolve(asked, { catalogue, platform, preferred: {} });
    return { resolution, fate: nucleusFate(RUNNING, resolution, asked, { platform, catalogue }) };
  };
  const read = readAll(full, (catalogue) => {
    const { resolution, fate } = look(catalogue);
    return [...resolution.lacking, ...(fate.kind === 'lacking' ? [fate.lacking] : [])];
  });
  const { resolution, fate } = look(read);
  const isRefused =
    resolution.problems.length + resolution.gone.length > 0 ||
    !['stays', 'moves'].includes(fate.kind);
  const says = isRefused
    ? 'refused'
    : {
        nucleus: fate.kind === 'moves' ? fate.to : RUNNING,
        versions: Object.fromEntries(
          [...resolution.chosen].map(([name, { version: number }]) => [name, number]),
        ),
      };
  return { says, resolution, platform };
}

test('preflight says what the emulated device does, whatever the components, their ranges and who asks for them', () => {
  const seen = { refused: 0, taken: 0 };
  fc.assert(
    fc.property(worlds, (world) => {
      const { says, resolution } = preflightSays(world);
      // A device would never come to an end with these; the emulated one stops somewhere.
      fc.pre(resolution.problems.every(({ kind }) => kind !== 'restless'));
      const device = deviceSays(world);
      expect(says).toEqual(device);
      seen[device === 'refused' ? 'refused' : 'taken'] += 1;
    }),
    { numRuns: 1500 },
  );
  expect(seen.refused).toBeGreaterThan(150);
  expect(seen.taken).toBeGreaterThan(150);
});

test('with its dependencies pinned, a document gives a device what it gave without', () => {
  fc.assert(
    fc.property(worlds, (world) => {
      const { says, resolution, platform } = preflightSays(world);
      fc.pre(says !== 'refused');
      const document = {
        components: Object.fromEntries(
          Object.entries(world.own).map(([name, componentVersion]) => [name, { componentVersion }]),
        ),
      };
      const { pins } = pinsFor(document, [
        { resolution, platform, named: new Set(Object.keys(world.others)) },
      ]);
      expect(Object.keys(pins)).not.toContain(NUCLEUS);
      const own = Object.fromEntries(
        Object.entries(withPins(document, pins).components).map(([name, { componentVersion }]) => [
          name,
          componentVersion,
        ]),
      );
      expect(deviceSays({ ...world, own })).toEqual(says);
    }),
    { numRuns: 100 },
  );
});
